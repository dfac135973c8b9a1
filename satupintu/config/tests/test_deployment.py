"""What a deployment owns."""

import threading
from pathlib import Path

import pytest

from satupintu.config import deployment


def test_the_home_is_var_unless_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SATUPINTU_HOME", raising=False)
    assert deployment.home() == tmp_path / "var"
    monkeypatch.setenv("SATUPINTU_HOME", "elsewhere")
    assert deployment.home() == tmp_path / "elsewhere"


def test_the_secret_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    first = deployment.secret_key(tmp_path)
    assert len(first) >= 50
    assert deployment.secret_key(tmp_path) == first
    assert oct((tmp_path / "keys/secret_key").stat().st_mode & 0o777) == "0o600"
    assert [path.name for path in (tmp_path / "keys").iterdir()] == ["secret_key"]
    assert deployment.secret_key(tmp_path / "other") != first


def test_many_starting_at_once_agree_on_one_key(tmp_path: Path) -> None:
    gate = threading.Barrier(8)
    keys: list[str] = []

    def start() -> None:
        gate.wait()
        keys.append(deployment.secret_key(tmp_path))

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 8
    assert len(set(keys)) == 1


def test_the_database_is_sqlite_in_the_home_unless_a_url_names_another(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    described = deployment.database(tmp_path)
    assert (described["ENGINE"], described["NAME"]) == ("django.db.backends.sqlite3", str(tmp_path / "db.sqlite3"))
    monkeypatch.setenv("DATABASE_URL", "postgres://kota:r%40hasia@db.example:5433/izin?sslmode=require")
    assert deployment.database(tmp_path) == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "izin",
        "USER": "kota",
        "PASSWORD": "r@hasia",
        "HOST": "db.example",
        "PORT": 5433,
        "OPTIONS": {"sslmode": "require"},
    }
