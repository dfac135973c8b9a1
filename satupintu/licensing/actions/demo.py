"""Files of the demo vendors in many states, made through the same actions as real ones, on working days past.

Nothing in them is anybody's: the vendors are numbers, the photos say CONTOH, and the service time is an example.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.timezone import get_current_timezone, localdate

from satupintu.accounts.gate import guarded
from satupintu.accounts.models import User
from satupintu.accounts.queries import actor_of
from satupintu.audit.rules import Actor
from satupintu.catalogue.rules.holidays import is_working_day
from satupintu.licensing.actions import certificates, decisions, elsewhere, examining, files, filling, intake
from satupintu.licensing.actions.calendars import set_service_time
from satupintu.licensing.actions.publishing import publish_revocations
from satupintu.licensing.actions.recommendations import seek_recommendation
from satupintu.licensing.actions.visits import plan_visit, report_visit
from satupintu.licensing.models import Application, ServiceTime
from satupintu.licensing.queries.standing import service_of
from satupintu.licensing.specimens import specimen
from satupintu.registry.models import Person

OFFICE, KECAMATAN = "diskop-ukm", "kec-mustikajaya"
PHOTOS = {"ktp": "KTP", "foto_lapak": "Foto lapak"}
DAYS, LETTER = 14, "contoh untuk mencoba, bukan janji kota"
A_YEAR = timedelta(days=365)
SHORT = timedelta(days=60)  # ends soon enough that it may be renewed today
# The second official is there to answer the objection: who refused cannot.
STAFF = ("loket-01", "pendamping-01", "pemeriksa-03", "penandatangan-02", "penandatangan-03")


@dataclass(frozen=True)
class Story:
    """What happened to the file of one demo vendor: it began so many working days ago and went one step a day."""

    vendor: int
    ago: int
    steps: tuple[str, ...]
    licence: str = "tdu_pkl"
    channel: str = "counter"


LOOKED_AT = ("send", "accept", "plan_visit", "report_visit", "examine")
STORIES = (
    Story(1, 2, (), channel="self"),
    Story(2, 2, ("send",), channel="event"),
    Story(4, 4, ("send", "return_photo")),
    Story(6, 7, ("file_at_oss", "note_nib"), licence="nib"),
    Story(7, 4, ("file_at_oss",), licence="nib", channel="event"),
    Story(8, 5, ("send", "accept")),
    Story(9, 3, ("send", "accept", "plan_visit"), channel="event"),
    Story(10, 14, ("send", "accept", "ask_kecamatan")),
    Story(11, 9, LOOKED_AT),
    Story(12, 11, (*LOOKED_AT, "grant")),
    Story(13, 13, (*LOOKED_AT, "grant_short", "hand_over"), channel="event"),
    Story(14, 12, (*LOOKED_AT, "refuse")),
    Story(16, 15, (*LOOKED_AT, "refuse", "object")),
    Story(17, 20, (*LOOKED_AT, "grant", "hand_over", "suspend")),
    Story(18, 19, ("send", "accept")),
)


@dataclass
class _Telling:
    """One story being told: its file, who acts, and the moment of the step."""

    file: Application
    who: Mapping[str, Actor]
    asker: Actor
    at: datetime
    vendor: int


@guarded
@transaction.atomic
def demo(*, by: Actor, at: datetime) -> list[Application]:
    """Make the files of the demo that are not there yet; returns the new ones. Needs the accounts and vendors."""
    who = _staff()
    people = {one.display_name: one for one in Person.objects.filter(source="demo", merged_into=None)}
    stories = [story for story in STORIES if f"Pedagang {story.vendor:02}" in people]
    if not {*STAFF} <= who.keys() or not stories:
        return []
    days = _working_days_before(localdate(at), max(story.ago for story in STORIES))
    _service_time(days[-1], who)
    told = [_tell(story, people[f"Pedagang {story.vendor:02}"], who, days) for story in stories]
    made = [file for file in told if file is not None]
    if made:
        publish_revocations(by=by, at=at)
    return made


def _staff() -> dict[str, Actor]:
    users = User.objects.filter(username__in=STAFF, is_demo=True).select_related("office")
    return {user.username: actor for user in users if (actor := actor_of(user)) is not None}


def _working_days_before(today: date, count: int) -> list[date]:
    """The last working days before today, the newest first."""
    found: list[date] = []
    day = today
    while len(found) < count:
        day -= timedelta(days=1)
        if is_working_day(day):
            found.append(day)
    return found


def _moment(day: date, step: int) -> datetime:
    """A moment of a working day in the city; a later step of the same day comes later."""
    return datetime.combine(day, time(9), get_current_timezone()) + timedelta(minutes=17 * step)


def _service_time(first: date, who: Mapping[str, Actor]) -> None:
    if not ServiceTime.objects.filter(office=OFFICE, licence="tdu_pkl").exists():
        set_service_time(
            office=OFFICE,
            licence="tdu_pkl",
            days=DAYS,
            begins=first,
            letter=LETTER,
            example=True,
            by=who["penandatangan-02"],
            at=_moment(first, 0),
        )


def _tell(story: Story, person: Person, who: Mapping[str, Actor], days: list[date]) -> Application | None:
    if Application.objects.filter(person=person, licence=story.licence).exists():
        return None
    own = actor_of(person.user) if person.user and story.channel == "self" else None
    asker = own or who["pendamping-01" if story.channel == "event" else "loket-01"]
    begun = _moment(days[story.ago - 1], 0)
    file = files.start_file(
        person=person,
        licence=story.licence,
        business=person.businesses.first(),
        channel=story.channel,
        by=asker,
        at=begun,
    )
    telling = _Telling(file, who, asker, begun, story.vendor)
    _fill_in(telling)
    for number, step in enumerate(story.steps, start=1):
        telling.at = _moment(days[max(story.ago - number, 1) - 1], number)
        STEPS[step](telling)
        telling.file = Application.objects.select_related("person", "business").get(pk=file.pk)
    return telling.file


def _fill_in(t: _Telling) -> None:
    """Made-up answers, photos that say so, and originals to be brought for the rest."""
    service = service_of(t.file)
    if service.here:
        filling.save_answers(application=t.file, values=_answers(t.vendor), by=t.asker, at=t.at)
    for slot in service.documents:
        if slot.code in PHOTOS:
            picture = specimen(PHOTOS[slot.code])
            filling.attach_document(application=t.file, slot=slot.code, content=picture, by=t.asker, at=t.at)
        elif slot.required:
            filling.bring_original(application=t.file, slot=slot.code, by=t.asker, at=t.at)


def _answers(vendor: int) -> dict[str, object]:
    east = 107_019_000 + 60 * vendor  # a row of stalls a few metres apart, at no real place
    return {
        "goods": f"Dagangan {vendor:02}",
        "place_kind": "cart" if vendor % 2 else "street_stall",
        "home_address": "Jalan Contoh, RT 05 RW 04",
        "selling_address": "Jl. Elang Raya, RT 05 RW 04",
        "position": {"latitude": "-6.290000", "longitude": f"{east // 1_000_000}.{east % 1_000_000:06}"},
        "length": "2",
        "width": "1,5",
        "days": ["sat", "sun"],
        "hours": {"opens": "06:00", "closes": "10:00"},
        "paguyuban": "Paguyuban contoh",
        "started": "2024-01-15",
    }


def _send(t: _Telling) -> None:
    files.submit(application=t.file, by=t.asker, at=t.at)


def _return_photo(t: _Telling) -> None:
    parts = {"document:foto_lapak": "blurred"}
    intake.return_for_repair(application=t.file, parts=parts, by=t.who["loket-01"], at=t.at)


def _accept(t: _Telling) -> None:
    intake.accept(application=t.file, by=t.who["loket-01"], at=t.at)


def _plan_visit(t: _Telling) -> None:
    """For the working day after."""
    day = localdate(t.at) + timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    plan_visit(application=t.file, day=day, by=t.who["pemeriksa-03"], at=t.at)


def _report_visit(t: _Telling) -> None:
    findings = "Tempatnya sesuai. Catatan contoh."
    report_visit(application=t.file, fits=True, findings=findings, by=t.who["pemeriksa-03"], at=t.at)


def _ask_kecamatan(t: _Telling) -> None:
    question = "Apakah tempat ini boleh dipakai berjualan?"
    seek_recommendation(application=t.file, office=KECAMATAN, question=question, by=t.who["pemeriksa-03"], at=t.at)


def _examine(t: _Telling) -> None:
    by = t.who["pemeriksa-03"]
    for one in t.file.attachments.filter(replaced_at=None):
        examining.judge_document(application=t.file, slot=one.slot, verdict="fits", by=by, at=t.at)
    for item in service_of(t.file).checklist:
        examining.tick_check(application=t.file, item=item.code, by=by, at=t.at)
    examining.examine(application=t.file, by=by, at=t.at)


def _grant(t: _Telling) -> None:
    _grant_for(t, A_YEAR)


def _grant_short(t: _Telling) -> None:
    _grant_for(t, SHORT)


def _grant_for(t: _Telling, days: timedelta) -> None:
    first = localdate(t.at)
    decisions.grant(
        application=t.file,
        valid_from=first,
        valid_until=first + days,
        conditions=("clean", "keep_way"),
        by=t.who["penandatangan-02"],
        at=t.at,
    )


def _refuse(t: _Telling) -> None:
    decisions.refuse(application=t.file, reasons=("red_zone",), by=t.who["penandatangan-02"], at=t.at)


def _object(t: _Telling) -> None:
    files.object_to_decision(application=t.file, reason="Tempat ini bukan zona merah.", by=t.asker, at=t.at)


def _hand_over(t: _Telling) -> None:
    intake.hand_over(application=t.file, receipt=t.file.number, by=t.who["loket-01"], at=t.at)


def _suspend(t: _Telling) -> None:
    paper = t.file.certificates.latest("pk")
    certificates.suspend(certificate=paper, reasons=("place_differs",), by=t.who["penandatangan-02"], at=t.at)


def _file_at_oss(t: _Telling) -> None:
    elsewhere.file_elsewhere(application=t.file, filed_on=localdate(t.at), where="OSS", by=t.asker, at=t.at)


def _note_nib(t: _Telling) -> None:
    """A number that nobody has."""
    elsewhere.note_number(application=t.file, number=f"{t.vendor:013}", issued=localdate(t.at), by=t.asker, at=t.at)


STEPS: Mapping[str, Callable[[_Telling], None]] = {
    "send": _send,
    "return_photo": _return_photo,
    "accept": _accept,
    "plan_visit": _plan_visit,
    "report_visit": _report_visit,
    "ask_kecamatan": _ask_kecamatan,
    "examine": _examine,
    "grant": _grant,
    "grant_short": _grant_short,
    "refuse": _refuse,
    "object": _object,
    "hand_over": _hand_over,
    "suspend": _suspend,
    "file_at_oss": _file_at_oss,
    "note_nib": _note_nib,
}
