"""What is told about a file by message: the same words for the preview on the page and for the outbox."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.conf import settings
from django.urls import reverse

from satupintu.catalogue import queries as catalogue
from satupintu.licensing import library
from satupintu.licensing.models import Application
from satupintu.licensing.queries.standing import service_of
from satupintu.licensing.rules.parts import MESSAGE
from satupintu.messages import queries as messages
from satupintu.messages.rules import LONGEST_VALUE, Written, written

MORE = {"id": "Lainnya ada di halaman berkas.", "en": "The rest is on the page of the file."}


def paper_title(licence: str) -> str:
    """The plain name of a paper."""
    known = catalogue.catalogue().licences.get(licence)
    return known.header.plain if known else licence


def link_of(application: Application) -> str:
    """Where a file is tracked without signing in; it names nobody."""
    return f"{settings.PUBLIC_ADDRESS.rstrip('/')}{reverse('licensing:track', args=[application.number])}"


def values_of(application: Application, template: str, told: Mapping[str, str]) -> dict[str, str]:
    """The values a template asks for: number, paper and link of the file, and what is ``told`` on one line."""
    offered = {"number": application.number, "paper": paper_title(application.licence), "link": link_of(application)}
    offered |= {name: " ".join(value.split())[:LONGEST_VALUE] for name, value in told.items()}
    return {name: offered[name] for name in messages.template(template).placeholders}


def preview(application: Application, template: str, told: Mapping[str, str]) -> Written:
    """A message about a file as its person would read it. Raises UnusableMessage."""
    values = values_of(application, template, told)
    return written(messages.template(template), application.person.language, values)


def has_channel(application: Application) -> bool:
    """Whether a message reaches the person at all."""
    return application.person.channel != "none" and bool(application.person.phone)


def parts_of(application: Application, kind: str) -> list[str]:
    """Every part of a file that can be sent back: fields, documents, and where it is asked an answer in words."""
    service = service_of(application)
    parts = [f"field:{one.name}" for one in service.fields] + [f"document:{one.code}" for one in service.documents]
    return [*parts, MESSAGE] if kind == "ask" else parts


def part_title(application: Application, part: str, language: str = "id") -> str:
    """The name of ``field:size`` or ``document:ktp`` in the words of the form."""
    kind, _, code = part.partition(":")
    english = language == "en"
    if part == MESSAGE:
        return "Answer in words" if english else "Jawaban dengan pesan"
    if kind == "document":
        known = catalogue.catalogue().documents.get(code)
        return (known.title_en if english and known.title_en else known.title) if known else code
    field = service_of(application).field(code)
    return (field.label_en if english else field.label) if field else code


def reasons_told(
    application: Application, kind: str, parts: Mapping[str, str], words: str = "", language: str | None = None
) -> str:
    """Why each part is sent back, in the person's language and on one line that fits a message.

    ``parts`` gives the preset of ``kind`` for each part (empty: none); ``words`` are the officer's own and come last.
    Of what does not fit it says that it stands on the page.
    """
    spoken = language or application.person.language
    said = [_said(application, kind, part, reason, spoken) for part, reason in parts.items()]
    return _fitting([*said, *([" ".join(words.split())] if words.strip() else [])], MORE[spoken])


def _said(application: Application, kind: str, part: str, reason: str, spoken: str) -> str:
    preset = library.library().reason(kind, reason) if reason else None
    title = part_title(application, part, spoken)
    return f"{title}: {preset.text_en if spoken == 'en' else preset.text}" if preset else f"{title}."


def _fitting(said: Sequence[str], more: str) -> str:
    whole = " ".join(said)
    if len(whole) <= LONGEST_VALUE:
        return whole
    kept = ""
    for sentence in said:
        longer = f"{kept} {sentence}".strip()
        if len(longer) + 1 + len(more) > LONGEST_VALUE:
            break
        kept = longer
    room = LONGEST_VALUE - len(more) - 1
    return f"{kept or said[0][:room].rstrip()} {more}"
