"""People, markets and pictures for tests of any room above."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from typing import Any

from PIL import Image

from satupintu.audit.rules import SYSTEM, Actor
from satupintu.registry import actions
from satupintu.registry.models import KeptPlan, Market, Person

AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
SOON = AT + timedelta(minutes=5)
MUSTIKASARI, PADURENAN, BEKASIJAYA = "32.75.11.1004", "32.75.11.1001", "32.75.01.1001"
MUSTIKAJAYA, BEKASI_TIMUR = "32.75.11", "32.75.01"
_numbers = iter(range(1, 9_000))


def actor(role: str = "front_office", area: str | None = MUSTIKAJAYA, key: int = 900_001) -> Actor:
    """A member of staff of an area, without an account; a vendor has no area."""
    return Actor(f"user:{key}", f"kantor-{area}", role, f"Petugas {key}", area)


def nik(serial: int, day: int = 12, area: str = "327511") -> str:
    """A NIK that passes the check and belongs to nobody we know: born on the day in January 1980."""
    return f"{area}{day:02}0180{serial:04}"


def register(name: str = "", by: Actor = SYSTEM, **given: Any) -> Person:
    """Somebody in Mustikasari, with a number as name unless one is given."""
    values = {"display_name": name or f"Pedagang {next(_numbers):04}", "region": MUSTIKASARI} | given
    return actions.register_person(**values, by=by, at=AT)


def market(code: str = "pasar-uji", region: str = MUSTIKASARI) -> Market:
    """A market, the same one for the same code."""
    known = Market.objects.filter(code=code).first()
    return known or actions.add_market(code=code, name=f"Pasar {code}", region=region, by=SYSTEM, at=AT)


def photo(form: str = "JPEG", size: tuple[int, int] = (2000, 1000), **saved: Any) -> bytes:
    """A real picture of one colour."""
    out = io.BytesIO()
    Image.new("RGB", size, (11, 79, 138)).save(out, form, **saved)
    return out.getvalue()


def pdf(extra: bytes = b"") -> bytes:
    """A small PDF of one empty page; ``extra`` stands among the entries of its first object."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R" + extra + b">>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(out)
    return out + b"xref\n0 4\n0000000000 65535 f \n" + table + end


PDF = pdf()


# The finder's answers of somebody who sells cilok from a cart that stays at one spot.
CILOK = {
    "jual": "cilok",
    "kbli": "2020-56104",
    "place": "cart",
    "fixed_spot": "yes",
    "zone": "unknown",
    "sales": "unknown",
    "extras": "1",
}


def agreed(name: str = "", **given: Any) -> Person:
    """Somebody who agreed to have their plan kept together with an officer."""
    person = register(name, **given)
    actions.give_consent(person=person, purpose="keep_plan", place="Pasar", by=SYSTEM, at=AT)
    return person


def kept_plan(person: Person | None = None, by: Actor | None = None, **answers: str) -> KeptPlan:
    """The plan of somebody who sells cilok, kept by a member of staff unless ``by`` is another."""
    given = {"person": person or agreed(), "answers": CILOK | answers}
    area = actor(area="") if by is None else by
    return actions.keep_plan(**given, by=area, at=AT)
