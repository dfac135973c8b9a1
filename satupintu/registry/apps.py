"""The registry room: people, their businesses, where they sell, and what they hold and agreed to."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Reads the registry's closed lists at start, so that no page meets a broken one."""

    name = "satupintu.registry"

    def ready(self) -> None:
        """Refuse to start with every problem named. Raises DataError."""
        from satupintu.registry import reading

        reading.lists()
