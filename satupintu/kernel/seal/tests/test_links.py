"""Digits and links, and the size of the QR they make."""

import subprocess

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from satupintu.kernel.seal.certificates import LONGEST
from satupintu.kernel.seal.links import as_digits, from_digits, link, link_parts, payload_in
from satupintu.kernel.seal.refusals import Refused
from satupintu.kernel.seal.tests.given import PAYLOAD

HOST = "satupintu.bekasikota.example"


@given(st.binary(max_size=80))
def test_bytes_come_back_from_a_link_and_from_its_digits(data):
    assert payload_in(link(HOST, data), LONGEST) == payload_in(f" {as_digits(data)}\n", LONGEST) == data


@pytest.mark.parametrize("digits", ["1", "12", "1234", "65536", "256", "00000256", "1234x", "-1234", "1234٣", "+1234"])
def test_digits_that_no_bytes_have_are_refused(digits):
    with pytest.raises(Refused, match="unreadable"):
        from_digits(digits)


def test_a_text_too_long_for_a_certificate_is_not_even_read():
    with pytest.raises(Refused, match="too_long"):
        payload_in("0" * 10_000_000, LONGEST)


def test_a_certificate_is_small():
    assert len(PAYLOAD) == 154


def test_digits_make_a_smaller_qr_than_base64url(tmp_path):
    """Versions at error level M: 45 characters of address and 154 bytes. A camera reads the link as it was written."""
    drawn = segno.make([*link_parts(HOST, PAYLOAD)], error="m", micro=False, boost_error=False)
    one_segment = segno.make(f"https://{HOST}/cek/#" + "x" * -(-len(PAYLOAD) * 4 // 3), error="m", boost_error=False)
    assert (drawn.version, one_segment.version) == (10, 11)
    drawn.save(tmp_path / "c.png", scale=4)
    seen = subprocess.run(["zbarimg", "-q", "--raw", tmp_path / "c.png"], capture_output=True, text=True, check=True)
    assert seen.stdout.strip() == link(HOST, PAYLOAD)
