"""The outreach room: events, who came to them, and what their answers say."""

from django.apps import AppConfig


class OutreachConfig(AppConfig):
    """Reads templates and lessons at start, so that no page meets a broken one."""

    name = "satupintu.outreach"

    def ready(self) -> None:
        """Refuse to start with every problem named. Raises DataError."""
        from satupintu.outreach import library

        library.library()
