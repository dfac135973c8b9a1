"""Laws with their articles, where facts were read, and dated amounts."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from satupintu.catalogue.rules.entries.base import Confidence, Entry, LimitName, Scale


class Source(Entry):
    """Where a fact was read. An empty address means that only the place was noted."""

    title: str
    title_en: str | None = None
    address: str | None = None
    read_on: str | None = None


class Article(Entry):
    """What one article of a law says, in our words."""

    says: str
    says_en: str | None = None
    source: str
    confidence: Confidence


class Law(Entry):
    """A law or regulation with the span in which it counts; a day that was not read is empty and explained."""

    id: str
    title: str
    about: str
    about_en: str | None = None
    in_force: date | None = None
    in_force_note: str | None = None
    in_force_note_en: str | None = None
    until: date | None = None
    replaced_by: str | None = None
    source: str
    confidence: Confidence
    articles: dict[str, Article]

    def counts_within(self, first: date, last: date | None) -> bool:
        """Whether the law is in force on some day from ``first`` to ``last`` (None: no end); unknown days pass."""
        starts_in_time = self.in_force is None or last is None or self.in_force <= last
        return starts_in_time and (self.until is None or self.until >= first)


class ScaleClass(Entry):
    """One size class (PP 7/2021 art. 35): upper limits in rupiah, None where there is none or it was not read."""

    valid_from: date
    valid_to: date | None = None
    class_: Scale = Field(alias="class")
    capital_upto: int | None = Field(default=None, ge=0)
    sales_upto: int | None = Field(default=None, ge=0)
    basis: str
    source: str
    confidence: Confidence


class Limit(Entry):
    """One dated amount of rupiah that a rule needs by name, such as the yearly sales that stay untaxed."""

    name: LimitName
    valid_from: date
    valid_to: date | None = None
    rupiah: int
    basis: str
    source: str
    confidence: Confidence

    def counts_on(self, day: date) -> bool:
        """Whether this amount counts on ``day``."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)
