"""Each import contract of `.importlinter` is broken on purpose in a copy of the house, and seen to fail."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FLOORS = "Imports only go down"
PURE = "The kernel and the rules of every room know no Django"
INSIDE = "Inside a room: urls, then views, forms and actions, queries, models, rules"
DOORS = "Views and api ask queries and actions, never models"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The Python files of the house and its contracts, to be spoilt."""
    shutil.copytree(ROOT / "satupintu", tmp_path / "satupintu", ignore=_all_but_python)
    shutil.copy(ROOT / ".importlinter", tmp_path)
    return tmp_path


def _all_but_python(folder: str, names: list[str]) -> set[str]:
    return {name for name in names if not (Path(folder) / name).is_dir() and not name.endswith(".py")} | {"__pycache__"}


def broken_contracts(house: Path) -> list[str]:
    """The names of the contracts that import-linter finds broken in the house in `house`."""
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=house,
        env={**os.environ, "PYTHONPATH": str(house), "COLUMNS": "200"},
        capture_output=True,
        text=True,
    )
    assert "Contracts:" in done.stdout, done.stdout + done.stderr
    broken = [line.removesuffix(" BROKEN").strip() for line in done.stdout.splitlines() if line.endswith(" BROKEN")]
    assert done.returncode == (1 if broken else 0)
    return broken


def test_the_house_as_it_is_keeps_every_contract(copy: Path) -> None:
    assert broken_contracts(copy) == []


@pytest.mark.parametrize(
    ("added", "contract"),
    [
        ({"kernel/decision.py": "import satupintu.web.formats"}, FLOORS),
        ({"catalogue/queries/core.py": "import satupintu.accounts.models"}, FLOORS),
        ({"accounts/actions.py": "import satupintu.desk.views"}, FLOORS),
        ({"web/formats.py": "def late():\n    import satupintu.catalogue"}, FLOORS),
        ({"helpers/__init__.py": ""}, FLOORS),
        ({"utils.py": ""}, FLOORS),
        ({"licensing/__init__.py": "", "outreach/__init__.py": "import satupintu.licensing"}, FLOORS),
        ({"kernel/decision.py": "from django.utils import timezone"}, PURE),
        ({"accounts/rules.py": "from django.conf import settings"}, PURE),
        ({"catalogue/rules/facts.py": "import django"}, PURE),
        ({"registry/__init__.py": "", "registry/rules.py": "from django.db import models"}, PURE),
        ({"accounts/models.py": "import satupintu.accounts.actions"}, INSIDE),
        ({"catalogue/queries/core.py": "import satupintu.catalogue.views"}, INSIDE),
        (
            {"registry/__init__.py": "", "registry/actions.py": "", "registry/queries.py": "from . import actions"},
            INSIDE,
        ),
        ({"accounts/api.py": "import satupintu.accounts.models"}, DOORS),
        ({"desk/views.py": "from satupintu.accounts.models import User"}, DOORS),
        ({"api/views.py": "from satupintu.accounts import models"}, DOORS),
        ({"registry/__init__.py": "", "registry/models.py": "", "registry/views.py": "from . import models"}, DOORS),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, dict) else "",
)
def test_what_breaks_a_contract_is_caught(added: dict[str, str], contract: str, copy: Path) -> None:
    for name, line in added.items():
        path = copy / "satupintu" / name
        path.parent.mkdir(exist_ok=True)
        before = path.read_text() if path.exists() else ""
        path.write_text(f"{before}\n{line}\n")
    assert contract in broken_contracts(copy)
