"""What is lost comes back, byte for byte; what is damaged is refused before anything is touched."""

import gzip
import io
import json
import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.deployment import Deployment


def filled(house: Deployment) -> Deployment:
    """Put something into every part a backup carries."""
    (house.home / "uploads/2026/11").mkdir(parents=True)
    (house.home / "uploads/2026/11/foto gerobak.jpg").write_bytes(bytes(range(256)) * 999)
    (house.home / "uploads/kosong").write_bytes(b"")
    (house.home / "data").mkdir()
    (house.home / "data/README").write_text("Penyedia makanan keliling\n")
    (house.home / "keys").mkdir(exist_ok=True)
    (house.home / "keys/secret_key").write_text("kunci-yang-hanya-untuk-uji")
    return house


def lose_everything(house: Deployment) -> None:
    """What a lost disk does: no table, no upload, no key."""
    if house.on_postgresql:
        house.sql("DROP SCHEMA public CASCADE")
        house.sql("CREATE SCHEMA public")
    else:
        for path in house.home.glob("db.sqlite3*"):
            path.unlink()
    for name in ("uploads", "keys", "data"):
        shutil.rmtree(house.home / name)


def everything(house: Deployment) -> tuple[object, object]:
    return house.rows(), house.files()


def test_a_lost_database_with_uploads_and_keys_comes_back_whole(deployment: Deployment, tmp_path: Path) -> None:
    house = filled(deployment)
    before = everything(house)
    assert len(house.sql("SELECT username FROM accounts_user")) == 15
    assert {"keys/secret_key", "uploads/kosong", "data/README"} <= set(house.files())
    house.run("backup", tmp_path / "today.tar.gz")

    lose_everything(house)
    assert everything(house) == ({}, {})

    house.run("restore", tmp_path / "today.tar.gz")
    assert everything(house) == before
    assert oct((house.home / "keys/secret_key").stat().st_mode & 0o777) == "0o600"
    house.run("migrate")
    assert "accounts: 0 new" in house.run("demo").stderr.splitlines()


def test_restore_replaces_a_filled_deployment_only_when_forced(deployment: Deployment, tmp_path: Path) -> None:
    house = filled(deployment)
    before = everything(house)
    house.run("backup", tmp_path / "today.tar.gz")
    house.sql("UPDATE accounts_user SET display_name = 'lain'")
    (house.home / "uploads/kosong").write_bytes(b"changed")
    (house.home / "uploads/new").write_bytes(b"not in the backup")
    changed = everything(house)

    refused = house.run("restore", tmp_path / "today.tar.gz", expect=1)
    assert "already has files in uploads; give --force" in refused.stderr
    assert everything(house) == changed

    house.run("restore", "--force", tmp_path / "today.tar.gz")
    assert everything(house) == before
    house.run("backup", tmp_path / "again.tar.gz")
    house.run("restore", "--force", tmp_path / "again.tar.gz")
    assert everything(house) == before


def cut_short(archive: bytes) -> bytes:
    return archive[: len(archive) * 2 // 3]


def one_byte_changed(archive: bytes) -> bytes:
    """A byte inside the tar changed and packed again: only our own sums can notice."""
    tar = bytearray(gzip.decompress(archive))
    tar[tar.index(b"Penyedia")] ^= 1
    return gzip.compress(tar)


def one_bit_rotten(archive: bytes) -> bytes:
    rotten = bytearray(archive)
    rotten[len(rotten) // 2] ^= 16
    return bytes(rotten)


def no_archive_at_all(archive: bytes) -> bytes:
    return b"Ini bukan cadangan.\n"


def with_member(name: str, kind: bytes = tarfile.REGTYPE) -> Callable[[bytes], bytes]:
    """A valid backup with one more member, named in the manifest too."""

    def change(archive: bytes) -> bytes:
        out = io.BytesIO()
        with tarfile.open(fileobj=io.BytesIO(archive)) as old, tarfile.open(fileobj=out, mode="w:gz") as new:
            extra = tarfile.TarInfo(name)
            extra.type, extra.linkname = kind, "/etc/passwd"
            new.addfile(extra)
            for member in old:
                content = old.extractfile(member)
                assert content is not None
                data = content.read()
                if member.name == "manifest.json":
                    manifest = json.loads(data)
                    # SHA-256 of nothing, as published by NIST for the empty message
                    manifest["sha256"][name] = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
                    data = json.dumps(manifest).encode()
                    member.size = len(data)
                new.addfile(member, io.BytesIO(data))
        return out.getvalue()

    change.__name__ = f"with {name!r} of type {kind!r}"
    return change


@pytest.mark.parametrize(
    "damage",
    [
        cut_short,
        one_byte_changed,
        one_bit_rotten,
        no_archive_at_all,
        with_member("../outside"),
        with_member("uploads/../../outside"),
        with_member("/tmp/outside"),  # noqa: S108  (what an attacker would name)
        with_member("uploads/link", tarfile.SYMTYPE),
        with_member("keys/hard", tarfile.LNKTYPE),
        with_member("stray"),
    ],
    ids=lambda damage: damage.__name__,
)
def test_a_damaged_or_foreign_archive_is_refused_and_nothing_is_touched(
    damage: Callable[[bytes], bytes], deployment: Deployment, tmp_path: Path
) -> None:
    house = filled(deployment)
    house.run("backup", tmp_path / "good.tar.gz")
    (tmp_path / "bad.tar.gz").write_bytes(damage((tmp_path / "good.tar.gz").read_bytes()))
    before, around = everything(house), sorted(tmp_path.iterdir())

    refused = house.run("restore", "--force", tmp_path / "bad.tar.gz", expect=1)

    assert "nothing was touched" in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 2  # "checking the archive" and one sentence
    assert everything(house) == before
    assert sorted(tmp_path.iterdir()) == around
    assert list(house.home.glob("restore-*")) == []


def test_the_helper_that_adds_a_member_makes_an_archive_that_is_otherwise_good(
    deployment: Deployment, tmp_path: Path
) -> None:
    house = filled(deployment)
    house.run("backup", tmp_path / "good.tar.gz")
    (tmp_path / "more.tar.gz").write_bytes(with_member("uploads/more")((tmp_path / "good.tar.gz").read_bytes()))
    house.run("restore", "--force", tmp_path / "more.tar.gz")
    assert (house.home / "uploads/more").read_bytes() == b""


def test_an_archive_of_another_kind_of_database_is_refused(deployment: Deployment, tmp_path: Path) -> None:
    house = filled(deployment)
    house.run("backup", tmp_path / "good.tar.gz")
    before = everything(house)
    other = {"DATABASE_URL": f"sqlite:///{tmp_path / 'x.sqlite3'}" if house.on_postgresql else "postgres://h/d"}
    home = tmp_path / "elsewhere"
    moved = Deployment(home, "", {**house.environment, **other, "SATUPINTU_HOME": str(home)})
    refused = moved.run("restore", tmp_path / "good.tar.gz", expect=1)
    assert "set DATABASE_URL to match" in refused.stderr
    assert everything(house) == before


def test_backup_never_overwrites_and_is_private(deployment: Deployment, tmp_path: Path) -> None:
    archive = tmp_path / "today.tar.gz"
    deployment.run("backup", archive)
    assert oct(archive.stat().st_mode & 0o777) == "0o600"
    assert "already there" in deployment.run("backup", archive, expect=1).stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "today.tar.gz"]


def test_a_file_that_is_not_there_is_wrong_use(deployment: Deployment, tmp_path: Path) -> None:
    assert "does not exist" in deployment.run("restore", tmp_path / "none.tar.gz", expect=2).stderr
