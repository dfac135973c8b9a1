"""What stands in the addresses of this room's pages, for the test that walks them as every role."""

from collections.abc import Callable
from typing import Any

from satupintu.messages.tests.factories import keep


def _a_message(visitor: object) -> dict[str, Any]:
    return {"message_id": keep().pk}


ARGUMENTS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "messages:message": _a_message,
    "messages:message-reveal": _a_message,
    "messages:message-decide": lambda visitor: {**_a_message(visitor), "decision": "give_up"},
}
