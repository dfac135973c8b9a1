"""The catalogue starts with the house: data that may not be used stops the start."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """Reads and checks ``data/`` at start, so that no page ever answers from a broken table."""

    name = "satupintu.catalogue"

    def ready(self) -> None:
        """Refuse to start with every problem named. Raises DataError."""
        from satupintu.catalogue import queries

        queries.ready()
