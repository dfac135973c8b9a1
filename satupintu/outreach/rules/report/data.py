"""Everything a report is made from. Dumped as JSON it is what a final report freezes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from satupintu.outreach.rules.agenda import Session

FORMAT = 1
Clock = Annotated[str, Field(pattern=r"^([0-9]+:[0-5][0-9](:[0-5][0-9])?)?$")]


class Part(BaseModel):
    """Frozen once made; an unknown key is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Named(Part):
    """A partner or a member of the team: what kind, and the name."""

    kind: str
    name: str


class EventFacts(Part):
    """What is known of the event itself. ``made_up`` says why its answers are not real ones, if they are not."""

    title: str
    day: date | None = None
    place: str = ""
    market: str = ""
    region: str = ""
    target: int | None = None
    target_source: str = ""
    invited: int | None = None
    attended: int | None = None
    uninvited: int | None = None
    late: int | None = None
    early: int | None = None
    funding: str = ""
    letter: str = ""
    organisers: tuple[str, ...] = ()
    partners: tuple[Named, ...] = ()
    team: tuple[Named, ...] = ()
    closed: bool = True
    note: str = ""
    made_up: str = ""
    made_up_en: str = ""

    def only_partners(self) -> list[str]:
        """The names of partners who are not organisers too."""
        return [one.name for one in self.partners if one.name not in self.organisers]


class Slot(Part):
    """One line of the agenda. Times are hours and minutes from midnight of the day; empty where nobody noted them."""

    section: str
    section_title: str = ""
    session: str
    speaker: str = ""
    affiliation: str = ""
    planned_start: Clock
    planned_end: Clock
    actual_start: Clock = ""
    actual_end: Clock = ""
    cause: str = ""


class Present(Part):
    """One card: invited or not, when it came and went (clock), and whole minutes present; None if never."""

    card: str
    invited: bool = True
    arrived: Clock = ""
    left: Clock = ""
    minutes: int | None = None


class Asked(Part):
    """A question; ``owner`` and ``due`` where the answer was promised."""

    text: str
    session: str = ""
    answer: str = ""
    owner: str = ""
    due: date | None = None


class Handed(Part):
    """A kind of aid: units there, handed over, to how many cards; ``value`` is rupiah per unit, None if not told."""

    name: str
    unit: str
    stock: int
    handed: int
    receivers: int
    without: int
    value: int | None = None


class Counted(Part):
    """How many of ``base`` something is true of; never 1 to 4 people."""

    label: str
    count: int
    base: int


class Wording(Part):
    """The words of a statement or a question that was asked."""

    code: str
    text: str
    text_en: str = ""
    kind: str = "self"
    topics: tuple[str, ...] = ()


class Photo(Part):
    """A photo whose people all agreed to be shown. The bytes stay where they are: a consent may be taken back."""

    ref: str
    caption: str
    alt: str


class Answer(Part):
    """One answer as the evaluation reads it."""

    person: str
    wave: str
    statement: str
    value: int
    scale: str
    kind: str = "self"
    about: str = ""


class Covered(Part):
    """What no session teaches and what nothing measures."""

    untaught: tuple[str, ...] = ()
    unmeasured: tuple[str, ...] = ()


class ReportData(Part):
    """All of it. ``origin`` names each file or part of the house the data came from, with its SHA-256 if it is one."""

    format: int = FORMAT
    event: EventFacts
    agenda: tuple[Slot, ...] = ()
    answers: tuple[Answer, ...] = ()
    people: tuple[Present, ...] = ()
    questions: tuple[Asked, ...] = ()
    aid: tuple[Handed, ...] = ()
    wording: tuple[Wording, ...] = ()
    coverage: Covered | None = None
    wanted: tuple[Counted, ...] = ()
    ladder: tuple[Counted, ...] = ()
    photos: tuple[Photo, ...] = ()
    texts: dict[str, str] = Field(default_factory=dict)
    origin: tuple[tuple[str, str], ...] = ()

    def words_of(self, code: str, language: str = "id") -> str:
        """The words of a statement; its code where nobody gave them."""
        for one in self.wording:
            if one.code == code:
                return (one.text_en if language == "en" else one.text) or one.text
        return code


def as_frozen(data: ReportData) -> str:
    """The data as one JSON text: the same data always give the same letters."""
    return json.dumps(data.model_dump(mode="json"), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fingerprint(frozen: str) -> str:
    """SHA-256 of the frozen text, as 64 hexadecimal digits."""
    return hashlib.sha256(frozen.encode()).hexdigest()


def thawed(frozen: str) -> ReportData:
    """The data back from the text. Raises ValueError for a text of another format."""
    found = ReportData.model_validate_json(frozen)
    if found.format != FORMAT:
        raise ValueError(f"format {found.format}")
    return found


def sessions_of(slots: Sequence[Slot]) -> list[Session]:
    """The agenda as the evaluation reads it."""
    return [
        Session(
            slot.section,
            slot.session,
            slot.speaker,
            span(slot.planned_start) or timedelta(0),
            span(slot.planned_end) or timedelta(0),
            span(slot.actual_start),
            span(slot.actual_end),
        )
        for slot in slots
    ]


def slots_of(sessions: Sequence[Session]) -> tuple[Slot, ...]:
    """The agenda of the evaluation as a report keeps it."""
    return tuple(
        Slot(
            section=one.section,
            session=one.name,
            speaker=one.speaker,
            planned_start=clock(one.planned_start),
            planned_end=clock(one.planned_end),
            actual_start=clock(one.actual_start),
            actual_end=clock(one.actual_end),
        )
        for one in sessions
    )


def span(text: str) -> timedelta | None:
    """Time from midnight of ``8:30`` or ``08:30:15``; None for an empty text."""
    if not text:
        return None
    hours, minutes, seconds = (*(int(part) for part in text.split(":")), 0)[:3]
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)


def clock(moment: timedelta | None) -> str:
    """``08:30``, with seconds where there are any; empty for None. Hours past a day go on counting."""
    if moment is None:
        return ""
    minutes, seconds = divmod(int(moment.total_seconds()), 60)
    told = f"{minutes // 60:02}:{minutes % 60:02}"
    return f"{told}:{seconds:02}" if seconds else told
