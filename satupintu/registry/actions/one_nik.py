"""One NIK, one standing entry: the database says so, and a sentence tells it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

NIK_TAKEN = "NIK ini sudah terdaftar. Cari orangnya, jangan buat baru."


@contextmanager
def _one_nik(sentence: str = NIK_TAKEN) -> Iterator[None]:
    """Turn the database's refusal of a second entry with one NIK into a sentence. Raises ValidationError."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "nik" not in str(error):
            raise
        raise ValidationError({"nik": sentence}) from error
