"""Record a release for the upgrade test: a filled deployment of it, as its own `satupintu backup` saves it.

Run once, with the code of that release, on each kind of database:

    python -m tests.upgrade.record 0.1.0
    scripts/with-postgresql .venv/bin/python -m tests.upgrade.record 0.1.0

It leaves `tests/upgrade/0.1.0/` with one archive per database and the rows in readable form.
"""

import json
import sys
import tempfile
from pathlib import Path

from tests.deployment import Deployment, fresh_deployment

HERE = Path(__file__).parent

# More than the demo has: a staff member in a group, one who left, names outside ASCII, a used sign-in.
FILL = """
from datetime import UTC, datetime
from django.contrib.auth.models import Group, Permission
from satupintu.accounts import actions
from satupintu.accounts.models import User

at = datetime(2026, 11, 24, 1, 2, 3, 456789, tzinfo=UTC)
actions.demo(by="system:demo", at=at)
officer = actions.create_user(
    username="petugas-01", display_name="Petugas 01 – Loket “MPP”", is_staff=True, by="system:test", at=at
)
actions.create_user(username="petugas-02", display_name="Petugas 02", is_staff=True, by="system:test", at=at)
group = Group.objects.create(name="Loket")
group.permissions.add(Permission.objects.get(codename="view_user"))
officer.groups.add(group)
User.objects.filter(username="petugas-01").update(last_login=at)
User.objects.filter(username="petugas-02").update(is_active=False)
"""


TABLES = ("accounts_user", "accounts_user_groups", "auth_group")


def migrations(house: Deployment) -> list[str]:
    """The migrations applied to this database, as `app.name`."""
    return sorted(f"{app}.{name}" for app, name in house.sql("SELECT app, name FROM django_migrations"))


def readable(house: Deployment, table: str) -> list[dict[str, str]]:
    """The rows of a table by column name, every value as its text, in the order of their ids."""
    names = house.columns(table)
    rows = house.sql(f"SELECT * FROM {table} ORDER BY id")
    return [dict(zip(names, map(str, row), strict=True)) for row in rows]


def kind(house: Deployment) -> str:
    """`sqlite` or `postgresql`: the archive's name, and which of two releases' archives fits."""
    return "postgresql" if house.on_postgresql else "sqlite"


def main(release: str) -> None:
    """Fill a new deployment and save it as the record of `release`."""
    folder = HERE / release
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary, fresh_deployment(Path(temporary) / "home") as house:
        (house.home / "keys").mkdir()
        (house.home / "keys/secret_key").write_text("only-for-the-upgrade-test")
        (house.home / "uploads").mkdir()
        (house.home / "uploads/foto.txt").write_text("foto gerobak\n")
        house.run("migrate")
        house.python(FILL)
        record = {"migrations": migrations(house), **{table: readable(house, table) for table in TABLES}}
        (folder / f"{kind(house)}.json").write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n")
        (folder / f"{kind(house)}.tar.gz").unlink(missing_ok=True)
        house.run("backup", folder / f"{kind(house)}.tar.gz")


if __name__ == "__main__":
    main(sys.argv[1])
