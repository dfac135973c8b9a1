"""The message thread of a file."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from satupintu.accounts.gate import guarded
from satupintu.audit import actions as audit
from satupintu.audit.rules import Actor
from satupintu.licensing.actions.moves import _locked, tell
from satupintu.licensing.models import Application, Word
from satupintu.licensing.queries.visible import from_applicant
from satupintu.licensing.rules.parts import MESSAGE, SENT_BACK

LONGEST = 1_000


@guarded
@transaction.atomic
def write_word(*, application: Application, text: str, by: Actor, at: datetime) -> Word:
    """Write one message; of one by the office the applicant is told, with the link.

    Where an answer in words was asked for, the applicant's message is that answer. Raises ValidationError.
    """
    application = _locked(application, by, at)
    said = text.strip()
    if not said:
        raise ValidationError({"text": _("Tulis pesannya dulu.")})
    if len(said) > LONGEST:
        raise ValidationError({"text": _("Terlalu panjang. Paling banyak 1.000 huruf.")})
    asking = from_applicant(by)
    word = Word.objects.create(
        application=application,
        text=said,
        made_by=by.ref,
        made_by_name=by.name,
        from_applicant=asking,
        made_at=at,
    )
    if asking and application.state in SENT_BACK and MESSAGE in application.open_parts:
        application.open_parts = {**application.open_parts, MESSAGE: True}
        application.save(update_fields=["open_parts"])
    _witness("word_written", application, {"from_applicant": asking}, {"text": said}, by, at)
    if not asking:
        tell(application=application, template="file_message", told={}, key=f"word-{word.pk}", by=by, at=at)
    return word


@guarded
@transaction.atomic
def read_words(*, application: Application, by: Actor, at: datetime) -> int:
    """Note that the messages of the other side were read; returns how many were new."""
    application = _locked(application, by, at)
    new = Word.objects.filter(application=application, read_at=None, from_applicant=not from_applicant(by))
    count = new.update(read_at=at)
    if count:
        _witness("words_read", application, {"words": count}, None, by, at)
    return count


def _witness(
    action: str,
    application: Application,
    values: dict[str, object],
    after: dict[str, object] | None,
    by: Actor,
    at: datetime,
) -> None:
    audit.record(
        action=f"licensing.{action}",
        object=application.reference,
        person=application.person.reference,
        values=values,
        after=after,
        by=by,
        at=at,
    )
