"""What stands in the addresses of this room's pages, for the test that walks them as every role."""

from collections.abc import Callable
from typing import Any

from satupintu.surveys.tests.factories import later, respondent, survey, typed


def _survey(visitor: Any) -> dict[str, Any]:
    return {"ref": survey().ref}


def _differing(visitor: Any) -> dict[str, Any]:
    one = survey()
    number = one.answerings.count() + 1  # a card nobody has typed yet
    typed(one, 900_101, later(1), number)
    typed(one, 900_102, later(2), number, s4="0")
    return {"ref": one.ref, "name": respondent(number).rpartition(":")[2]}


ARGUMENTS: dict[str, Callable[[Any], dict[str, Any]]] = {
    **{
        f"surveys:{name}": lambda visitor: {"code": "paper_statements"}
        for name in ("questionnaire", "paper-form", "xlsform-export")
    },
    **{
        f"surveys:{name}": _survey
        for name in (
            *("survey", "survey-close", "survey-paper", "entry", "differences", "hands"),
            *("table-import", "table-export", "kiosk-start"),
        )
    },
    "surveys:settle": _differing,
}
