"""The sync room: where what was captured on a phone arrives."""

from django.apps import AppConfig


class SyncConfig(AppConfig):
    """Devices, their tokens, and received records."""

    name = "satupintu.sync"
