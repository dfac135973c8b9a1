"""What the registry's data files hold, as frozen records; and the checks that use them. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import Field

from satupintu.catalogue.rules.entries import Confidence, Entry

Title = Annotated[str, Field(max_length=60)]  # one line beside a box to tick
Asked = Annotated[str, Field(max_length=120)]
ReadOut = Annotated[str, Field(max_length=500)]  # read out at a counter before somebody answers
LONGEST_KEPT = 36_500  # days


# Why a person is forgotten. Closed: the audit keeps it in clear for ever, and words typed freely could name them.
FORGET_REASONS = ("Diminta orangnya", "Salah catat", "Masa simpan habis")


class BarrierKind(Entry):
    """One thing that keeps vendors from getting a licence: barriers.yaml."""

    code: str
    title: Title
    title_en: Title
    ask: Asked
    ask_en: Asked
    source: str
    confidence: Confidence
    answer: str = ""  # the question whose answer helps against it


class ConsentText(Entry):
    """The words of a consent from a day on; kept for ever, because consents point at them."""

    version: str
    since: date
    text: ReadOut
    text_en: ReadOut


class ConsentPurpose(Entry):
    """One purpose of a consent with its texts, the oldest first: consents/<purpose>.yaml."""

    purpose: str
    title: Title
    title_en: Title
    versions: tuple[ConsentText, ...] = Field(min_length=1)

    def on(self, day: date) -> ConsentText:
        """The text that counts on a day; the first one before it began."""
        begun = [text for text in self.versions if text.since <= day]
        return begun[-1] if begun else self.versions[0]

    def read_out(self, version: str, day: date) -> ConsentText | None:
        """The text of a version, the one that counts on a day without one; None for a version there never was."""
        if not version:
            return self.on(day)
        return next((text for text in self.versions if text.version == version), None)


class NumberForm(Entry):
    """The form of a paper's number: paper-numbers.yaml."""

    digits: int
    says: str
    says_en: str
    source: str
    confidence: Confidence


class Retention(Entry):
    """How many days values are kept after their last change: retention.yaml. A choice of the house, not a law.

    A message counts from its sending; a city's own file from before may leave it out.
    """

    person: int = Field(gt=0, le=LONGEST_KEPT)
    document: int = Field(gt=0, le=LONGEST_KEPT)
    message: int = Field(default=90, gt=0, le=LONGEST_KEPT)
    reminder: int = Field(default=7, gt=0, le=LONGEST_KEPT)  # days without a step, then one reminder


@dataclass(frozen=True)
class Lists:
    """All closed lists of the registry."""

    barriers: Mapping[str, BarrierKind]
    consents: Mapping[str, ConsentPurpose]
    numbers: Mapping[str, NumberForm]
    retention: Retention


def read_number(form: NumberForm | None, typed: str) -> str:
    """A paper's number as stored: spaces around and, where only digits count, all signs between them left out.

    Raises ValueError with an Indonesian sentence if it does not have the known form.
    """
    if form is None:
        return " ".join(typed.split())
    value = re.sub(r"[\s.\-]", "", typed)
    if not (value.isascii() and value.isdigit() and len(value) == form.digits):
        count = sum(sign.isdigit() for sign in value)
        raise ValueError(f"{form.says}. Sekarang ada {count}. Periksa suratnya lalu isi lagi.")
    return value
