"""The commands an operator uses, run as the operator runs them."""

import subprocess
import sys
from pathlib import Path

from tests.deployment import Deployment, fresh_deployment


def test_worker_does_what_waits_in_the_database(deployment: Deployment, tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    deployment.python(f"from tests.operate.tasks import write_down\nwrite_down.enqueue({str(note)!r}, 'sudah')")
    assert not note.exists()
    deployment.run("worker", "--once")
    assert note.read_text() == "sudah"
    asked = "SELECT status FROM django_tasks_database_dbtaskresult WHERE task_path LIKE '%write_down'"
    assert deployment.sql(asked) == [("SUCCESSFUL",)]


def test_worker_keeps_house_once_a_day(deployment: Deployment) -> None:
    due = deployment.python(
        "from django.utils import timezone\nfrom satupintu.config.housekeeping import due\nprint(*due(timezone.now()))"
    ).split()
    for _ in range(2):
        deployment.run("worker", "--once")
    done = deployment.sql("SELECT action FROM audit_record WHERE actor = 'system' ORDER BY number")
    assert [chore for (chore,) in done if chore in due] == due
    assert deployment.run("verify-audit").stdout.startswith("Utuh: ")


def test_migrate_and_demo_may_be_repeated(deployment: Deployment) -> None:
    before = deployment.rows()
    deployment.run("migrate")
    told = deployment.run("demo").stderr.splitlines()
    assert told == [f"{line.partition(':')[0]}: 0 new" for line in told]
    assert "accounts: 0 new" in told
    assert deployment.rows() == before


def test_a_database_without_tables_is_one_sentence(tmp_path: Path) -> None:
    with fresh_deployment(tmp_path / "home") as house:
        refused = house.run("demo", expect=1)
    assert refused.stderr.startswith("Error: the database refused (")
    assert refused.stderr.endswith("run `satupintu migrate`.\n")
    assert len(refused.stderr.splitlines()) == 1


def test_a_setting_that_cannot_be_read_is_one_sentence(deployment: Deployment) -> None:
    broken = Deployment(deployment.home, "", {**deployment.environment, "DATABASE_URL": "mongodb://x/y"})
    refused = broken.run("migrate", expect=1)
    assert refused.stderr.startswith("Error: a setting cannot be used (")
    assert len(refused.stderr.splitlines()) == 1


def test_wrong_use_is_exit_2(deployment: Deployment) -> None:
    assert "No such command" in deployment.run("sering", expect=2).stderr
    assert "'0' is not in the range" in deployment.run("serve", "--port", "0", expect=2).stderr.replace(
        "0 is", "'0' is"
    )


def test_commands_about_rules_never_start_django() -> None:
    """What keeps `satupintu plan` fast and without a database."""
    script = (
        "import sys\n"
        "from click.testing import CliRunner\n"
        "from satupintu.config.cli import build\n"
        "done = CliRunner().invoke(build(), ['plan', '--kbli', '56104', '--place', 'cart', '--json'])\n"
        "assert done.exit_code == 0, done.output\n"
        "print(sorted(name for name in ('django.apps', 'django.db', 'granian') if name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("[]\n", "")
