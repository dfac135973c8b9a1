"""What every room's API answers when it cannot do what was asked: RFC 9457 problem details.

It lives on the lowest floor so that each room's `api.py` can document it; `satupintu.api` sends it.
"""

from ninja import Schema
from pydantic import Field


class Fault(Schema):
    """One thing wrong in the request: `where` it stands (`query.kbli`) and what is wrong with it."""

    where: str
    detail: str


class Problem(Schema):
    """Problem details: `status` repeats the HTTP status, `detail` says what is wrong and what to do."""

    type: str = Field(default="about:blank", description="about:blank: the HTTP status says what kind of problem it is")
    title: str
    status: int
    detail: str
    errors: list[Fault] = Field(default_factory=list)


class Refused(Exception):
    """What was asked cannot be answered; the text says what is wrong, why, and what to do next."""


ERRORS: dict[int, type[Problem]] = {422: Problem}
