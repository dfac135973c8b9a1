"""Columns that only the deployment can read, and their keyed twins for finding them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

from satupintu.audit import keys
from satupintu.kernel import vault

if TYPE_CHECKING:
    TextColumn = models.Field[str, str]
else:
    TextColumn = models.Field  # Django's own class takes no type arguments


class SealedTextField(TextColumn):
    """A text sealed at rest (AES-256-GCM), bound to its table and column; empty stays empty.

    It cannot be searched or sorted by: keep a ``lookup`` beside it for finding.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", "")
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def get_internal_type(self) -> str:
        """Stored as bytes on both databases."""
        return "BinaryField"

    def place(self) -> str:
        """What a value is bound to: ``table.column``."""
        return f"{self.model._meta.db_table}.{self.column}"

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Seal on the way in."""
        sealed = keys.seal(keys.field_key(), value.encode(), self.place()) if value else b""
        return connection.Database.Binary(sealed)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> str:
        """Open on the way out. Raises CannotOpen if the stored value was changed."""
        return vault.unseal(keys.field_key(), bytes(value), self.place()).decode() if value else ""

    def to_python(self, value: Any) -> str:
        """A sealed text is a plain text in Python."""
        return value or ""


def lookup(kind: str, plain: str) -> str:
    """The keyed fingerprint of a value for its lookup column; empty for an empty value."""
    return vault.fingerprint(keys.lookup_key(), f"{kind}:{plain}") if plain else ""
