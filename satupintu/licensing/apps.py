"""The licensing room: applications, decisions, certificates."""

from django.apps import AppConfig


class LicensingConfig(AppConfig):
    """Reads services, states, reasons and plans of markets at start, so that no page meets a broken one."""

    name = "satupintu.licensing"

    def ready(self) -> None:
        """Refuse to start with every problem named. Raises DataError."""
        from satupintu.licensing import library, reading_plans

        library.library()
        reading_plans.plans()
