"""The surveys room: what is asked and what was answered."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """Reads the questionnaires at start, so that no page meets a broken one."""

    name = "satupintu.surveys"

    def ready(self) -> None:
        """Refuse to start with every problem named. Raises DataError."""
        from satupintu.surveys import reading

        reading.library()
