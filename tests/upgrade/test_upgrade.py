"""A city with a filled database of an earlier release restores it, migrates, and has lost nothing."""

import json
from pathlib import Path

import pytest

from tests.deployment import Deployment, fresh_deployment
from tests.upgrade.record import TABLES, kind, migrations, readable

HERE = Path(__file__).parent
RELEASES = sorted(path.name for path in HERE.iterdir() if path.name[0].isdigit())

# What later releases added to a table, with the value an old row gets.
ADDED = {"accounts_user": {"language": "id", "role": "vendor", "office_id": "None", "email": "", "phone_lookup": ""}}


@pytest.mark.parametrize("release", RELEASES)
def test_a_filled_database_of_an_earlier_release_keeps_every_row(release: str, tmp_path: Path) -> None:
    with fresh_deployment(tmp_path / "home") as house:
        record = json.loads((HERE / release / f"{kind(house)}.json").read_text())
        house.run("restore", HERE / release / f"{kind(house)}.tar.gz")
        assert migrations(house) == record["migrations"]
        assert {table: readable(house, table) for table in TABLES} == {table: record[table] for table in TABLES}

        house.run("migrate")

        for table in TABLES:
            expected = [ADDED.get(table, {}) | row for row in record[table]]
            kept = [{name: row[name] for name in expected[0]} for row in readable(house, table)]
            assert kept == expected
        assert set(record["migrations"]) < set(migrations(house))
        assert (house.home / "uploads/foto.txt").read_text() == "foto gerobak\n"
        assert house.run("verify-audit").stdout.splitlines()[0] == "Utuh: 0 rantai, 0 catatan."
        house.run("demo")
        assert house.run("demo").stderr.splitlines() == [
            f"{room}: 0 new" for room in ("accounts", "outreach", "registry", "licensing")
        ]


def test_the_upgraded_database_has_the_shape_of_a_new_one(new_house: Deployment, tmp_path: Path) -> None:
    with fresh_deployment(tmp_path / "home") as house:
        house.run("restore", HERE / RELEASES[0] / f"{kind(house)}.tar.gz")
        house.run("migrate")
        assert {t: sorted(house.columns(t)) for t in house.tables()} == {
            t: sorted(new_house.columns(t)) for t in new_house.tables()
        }
        assert migrations(house) == migrations(new_house)


@pytest.mark.django_db
def test_the_models_need_no_migration_that_is_not_written() -> None:
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
