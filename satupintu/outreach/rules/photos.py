"""Whether a photo may stand in the report. Pure."""

from __future__ import annotations

from collections.abc import Iterable

REPORTED = ("documentation", "hand_over")  # a list of names never goes into a report


def why_not_in_report(kind: str, shows: str, agreed: Iterable[bool]) -> str:
    """Why a photo stays out of the report, or empty if it may stand in it.

    ``shows`` says who can be recognised (``nobody``, ``people`` or ``unknown``), ``agreed`` whether each of them said
    yes to it and has not taken that back: ``kind`` (a list of names), ``unknown`` (nobody said who is on it) or
    ``consent`` (somebody on it did not agree). UU 27/2022 art. 20-24.
    """
    if kind not in REPORTED:
        return "kind"
    if shows == "nobody":
        return ""
    answers = list(agreed)
    if shows != "people" or not answers:
        return "unknown"
    return "" if all(answers) else "consent"
