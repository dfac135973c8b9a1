"""The front of the office: sending parts back, asking again, taking files in, alone or many at once, handing over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from satupintu.accounts.gate import NotAllowed, guarded
from satupintu.audit.rules import Actor
from satupintu.licensing import library
from satupintu.licensing.actions.claims import _free
from satupintu.licensing.actions.moves import _locked, make_move
from satupintu.licensing.models import Application
from satupintu.licensing.queries.bulk import lacking
from satupintu.licensing.queries.told import part_title, parts_of, reasons_told
from satupintu.licensing.rules.numbers import read_number

LONGEST_WORDS = 300
# Reasons of one list serve both kinds of question.
PRESETS = {"return_for_repair": "return", "ask": "ask", "ask_again": "ask"}


@dataclass(frozen=True)
class NotTaken:
    """A file that a bulk acceptance left where it was, and why."""

    application: Application
    why: str


@guarded
@transaction.atomic
def return_for_repair(
    *,
    application: Application,
    parts: Mapping[str, str],
    words: str = "",
    revision: int | None = None,
    by: Actor,
    at: datetime,
) -> Application:
    """Send exactly some parts back to the applicant before the count begins; only they open again.

    ``parts`` gives for each of them, such as ``document:ktp``, the preset of ``return`` that says why (empty only if
    ``words`` say it). Raises Stale, Held, NotAllowed, ValidationError.
    """
    return _back(application, "return_for_repair", parts, words, revision, by, at)


@guarded
@transaction.atomic
def ask(
    *,
    application: Application,
    parts: Mapping[str, str],
    words: str = "",
    revision: int | None = None,
    by: Actor,
    at: datetime,
) -> Application:
    """Ask the applicant about parts of an accepted file; the clock stands until the answer (OSS 41)."""
    return _back(application, "ask", parts, words, revision, by, at)


@guarded
@transaction.atomic
def ask_again(
    *,
    application: Application,
    parts: Mapping[str, str],
    words: str = "",
    revision: int | None = None,
    by: Actor,
    at: datetime,
) -> Application:
    """Ask once more; the answer lets the count begin anew (OSS 43), so this is for what changes the file itself."""
    return _back(application, "ask_again", parts, words, revision, by, at)


def _back(
    application: Application,
    move: str,
    parts: Mapping[str, str],
    words: str,
    revision: int | None,
    by: Actor,
    at: datetime,
) -> Application:
    application, words = _free(_locked(application, by, at), by, at), " ".join(words.split())
    _check_parts(application, PRESETS[move], parts, words)
    application.open_parts = dict.fromkeys(parts, False)
    if move == "return_for_repair":
        application.first_time_right = False
    moved = make_move(
        application=application,
        move=move,
        revision=revision,
        reasons=[reason for reason in parts.values() if reason],
        parts=list(parts),
        note=words,
        told={"reason": reasons_told(application, PRESETS[move], parts, words)},
        by=by,
        at=at,
    )
    _mark_wrong(moved, parts, by, at)
    return moved


def _check_parts(application: Application, kind: str, parts: Mapping[str, str], words: str) -> None:
    if not parts:
        raise ValidationError({"parts": _("Pilih dulu bagian yang perlu diperbaiki.")})
    if len(words) > LONGEST_WORDS:
        raise ValidationError({"words": _("Terlalu panjang. Paling banyak %(most)d huruf.") % {"most": LONGEST_WORDS}})
    known, presets = (
        parts_of(application, kind),
        {one.code for one in library.library().reasons(kind, application.licence)},
    )
    for part, reason in parts.items():
        if part not in known or (reason and reason not in presets):
            raise ValidationError({"parts": _("Bagian atau alasannya tidak ada di daftar. Pilih dari daftar.")})
        if not reason and not words:
            title = part_title(application, part)
            raise ValidationError({"parts": _("Pilih alasan untuk %(part)s.") % {"part": title}})


def _mark_wrong(application: Application, parts: Mapping[str, str], by: Actor, at: datetime) -> None:
    slots = {part.removeprefix("document:"): why for part, why in parts.items() if part.startswith("document:")}
    for one in application.attachments.filter(slot__in=slots, replaced_at=None):
        one.verdict, one.reason, one.judged_by, one.judged_at = "wrong", slots[one.slot], by.ref, at
        one.save(update_fields=["verdict", "reason", "judged_by", "judged_at"])


@guarded
@transaction.atomic
def accept(*, application: Application, revision: int | None = None, by: Actor, at: datetime) -> Application:
    """Take a file in as complete and correct: the service time starts.

    First-time-right is a file that was never sent back. A wrong document or a missing part keeps it out. Raises Stale,
    Held, NotAllowed, ValidationError.
    """
    application = _free(_locked(application, by, at), by, at)
    if application.state == "submitted" and (parts := lacking(application)):
        names = ", ".join(part_title(application, part) for part in parts)
        raise ValidationError(_("Belum lengkap: %(parts)s. Kembalikan dulu ke pemohon.") % {"parts": names})
    application.first_time_right = not application.steps.filter(move="return_for_repair").exists()
    application.accepted_at = at
    return make_move(application=application, move="accept", revision=revision, by=by, at=at)


@guarded
def bulk_accept(*, applications: Sequence[Application], by: Actor, at: datetime) -> list[NotTaken]:
    """Take many files in, each in a transaction of its own; returns those that were not, each with why."""
    left = []
    for one in applications:
        try:
            accept(application=one, revision=one.revision, by=by, at=at)
        except ValidationError as refused:
            left.append(NotTaken(one, " ".join(refused.messages)))
        except NotAllowed:
            left.append(NotTaken(one, _("Berkas ini bukan untuk kantor Bapak/Ibu.")))
    return left


@guarded
@transaction.atomic
def hand_over(
    *, application: Application, receipt: str, revision: int | None = None, by: Actor, at: datetime
) -> Application:
    """Hand an issued paper over against the receipt: its number, typed or scanned, must be that of the file."""
    application = _free(_locked(application, by, at), by, at)
    if read_number(receipt) != application.number:
        raise ValidationError({"receipt": _("Nomornya beda dengan berkas ini. Lihat tanda terimanya lagi.")})
    return make_move(application=application, move="hand_over", revision=revision, by=by, at=at)
