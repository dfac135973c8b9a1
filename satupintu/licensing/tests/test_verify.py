"""`satupintu verify`: from files alone."""

import json
import os
import subprocess
import sys
from datetime import date

import pytest
from click.testing import CliRunner

from satupintu.kernel.seal import refusals
from satupintu.kernel.seal.keys import write_keys
from satupintu.kernel.seal.links import as_digits, link
from satupintu.kernel.seal.revocations import issue_list
from satupintu.kernel.seal.tests.given import CODE, KEYS, LIST_SECRET, PAYLOAD, STRANGER, TODAY, listing
from satupintu.licensing.cli import verify
from satupintu.licensing.rules.verdict_wording import REASON

LINK = link("kota.example", PAYLOAD)


@pytest.fixture
def run(tmp_path):
    """Runs the command with published keys, and with a list if one is given; returns exit code and output."""
    keys, listed = tmp_path / "keys.json", tmp_path / "list.cose"
    keys.write_text(write_keys(KEYS.values()))

    def call(payload=LINK, *more, entries=None, secret=LIST_SECRET):
        with_list = ["--revocations", str(listed)] if entries is not None else []
        listed.write_bytes(issue_list(listing(*(entries or [])), secret))
        found = CliRunner().invoke(verify, [payload, "--keys", str(keys), "--at", "2026-11-24", *with_list, *more])
        return found.exit_code, found.stdout, found.stderr

    return call


def test_a_certificate_is_told_as_json(run):
    code, out, err = run(LINK, "--json", entries=[])
    told = json.loads(out)
    assert (code, err, told["valid"], told["status"], told["reason"]) == (0, "", True, "active", None)
    assert told["claims"]["number"] == "503/0001/TDU-PKL/2026"
    newest = {"sequence": 7, "issued": "2026-11-23", "next_update": "2026-11-30", "stale": False}
    assert told["revocations"] == newest


def test_what_does_not_hold_is_told_with_exit_1(run):
    revoked = run(as_digits(PAYLOAD), "--json", entries=[(CODE, "revoked", TODAY)])
    assert (revoked[0], json.loads(revoked[1])["status"]) == (1, "revoked")
    changed = run(LINK[:-1] + str(9 - int(LINK[-1])), "--json")
    told = json.loads(changed[1])
    assert (changed[0], told["valid"], told["status"], told["claims"]) == (1, False, "unknown", {})
    assert json.loads(run("bukan surat", "--json")[1])["reason"] == "unreadable"


def test_a_person_reads_sentences_and_what_was_not_looked_at(run):
    lines = run()[1].splitlines()
    assert (lines[0], lines[4]) == ("Surat ini sah dan berlaku.", "Pemegang: S.A.")
    assert lines[-1] == "Perhatian: daftar pencabutan belum diperiksa."
    old = run(LINK, "--at", "2026-12-01", entries=[])[1].splitlines()
    assert old[-1] == "Perhatian: daftar pencabutan sudah lama, dari 2026-11-23. Ambil daftar yang baru."


def test_a_list_that_is_not_believed_ends_the_check(run):
    code, out, err = run(LINK, "--json", entries=[], secret=STRANGER)
    assert (code, out) == (1, "")
    assert err.endswith("daftar pencabutan ditolak, kunci penandanya tidak dikenal. Ambil daftar yang baru.\n")


def test_keys_that_cannot_be_used_are_named(tmp_path):
    bad = tmp_path / "keys.json"
    for content in (b"{}", b"\xff"):
        bad.write_bytes(content)
        found = CliRunner().invoke(verify, [LINK, "--keys", str(bad), "--json"])
        assert (found.exit_code, found.stdout) == (1, "")
        assert found.stderr.startswith(f"{bad}: ")


def test_without_keys_nothing_is_believed_and_the_way_out_is_told():
    found = CliRunner().invoke(verify, [LINK, "--json"])
    assert (found.exit_code, json.loads(found.stdout)["reason"]) == (1, "unknown_key")
    assert "--keys" in found.stderr


def test_a_day_that_is_none_is_wrong_use(run):
    assert run(LINK, "--at", "besok")[0] == 2


def test_every_refusal_has_words():
    words = {value for name, value in vars(refusals).items() if name.isupper()}
    assert {*REASON} == words


def test_the_command_needs_no_framework():
    asked = "import sys; from satupintu.licensing.cli import verify\n"
    asked += f"verify.main(['{LINK}', '--at', '{date(2026, 11, 24)}'], standalone_mode=False)"
    told = f"try:\n exec({asked!r})\nexcept SystemExit: pass\nprint('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", f"import sys\n{told}"], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "False"


def test_without_a_database_a_typed_code_says_what_is_needed(tmp_path):
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment["SATUPINTU_HOME"] = str(tmp_path / "new")
    command = [sys.executable, "-m", "satupintu", "verify", "222-2222"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "Kode 2222222 dicek di basis data, dan di sini tidak ada yang bisa dibaca. "
        "Jalankan di server, atau beri isi QR dengan --keys.\n"
    )
