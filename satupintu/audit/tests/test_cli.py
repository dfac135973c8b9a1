"""What `satupintu verify-audit` says."""

import json

import pytest
from click.testing import CliRunner

from satupintu.audit import actions
from satupintu.audit.cli import verify_audit
from satupintu.audit.models import Chain
from satupintu.audit.rules import SYSTEM
from satupintu.audit.tests.test_actions import NOON, witness

pytestmark = pytest.mark.django_db


def test_whole_chains_are_called_whole_and_compared_with_what_was_seen():
    witness(2)
    actions.verify_chains(by=SYSTEM, at=NOON)
    found = CliRunner().invoke(verify_audit)
    assert (found.exit_code, found.output.splitlines()) == (
        0,
        ["Utuh: 2 rantai, 3 catatan.", "Dibandingkan dengan pemeriksaan pada 1 hari sebelumnya."],
    )


def test_a_forged_head_is_named_and_the_command_fails():
    witness(2)
    Chain.objects.update(mark="f" * 64)
    found = CliRunner().invoke(verify_audit)
    assert (found.exit_code, found.output) == (1, "Rantai kec-32.75.11, catatan 2: kepala rantai tidak cocok.\n")
    told = json.loads(CliRunner().invoke(verify_audit, ["--json"]).output)
    break_ = {"chain": "kec-32.75.11", "number": 2, "what": "kepala rantai tidak cocok"}
    assert told == {"valid": False, "chains": {"kec-32.75.11": 2}, "breaks": [break_], "compared": 0}
