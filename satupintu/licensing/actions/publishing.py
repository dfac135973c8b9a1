"""Publishing what no longer holds, so that phones without a network know it after their next look."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric import ec
from django.db import transaction
from django.utils.timezone import localdate

from satupintu.accounts.gate import guarded
from satupintu.audit.actions import hold_chain, record
from satupintu.audit.rules import Actor
from satupintu.kernel.seal.keys import CERTIFICATES, REVOCATIONS
from satupintu.kernel.seal.revocations import RevocationList, issue_list
from satupintu.licensing.actions.keys import ready_key, witness_keys
from satupintu.licensing.models import PublishedList
from satupintu.licensing.queries.checking import newest_list, not_holding

# A list is made every day and after every change. One that a phone keeps is called old after a week: an officer who
# walks a market without a network for some days is not warned at every stall.
GOOD_FOR = timedelta(days=7)
KEPT = 30  # editions; older ones remain in the audit by their SHA-256


@guarded
@transaction.atomic
def publish_revocations(*, by: Actor, at: datetime) -> PublishedList:
    """Sign and publish the list of papers that do not hold, under the next number.

    Call it in the transaction that changed a paper, as its last step. Whoever publishes at the same moment waits for
    the other to commit, and then reads what the other changed too.
    """
    hold_chain(by=by, at=at)
    witness_keys(by=by, at=at)
    before = newest_list()
    day = max(localdate(at), before.issued) if before else localdate(at)
    sequence = before.sequence + 1 if before else 1
    entries = not_holding(day)
    found = RevocationList(sequence, day, day + GOOD_FOR, entries)
    signed = issue_list(found, ready_key(purpose=REVOCATIONS, by=by, at=at))
    values = {"entries": len(entries), "sha256": hashlib.sha256(signed).hexdigest()}
    record(action="licensing.revocations_published", object=f"list:{sequence}", values=values, by=by, at=at)
    PublishedList.objects.filter(sequence__lte=sequence - KEPT).delete()
    return PublishedList.objects.create(
        sequence=sequence,
        issued=day,
        next_update=day + GOOD_FOR,
        entries=len(entries),
        content=signed,
        made_by=by.ref,
        made_at=at,
    )


@guarded
def paper_key(*, by: Actor, at: datetime) -> ec.EllipticCurvePrivateKey:
    """The key to sign a certificate with. The first certificate of a deployment publishes its first list as well:
    without any list a phone could not say that the paper holds."""
    secret = ready_key(purpose=CERTIFICATES, by=by, at=at)
    if newest_list() is None:
        publish_revocations(by=by, at=at)
    return secret
