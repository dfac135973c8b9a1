"""`satupintu keys`, and `satupintu verify` with a typed code."""

import json

import pytest
from click.testing import CliRunner
from django.utils import timezone
from django.utils.timezone import localdate

from satupintu.audit.rules import SYSTEM
from satupintu.kernel.seal.keys import read_keys
from satupintu.kernel.seal.revocations import read_list
from satupintu.licensing.actions.publishing import publish_revocations
from satupintu.licensing.cli import keys, verify
from satupintu.licensing.keys import published_keys
from satupintu.licensing.models import Certificate
from satupintu.licensing.queries.checking import newest_list
from satupintu.licensing.tests.test_decisions import granted


@pytest.fixture(autouse=True)
def own_home(settings, tmp_path, db):
    """A deployment without any key."""
    settings.SATUPINTU_HOME = tmp_path


def run(*arguments: str, command=keys, expect: int = 0) -> str:
    """What the command prints."""
    done = CliRunner().invoke(command, [*arguments])
    assert done.exit_code == expect, done.output
    return done.stdout if expect == 0 else done.output


def test_keys_are_made_listed_and_retired():
    assert run("list").startswith("Belum ada kunci.")
    name = run("new").split()[0]
    today = localdate().isoformat()
    assert run("list") == f"{name}  certificates  sejak {today}  dipakai\n"
    assert run("retire", name).startswith(f"{name} dihentikan.")
    (first, second) = json.loads(run("list", "--json"))["keys"]
    assert (first["kid"], first["valid_until"], first["revoked_on"]) == (name, today, None)
    assert (second["purposes"], second["valid_until"]) == (["revocations"], None)
    assert "sudah dihentikan" in run("retire", name, expect=1)
    assert "Surat yang ditandatangani kunci ini tidak dipercaya lagi" in run("retire", name, "--stolen")
    assert f"{name}  certificates  sejak {today}  bocor, dicabut {today}" in run("list")


def test_the_list_is_signed_again_when_its_key_is_stolen():
    before = publish_revocations(by=SYSTEM, at=timezone.now())
    (stolen,) = json.loads(run("list", "--json"))["keys"]
    run("retire", stolen["kid"], "--stolen")
    newest = newest_list()
    assert newest is not None
    assert newest.sequence == before.sequence + 1
    assert read_list(bytes(newest.content), read_keys(published_keys())).sequence == newest.sequence


def test_an_unknown_key_or_purpose_is_refused_in_one_sentence():
    assert (
        run("retire", "00000000", expect=1) == "Kunci 00000000 tidak ada. Lihat daftarnya dengan satupintu keys list.\n"
    )
    run("new", "--purpose", "surat", expect=2)


def test_a_typed_code_is_answered_from_the_register():
    paper = granted(at=timezone.now())
    told = json.loads(run(paper.code.lower(), "--json", command=verify))
    assert (told["valid"], told["status"], told["register"], told["revocations"]) == (True, "active", True, None)
    assert told["claims"]["number"] == paper.number
    assert run(paper.code, command=verify).splitlines()[-1] == "Menurut daftar surat di basis data ini."
    Certificate.objects.filter(pk=paper.pk).update(status="revoked")
    told = json.loads(run(paper.code, "--json", command=verify, expect=1))
    assert (told["valid"], told["status"], told["reason"]) == (False, "revoked", "revoked")


def test_a_typed_code_that_nobody_has_is_unknown():
    told = json.loads(run("2222222", "--json", command=verify, expect=1))
    assert (told["valid"], told["status"], told["reason"], told["claims"]) == (False, "unknown", "unknown_code", {})
    assert "kodenya tidak ada di daftar" in run("2222222", command=verify, expect=1)
