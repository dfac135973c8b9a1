"""What stands in the addresses of this room's pages, for the test that walks them as every role."""

from collections.abc import Callable
from typing import Any

from satupintu.outreach.tests.events import aid_item, event, people, question


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


def _question(visitor: Any) -> dict[str, Any]:
    asked = question(event())
    return {"ref": asked.event.ref, "question_ref": asked.ref}


def _item(visitor: Any) -> dict[str, Any]:
    item = aid_item(event())
    return {"ref": item.event.ref, "key": item.pk}


EVENT_PAGES = (
    *("event", "event-edit", "event-state", "partner-new", "member-new", "session-new", "participants"),
    *("participant-new", "cards-new", "running", "event-questions", "question-new", "aid", "aid-new", "coverage"),
    *("programme-sheet", "attendance-sheet", "receipt-sheet", "participant-cards"),
)
SESSION_PAGES = ("session-edit", "session-move", "session-remove", "session-tap", "overrun-cause")
ARGUMENTS: dict[str, Callable[[Any], dict[str, Any]]] = {
    **{f"outreach:{name}": _event for name in EVENT_PAGES},
    **{f"outreach:{name}": _session for name in SESSION_PAGES},
    "outreach:partner-remove": _key,
    "outreach:member-remove": _key,
    "outreach:participant-tap": _participant,
    "outreach:question-reply": _question,
    "outreach:hand-over": _item,
    "outreach:lesson": lambda visitor: {"code": "stock_recording"},
}
