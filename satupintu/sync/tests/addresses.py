"""What stands in the addresses of this room's pages, for the test that walks them as every role."""

from collections.abc import Callable
from typing import Any

from satupintu.accounts.models import User
from satupintu.sync.models import Received
from satupintu.sync.tests.factories import arriving, device, receive


def _a_device(visitor: User | None) -> dict[str, Any]:
    owner = (
        visitor if visitor and visitor.role in ("facilitator", "front_office", "verifier", "administrator") else None
    )
    return {"ref": device(owner)[0].ref}


def _a_record(visitor: User | None) -> dict[str, Any]:
    (outcome,) = receive(device()[0], arriving(kind="nobody.knows"))
    return {"key": Received.objects.get(client_uuid=outcome.uuid).pk}


ARGUMENTS: dict[str, Callable[[User | None], dict[str, Any]]] = {
    "sync:device-revoke": _a_device,
    **{f"sync:{name}": _a_record for name in ("record", "record-retry", "record-set-aside", "record-restore")},
}
