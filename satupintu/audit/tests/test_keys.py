"""The keys of a deployment, and sealing with fresh randomness."""

from satupintu.audit import keys
from satupintu.kernel import vault


def test_the_same_value_never_looks_the_same_twice():
    key = keys.new_key()
    first, second = keys.seal(key, b"a", "p"), keys.seal(key, b"a", "p")
    assert first != second
    assert [vault.unseal(key, sealed, "p") for sealed in (first, second)] == [b"a", b"a"]


def test_two_fresh_keys_differ_and_have_32_bytes():
    one, other = keys.new_key(), keys.new_key()
    assert one != other
    assert (len(one), len(other)) == (32, 32)


def test_the_five_keys_of_a_deployment_are_made_once_for_the_owner_alone(settings, tmp_path):
    settings.SATUPINTU_HOME = tmp_path
    names = (keys.field_key, keys.lookup_key, keys.chain_key, keys.witness_key, keys.paper_key)
    made = [key() for key in names]
    assert len(set(made)) == 5
    assert [key() for key in names] == made
    assert [path.stat().st_mode & 0o777 for path in sorted((tmp_path / "keys").iterdir())] == [0o600] * 5
