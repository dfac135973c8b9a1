"""Starting Django for the commands that need it, and naming what stops them."""

import os
import sys


def start_django() -> None:
    """Make models and settings usable. Commands without a database never call this."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "satupintu.config.settings")
    django.setup()


def known_problem(error: Exception) -> str | None:
    """One sentence with what to do when `error` is a fault of the deployment, else None (ours)."""
    first_line = (str(error).strip().splitlines() or [""])[0]
    if "satupintu.catalogue.reading" in sys.modules:
        from satupintu.catalogue.reading import DataError

        if isinstance(error, DataError):
            more = len(error.problems) - 1
            rest = f", and {more} more" if more else ""
            return f"the data cannot be used: {first_line}{rest} (all of them: `satupintu check-data`)."
    if "django.db" in sys.modules:
        from django.core.exceptions import ImproperlyConfigured
        from django.db import DatabaseError

        if isinstance(error, DatabaseError):
            return f"the database refused ({first_line}); check DATABASE_URL and run `satupintu migrate`."
        if isinstance(error, ImproperlyConfigured):
            return f"a setting cannot be used ({first_line}); docs/operate.md lists what each one takes."
    if isinstance(error, PermissionError):
        return f"this account may not use {error.filename}; give it the right or choose another place."
    return None
