"""Events, people and what happens at them, for tests of any room above."""

from __future__ import annotations

import io
import uuid
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from PIL import Image

from satupintu.accounts.rules import VISITOR
from satupintu.audit.fields import lookup
from satupintu.audit.rules import SYSTEM, Actor
from satupintu.outreach import actions
from satupintu.outreach.models import AidItem, Event, EventDocument, Participant, Photo, Question, Session, SignUp, Tap
from satupintu.registry.rules.identity import read_phone
from satupintu.registry.tests.factories import MUSTIKAJAYA, MUSTIKASARI, actor

DAY = date(2026, 11, 28)
MIDNIGHT = datetime(2026, 11, 27, 17, 0, tzinfo=UTC)  # of DAY, in Jakarta
AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
TEMPLATE = "sosialisasi-perizinan"


def at(hours: int, minutes: int = 0) -> datetime:
    """A moment of DAY in Jakarta."""
    return MIDNIGHT + timedelta(hours=hours, minutes=minutes)


def facilitator(area: str | None = MUSTIKAJAYA, key: int = 900_001) -> Actor:
    return actor("facilitator", area, key)


def event(title: str = "Acara uji", template: str = TEMPLATE, running: bool = False, **given: Any) -> Event:
    """An event in Mustikasari, with the programme of the template."""
    values = {"title": title, "day": DAY, "region": MUSTIKASARI, "template": template} | given
    made = actions.make_event(**values, by=SYSTEM, at=AT)
    return actions.change_state(event=made, state="running", by=SYSTEM, at=AT) if running else made


def session(of: Event, begins: tuple[int, int], ends: tuple[int, int], title: str = "Sesi", **given: Any) -> Session:
    return actions.add_session(event=of, title=title, begins=time(*begins), ends=time(*ends), **given, by=SYSTEM, at=AT)


def people(of: Event, count: int = 3, invited: bool = True) -> list[Participant]:
    return actions.add_cards(event=of, count=count, invited=invited, by=SYSTEM, at=AT)


def tap(who: Participant, kind: str, moment: datetime, ref: uuid.UUID | None = None, by: Actor = SYSTEM) -> Tap:
    return actions.tap_person(participant=who, kind=kind, ref=ref or uuid.uuid4(), pressed_at=moment, by=by, at=AT)


def run(of: Session, kind: str, moment: datetime, **given: Any) -> Tap:
    return actions.tap_session(session=of, kind=kind, ref=uuid.uuid4(), pressed_at=moment, **given, by=SYSTEM, at=AT)


def question(of: Event, text: str = "Berapa lama?", **given: Any) -> Question:
    values = {"ref": uuid.uuid4(), "pressed_at": at(10, 20)} | given
    return actions.ask_question(event=of, text=text, **values, by=SYSTEM, at=AT)


def aid_item(of: Event, stock: int = 2, value: int | None = 75_000) -> AidItem:
    return actions.add_aid(event=of, name="Paket sembako", unit="paket", stock=stock, value=value, by=SYSTEM, at=AT)


def jpeg(colour: str = "green") -> bytes:
    """A small photo with the place and the camera it was taken with in it."""
    out, exif = io.BytesIO(), Image.Exif()
    exif.get_ifd(0x8825)[1] = "S"
    exif[0x010F] = "Kamera uji"
    Image.new("RGB", (400, 300), colour).save(out, "JPEG", exif=exif)
    return out.getvalue()


def photo(of: Event, **given: Any) -> Photo:
    values = {"ref": uuid.uuid4(), "content": jpeg()} | given
    return actions.keep_photo(event=of, **values, by=SYSTEM, at=AT)


def document(of: Event, kind: str = "material", public: bool = True, **given: Any) -> EventDocument:
    values = {"title": "Bahan uji", "content": jpeg()} | given
    return actions.add_document(event=of, kind=kind, public=public, **values, by=SYSTEM, at=AT)


def announced(of: Event | None = None, way: str = "phone", **given: Any) -> Event:
    """An event that the public sees; far enough ahead for the clock of any test."""
    made = of or event(day=date(2036, 11, 29))
    actions.announce_event(event=made, way=way, **{"how": "Loket kelurahan"} | given, by=SYSTEM, at=AT)
    return made


def sign_up(of: Event | None = None, phone: str = "081234567890", **given: Any) -> SignUp:
    """Somebody who signed up with a number."""
    values = {"channel": "whatsapp", "language": "id", "link": "https://contoh.test/jadwal/daftar/{ref}/"} | given
    made = of or announced()
    actions.sign_up(event=made, phone=phone, **values, by=VISITOR, at=AT)
    return SignUp.objects.get(event=made, phone_lookup=lookup("phone", read_phone(phone)), cancelled_at=None)
