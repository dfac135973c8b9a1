"""The accounts room: who somebody is, how they sign in, and what their role may."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Names the room for Django and listens to the sign-in library."""

    name = "satupintu.accounts"

    def ready(self) -> None:
        """Connect what the sign-in library tells to our records."""
        from satupintu.accounts import listening  # noqa: F401  connects by being imported
