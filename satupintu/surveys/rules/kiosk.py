"""One phone handed round: whose turn it is and which screen comes next. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from satupintu.surveys.rules.answers import asked, next_item, read_value
from satupintu.surveys.rules.questionnaires import Item, Questionnaire

MOST_WRONG = 5


@dataclass(frozen=True)
class Turn:
    """What a handed-round phone remembers. ``pin`` is hashed; ``values`` are this respondent's, empty: left out."""

    survey: str
    pin: str
    wrong: int = 0
    card: str = ""
    agreed: bool = False
    values: Mapping[str, str] = field(default_factory=dict)
    sheet: str = ""
    said: str = ""  # how the last turn ended: "thanks" or "refused"

    def as_json(self) -> dict[str, Any]:
        """As the session keeps it."""
        return asdict(self)

    def begin(self, card: str, sheet: str) -> Turn:
        """Somebody takes the phone; ``sheet`` is the number under which their answers will be kept once."""
        return replace(self, card=card, sheet=sheet, agreed=False, values={}, said="")

    def end(self, said: str) -> Turn:
        """They hand it back: nothing of what they said stays on the phone."""
        return replace(self, card="", sheet="", agreed=False, values={}, said=said)

    def answer(self, item: Item, typed: str) -> Turn:
        """Their answer to one item, empty if left out. Raises ValueError with an Indonesian sentence."""
        return replace(self, values={**self.values, item.code: read_value(item, typed)})


def screen(turn: Turn, form: Questionnaire, wanted: str = "") -> tuple[str, Item | None]:
    """The screen to show: ``end``, ``card``, ``consent``, ``item`` or ``send``; an earlier item if it is asked for."""
    if turn.said:
        return "end", None
    if not turn.card:
        return "card", None
    if not turn.agreed:
        return "consent", None
    following = next_item(form, turn.values)
    earlier = next(
        (item for item in asked(form, turn.values) if item.code == wanted and item.code in turn.values), None
    )
    item = earlier or following
    return ("item", item) if item else ("send", None)


def pin_problem(pin: str) -> str | None:
    """What is wrong with a PIN that locks the phone, or None. Four to six figures."""
    return None if re.fullmatch(r"[0-9]{4,6}", pin) else "PIN berisi 4 sampai 6 angka. Isi lagi."
