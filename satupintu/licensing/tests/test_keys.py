"""The keys of a deployment: made, used, replaced, retired, and known to everybody in their public half."""

import json
import threading
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from satupintu.audit import keys as deployment_keys
from satupintu.audit.queries import of_object
from satupintu.audit.rules import SYSTEM
from satupintu.kernel import vault
from satupintu.kernel.seal.certificates import issue
from satupintu.kernel.seal.keys import CERTIFICATES, REVOCATIONS, key_id, read_keys
from satupintu.kernel.seal.tests.given import claims
from satupintu.kernel.seal.verdicts import verify
from satupintu.licensing import keys
from satupintu.licensing.actions.keys import make_key, ready_key, retire_key, witness_keys
from satupintu.registry.tests.factories import AT

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def own_home(settings, tmp_path):
    """A deployment without any key."""
    settings.SATUPINTU_HOME = tmp_path


def made(purpose: str = CERTIFICATES, at: datetime = AT) -> keys.StoredKey:
    return make_key(purpose=purpose, by=SYSTEM, at=at)


def ready(at: datetime = AT):
    return ready_key(purpose=CERTIFICATES, by=SYSTEM, at=at)


def status_of(payload: bytes, on: date) -> str:
    return verify(payload, read_keys(keys.published_keys()), None, at=on).status


@pytest.mark.django_db
def test_a_key_lies_sealed_in_a_file_for_its_owner_alone():
    found = made()
    (path,) = keys.folder().iterdir()
    assert (path.name, path.stat().st_mode & 0o777, keys.folder().stat().st_mode & 0o777) == ("0001.json", 0o600, 0o700)
    with pytest.raises(vault.CannotOpen):
        vault.unseal(deployment_keys.new_key(), found.sealed, found.reference)
    assert keys.secret_of(found).public_key() == found.published.public
    told = json.loads(keys.published_keys())["keys"]
    assert [(one["kid"], one["purposes"], "d" in one) for one in told] == [(found.name, ["certificates"], False)]


@pytest.mark.django_db
def test_without_a_key_nothing_is_signed_and_the_first_need_makes_one():
    with pytest.raises(keys.NoSigningKey):
        keys.signing_key(AT.date())
    assert json.loads(keys.published_keys()) == {"keys": []}
    assert key_id(ready().public_key()) == key_id(ready(AT + DAY).public_key())
    assert len(keys.stored_keys()) == 1


@pytest.mark.django_db
def test_a_replaced_key_signs_no_more_and_what_it_signed_stays_good():
    issued = claims(issued=AT.date(), valid_from=AT.date())
    old = made()
    paper = issue(issued, ready())
    new = made(at=AT + DAY)
    assert key_id(ready(AT + DAY).public_key()).hex() == new.name
    retire_key(key_id=old.name, stolen=False, by=SYSTEM, at=AT + DAY)
    assert status_of(paper, AT.date() + 30 * DAY) == "active"
    late = issue(claims(issued=AT.date() + 2 * DAY), keys.secret_of(old))
    assert status_of(late, AT.date() + 30 * DAY) == "unknown"
    with pytest.raises(ValidationError, match="sudah dihentikan"):
        retire_key(key_id=old.name, stolen=False, by=SYSTEM, at=AT + 2 * DAY)


@pytest.mark.django_db
def test_a_stolen_key_vouches_for_nothing_even_when_retired_before():
    old = made()
    paper = issue(claims(issued=AT.date(), valid_from=AT.date()), ready())
    retire_key(key_id=old.name, stolen=False, by=SYSTEM, at=AT)
    retire_key(key_id=old.name, stolen=True, by=SYSTEM, at=AT + DAY)
    assert status_of(paper, AT.date() + DAY) == "unknown"
    assert key_id(ready(AT + DAY).public_key()).hex() != old.name


@pytest.mark.django_db
def test_the_two_purposes_have_keys_of_their_own():
    papers, lists = made(), made(REVOCATIONS)
    assert papers.name != lists.name
    assert key_id(keys.signing_key(AT.date(), REVOCATIONS).public_key()).hex() == lists.name
    assert key_id(keys.signing_key(AT.date()).public_key()).hex() == papers.name


@pytest.mark.django_db
def test_an_unknown_key_cannot_be_retired():
    with pytest.raises(ValidationError, match="00000000 tidak ada"):
        retire_key(key_id="00000000", stolen=False, by=SYSTEM, at=AT)


@pytest.mark.django_db
def test_making_and_retiring_are_witnessed_once():
    found = made()
    retire_key(key_id=found.name, stolen=True, by=SYSTEM, at=AT + DAY)
    told = [(record.action, record.values) for record in of_object(found.reference)]
    assert told == [
        ("licensing.key_retired", {"stolen": True}),
        ("licensing.key_made", {"purposes": ["certificates"], "valid_from": AT.date().isoformat()}),
    ]
    assert witness_keys(by=SYSTEM, at=AT) == []


@pytest.mark.django_db
def test_a_key_whose_record_was_undone_is_witnessed_the_next_time(monkeypatch):
    monkeypatch.setattr("satupintu.licensing.actions.keys.record", lambda **_: None)
    found = made()
    monkeypatch.undo()
    assert witness_keys(by=SYSTEM, at=AT) == [found.name]
    assert of_object(found.reference).count() == 1


def test_all_who_come_at_once_sign_with_the_same_first_key(committed):
    names: list[str] = []
    together = threading.Barrier(8)

    def come() -> None:
        together.wait()
        try:
            names.append(key_id(ready().public_key()).hex())
        finally:
            connection.close()

    threads = [threading.Thread(target=come) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(names), {*names}) == (8, {keys.stored_keys()[0].name})
    assert len(keys.stored_keys()) == 1
    assert [path for path in Path(keys.folder()).iterdir() if path.suffix != ".json"] == []
    assert of_object(f"key:{names[0]}").count() == 1
