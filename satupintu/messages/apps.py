"""The messages room: what leaves the house, once each."""

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    """Refuses to start with a template or a gateway that could not be used later."""

    name = "satupintu.messages"
    label = "outbox"  # Django's own notices already have the label "messages"

    def ready(self) -> None:
        """Raises DataError for the templates, ImproperlyConfigured for the gateways."""
        from satupintu.messages import gateways, queries

        queries.templates()
        gateways.check()
