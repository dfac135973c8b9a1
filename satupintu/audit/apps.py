"""The audit room: an append-only witness of what was done and read."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Names the room for Django."""

    name = "satupintu.audit"
