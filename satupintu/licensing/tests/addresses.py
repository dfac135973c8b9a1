"""What stands in the addresses of this room's pages, for the test that walks them as every role."""

from collections.abc import Callable
from typing import Any

from satupintu.licensing.tests.test_decisions import granted
from satupintu.registry.tests.factories import market


def _code(visitor: Any) -> dict[str, Any]:
    return {"code": granted().code}


ARGUMENTS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "licensing:check-code": _code,
    "licensing:market-plan": lambda visitor: {"code": market().code},
}
