"""Which parts of a file may be changed: ``field:size``, ``document:ktp``, or ``message`` (words). Pure."""

from __future__ import annotations

from collections.abc import Mapping

MESSAGE = "message"
# Nothing has been seen yet, or the other office refused and all may be put right.
WHOLLY_OPEN = frozenset({"draft", "refused_elsewhere"})
SENT_BACK = frozenset({"returned", "asked", "asked_again"})


def may_change(state: str, open_parts: Mapping[str, bool], part: str) -> bool:
    """Whether a part may be changed in a state: all of a draft, only what was named of a file that was sent back.

    >>> may_change("returned", {"document:ktp": False}, "field:size")
    False
    """
    return state in WHOLLY_OPEN or (state in SENT_BACK and part in open_parts)
