"""Writing the programme: sessions, their order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from satupintu.accounts.gate import guarded, require_area
from satupintu.audit.rules import Actor
from satupintu.outreach.actions.events import _checked, _one_line, _record
from satupintu.outreach.models import Event, EventDocument, Session
from satupintu.outreach.queries.events import lessons

TEXTS = ("section", "section_title", "title", "speaker", "affiliation", "note")


@guarded
@transaction.atomic
def add_session(
    *,
    event: Event,
    title: str,
    begins: time,
    ends: time,
    section: str = "",
    section_title: str = "",
    speaker: str = "",
    affiliation: str = "",
    topics: Sequence[str] = (),
    note: str = "",
    by: Actor,
    at: datetime,
) -> Session:
    """Write one more session at the end of the programme. Raises ValidationError, NotAllowed."""
    require_area(by, event.region)
    last = event.sessions.aggregate(last=Max("position"))["last"] or 0
    session = Session(event=event, position=last + 1, begins=begins, ends=ends)
    _put(session, (section, section_title, title, speaker, affiliation, note), topics)
    session.save(force_insert=True)
    _record("session_added", event, _shown(session), by=by, at=at)
    return session


@guarded
@transaction.atomic
def change_session(
    *,
    session: Session,
    title: str,
    begins: time,
    ends: time,
    section: str,
    section_title: str,
    speaker: str,
    affiliation: str,
    topics: Sequence[str],
    note: str,
    by: Actor,
    at: datetime,
) -> Session:
    """Write what is true now about a session. Raises ValidationError, NotAllowed."""
    require_area(by, session.event.region)
    before = _shown(session)
    session.begins, session.ends = begins, ends
    _put(session, (section, section_title, title, speaker, affiliation, note), topics)
    session.save()
    after = _shown(session)
    changed = {name: value for name, value in after.items() if name == "session" or value != before[name]}
    _record("session_changed", session.event, changed, by=by, at=at)
    return session


@guarded
@transaction.atomic
def move_session(*, session: Session, up: bool = False, position: int | None = None, by: Actor, at: datetime) -> None:
    """Change places with the session before (``up``) or after, or go to a ``position`` counted from 1.

    At the end of the list nothing happens. Raises NotAllowed.
    """
    require_area(by, session.event.region)
    event = Event.objects.select_for_update().get(pk=session.event_id)
    order = list(event.sessions.all())
    here = order.index(session)
    there = (here - 1 if up else here + 1) if position is None else position - 1
    if there == here or not 0 <= there < len(order):
        return
    order.insert(there, order.pop(here))
    for number, moved in enumerate(order, 1):
        moved.position = number
    Session.objects.bulk_update(order, ["position"])
    _record("session_moved", event, {"session": str(session.ref), "position": there + 1}, by=by, at=at)


@guarded
@transaction.atomic
def remove_session(*, session: Session, by: Actor, at: datetime) -> None:
    """Take a session off the programme. Raises ValidationError once something was seen in it, NotAllowed."""
    require_area(by, session.event.region)
    if session.taps.exists() or session.questions.exists() or session.photos.exists() or _has_papers(session):
        raise ValidationError(_("Sesi ini sudah berjalan. Catatannya tetap disimpan."))
    _record("session_removed", session.event, _shown(session), by=by, at=at)
    session.delete()


def _has_papers(session: Session) -> bool:
    return EventDocument.objects.filter(session=session).exists()


def _put(session: Session, texts: Sequence[str], topics: Sequence[str]) -> None:
    for name, value in zip(TEXTS, texts, strict=True):
        setattr(session, name, _one_line(value))
    session.topics = list(dict.fromkeys(topics))
    if session.ends <= session.begins:
        raise ValidationError({"ends": _("Jam selesai harus sesudah jam mulai.")})
    if unknown := [topic for topic in session.topics if topic not in lessons()]:
        raise ValidationError({"topics": _("Materi %(topic)s tidak ada. Pilih dari daftar.") % {"topic": unknown[0]}})
    _checked(session)


def _shown(session: Session) -> dict[str, Any]:
    shown = {name: getattr(session, name) for name in TEXTS}
    clock = {"begins": f"{session.begins:%H:%M}", "ends": f"{session.ends:%H:%M}"}
    return {"session": str(session.ref), **shown, **clock, "topics": session.topics}
