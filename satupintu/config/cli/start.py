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
    if "django.db" in sys.modules:
        from django.core.exceptions import ImproperlyConfigured
        from django.db import DatabaseError

        if isinstance(error, DatabaseError):
            return f"the database did not do its part ({first_line}); check DATABASE_URL and `satupintu migrate`."
        if isinstance(error, ImproperlyConfigured):
            return f"a setting cannot be used ({first_line}); docs/operate.md lists what each one takes."
    if isinstance(error, PermissionError):
        return f"{error.filename} may not be read or written by this account; give it the right or choose another place."
    return None
