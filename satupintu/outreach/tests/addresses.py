"""What stands in the addresses of this room's pages, for the test that walks them as every role."""

from collections.abc import Callable
from typing import Any

from satupintu.outreach.tests.events import (
    aid_item,
    announced,
    at,
    document,
    event,
    people,
    photo,
    question,
    sign_up,
    tap,
)


def _event(visitor: Any) -> dict[str, Any]:
    return {"ref": event().ref}


def _session(visitor: Any) -> dict[str, Any]:
    made = event()
    return {"ref": made.ref, "session_ref": made.sessions.first().ref}


def _key(visitor: Any) -> dict[str, Any]:
    return {**_event(visitor), "key": 1}


def _participant(visitor: Any) -> dict[str, Any]:
    made = event()
    return {"ref": made.ref, "card": people(made, 1)[0].card}


def _announced(visitor: Any) -> dict[str, Any]:
    return {"ref": announced().ref}


def _question(visitor: Any) -> dict[str, Any]:
    asked = question(event())
    return {"ref": asked.event.ref, "question_ref": asked.ref}


def _item(visitor: Any) -> dict[str, Any]:
    item = aid_item(event())
    return {"ref": item.event.ref, "key": item.pk}


def _photo(visitor: Any) -> dict[str, Any]:
    kept = photo(event())
    return {"ref": kept.event.ref, "photo_ref": kept.ref}


def _document(visitor: Any) -> dict[str, Any]:
    kept = document(event())
    return {"ref": kept.event.ref, "document_ref": kept.ref}


def _came(visitor: Any) -> dict[str, Any]:
    made = event(running=True)
    tap(people(made, 1)[0], "arrived", at(8, 30))
    return {"ref": made.ref}


ENDINGS = ("read", "pdf", "docx", "json")
EVENT_PAGES = (
    *("event", "event-edit", "event-state", "partner-new", "member-new", "session-new", "participants"),
    *("participant-new", "cards-new", "running", "event-questions", "question-new", "aid", "aid-new", "coverage"),
    *("field", "field-bundle"),
    *("report", "report-texts", "report-summary"),
    *("event-surveys", "photos", "photo-new", "documents", "document-new", "paper-list"),
    *("programme-sheet", "attendance-sheet", "receipt-sheet", "participant-cards"),
)
AFTER_PAGES = ("follow-up", "ladder", "sign-ups", "announce")
AFTER_PRESSES = ("follow-up-count", "follow-up-promise", "follow-up-wave", "announcement-withdraw")
SESSION_PAGES = ("session-edit", "session-move", "session-remove", "session-tap", "overrun-cause")
ARGUMENTS: dict[str, Callable[[Any], dict[str, Any]]] = {
    **{f"outreach:{name}": _event for name in EVENT_PAGES},
    **{f"outreach:{name}": _session for name in SESSION_PAGES},
    **{f"outreach:{name}": _event for name in (*AFTER_PAGES, *AFTER_PRESSES)},
    **{f"outreach:{name}": _announced for name in ("schedule-event", "schedule-calendar")},
    "outreach:weak-sheet": _participant,
    **{f"outreach:report-{ending}": lambda visitor: {**_event(visitor), "version": 0} for ending in ENDINGS},
    "outreach:certificates": _came,
    "outreach:sign-up-admit": lambda visitor: {**_announced(visitor), "key": sign_up().pk},
    "outreach:sign-up-cancel": lambda visitor: {"ref": sign_up().ref},
    "outreach:partner-remove": _key,
    "outreach:member-remove": _key,
    **{f"outreach:{name}": _event for name in ("card-scan", "session-next", "usual-surveys", "report-final")},
    **{f"outreach:participant{name}": _participant for name in ("", "-link", "-register", "-unlink", "-tap")},
    "outreach:participant-consent": lambda visitor: {**_participant(visitor), "purpose": "photo_in_report"},
    **{f"outreach:photo{name}": _photo for name in ("", "-erase", "-image", "-thumbnail")},
    **{f"outreach:document{name}": _document for name in ("-file", "-remove")},
    "outreach:material": lambda visitor: {"document_ref": _document(visitor)["document_ref"]},
    "outreach:question-reply": _question,
    "outreach:hand-over": _item,
    "outreach:lesson": lambda visitor: {"code": "stock_recording"},
}
