"""What a service file, the states and the reasons hold, and what may be wrong inside them. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from string import Formatter
from typing import Annotated, Literal

from pydantic import Field

from satupintu.catalogue.rules.entries import Confidence, Entry

Line = Annotated[str, Field(max_length=100)]
Told = Annotated[str, Field(max_length=300)]
Flaw = tuple[str, str, str]  # where, what is wrong, what was expected

# Where the value of a field is known already; the form fills it in.
KNOWN = (
    "person.name",
    "person.nik",
    "person.phone",
    "person.region",
    "business.trade_name",
    "business.address",
    "business.region",
    "business.place",
    "business.codes",
    "business.started",
    "business.capital",
    "business.sales",
    "market",
    "market.days",
    "stall",
    "stall.position",
)
NUMBER_PARTS = ("number", "year", "region")
LONGEST_NUMBER = 48
# The longest serial and region code a printed number has to hold.
WIDEST = {"number": 99999, "year": 2026, "region": "32.75.11.1004"}
_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")


class Figure(Entry):
    """A figure with the law behind it, where it was read and how sure that is. Without a figure: not known."""

    basis: str | None = None
    source: str | None = None
    confidence: Confidence | None = None


class ServiceTime(Figure):
    """Working days from a complete and correct file; ``deemed``: silence is approval; ``warn_before`` in days."""

    days: int | None = Field(default=None, ge=1, le=366)
    warn_before: tuple[int, ...] = (2, 1)
    deemed: bool = False


class Waiting(Figure):
    """Calendar days after which a file that waits for the applicant may lapse; null: it never lapses by itself."""

    days_to_answer: int | None = Field(default=None, ge=1, le=366)


class Fee(Figure):
    """The fee in whole rupiah: 0 is free, null is not known."""

    rupiah: int | None = Field(default=None, ge=0)


class Validity(Figure):
    """How long the paper is good: months, or for ever while the business runs; neither: not known."""

    months: int | None = Field(default=None, ge=1, le=600)
    forever: bool = False


class Renewal(Entry):
    """How many days before its end a paper may be renewed and a reminder goes out; the number is kept."""

    opens_before_days: int = Field(ge=1, le=366)
    remind_before_days: tuple[int, ...] = Field(min_length=1)
    same_number: bool = True


class Signer(Entry):
    """The title of the post that signs; never a name."""

    title: Line
    title_en: Line


class Recommender(Entry):
    """Whose technical recommendation may (``required``: must) be asked: an office, or that of a kind for the region."""

    office: str | None = None
    office_kind: Literal["kelurahan", "kecamatan"] | None = None
    required: bool = False
    why: Told
    why_en: Told
    source: str
    confidence: Confidence


class Choice(Entry):
    """One option of a field."""

    code: str
    label: Line
    label_en: Line


class FormField(Entry):
    """One question of the form; ``from`` names where its value is known already, ``most`` the largest number."""

    name: str
    label: Line
    label_en: Line
    help: Told | None = None
    help_en: Told | None = None
    kind: Literal["text", "long", "number", "rupiah", "choice", "days", "hours", "position", "stall", "date"]
    options: tuple[Choice, ...] = ()
    from_: str | None = Field(default=None, alias="from")
    unit: str | None = None
    most: int | None = Field(default=None, ge=1)
    required: bool = True
    source: str
    confidence: Confidence


class DocumentSlot(Entry):
    """A document of documents.yaml that belongs to the file; the original may do at the counter."""

    code: str
    required: bool = True
    original_at_counter_allowed: bool = True
    source: str
    confidence: Confidence


class Check(Entry):
    """One line of the examiner's checklist; ``about`` is a document or field it looks at."""

    code: str
    text: Line
    text_en: Line
    about: str | None = None
    source: str
    confidence: Confidence


class Condition(Entry):
    """A condition that may be put on the paper."""

    code: str
    text: Told
    text_en: Told


class Said(Entry):
    """One sentence or two in both languages."""

    text: Told
    text_en: Told


class Where(Entry):
    """Where a paper of another office is asked for: an office of offices.yaml and its site."""

    office: str
    site: str | None = None


class Standard(Entry):
    """What the public service standard says beside requirements, time and cost (PermenPANRB 15/2014)."""

    version: date
    product: Line
    product_en: Line
    procedure: tuple[Said, ...] = Field(min_length=2)
    complaints: Said
    not_known: tuple[Said, ...] = ()


class ServiceFile(Entry):
    """How one paper is served. ``office`` is a code of accounts; ``office_kind``: that kind of office for the region.

    ``number`` is the form of printed numbers with {number}, {year} and {region}; ``number_of`` the paper of the
    registry that a noted number belongs to; ``evidence`` what to keep of a paper from elsewhere.
    """

    way: Literal["here", "elsewhere"]
    office: str | None = None
    office_kind: Literal["kelurahan", "kecamatan"] | None = None
    signer: Signer | None = None
    service_time: ServiceTime = ServiceTime()
    waiting: Waiting = Waiting()
    fee: Fee = Fee()
    validity: Validity = Validity()
    renewal: Renewal | None = None
    visit: Literal["needed", "optional", "none"] = "none"
    recommendation: Recommender | None = None
    number: str | None = None
    fields: tuple[FormField, ...] = ()
    documents: tuple[DocumentSlot, ...] = ()
    checklist: tuple[Check, ...] = ()
    conditions: tuple[Condition, ...] = ()
    where: Where | None = None
    number_of: str | None = None
    evidence: tuple[Said, ...] = ()
    standard: Standard


class Service(ServiceFile):
    """A service file with what its name says: which paper, and from which day on."""

    code: str
    since: date

    @property
    def here(self) -> bool:
        """Whether our own offices decide and issue."""
        return self.way == "here"

    @property
    def has_fee(self) -> bool:
        """Whether a fee of more than nothing is known."""
        return bool(self.fee.rupiah)

    def field(self, name: str) -> FormField | None:
        """The question of that name."""
        return next((field for field in self.fields if field.name == name), None)

    def printed_number(self, serial: int, year: int, region: str = "") -> str:
        """The number as it stands on the paper, such as 0007/TDU-PKL/2026. Raises ValueError elsewhere."""
        if self.number is None:
            raise ValueError(f"{self.code} has no number of ours")
        return self.number.format(number=serial, year=year, region=region)


class Reason(Entry):
    """A preset reason in vendor words: what is wrong, then what to do. ``only``: the papers it is for."""

    code: str
    text: Told
    text_en: Told
    about: Literal["document", "field", "place", "file", "paper", "visit"]
    only: tuple[str, ...] = ()


class Reasons(Entry):
    """licensing/reasons.yaml: presets by what is done with them, all our own words."""

    source: str
    confidence: Confidence
    reasons: dict[str, tuple[Reason, ...]]


def service_flaws(service: Service) -> Iterator[Flaw]:
    """What is wrong inside a service."""
    yield from _here_flaws(service) if service.here else _elsewhere_flaws(service)
    yield from _figure_flaws(service)
    yield from _time_flaws(service)
    yield from _field_flaws(service)
    for place in ("documents", "checklist", "conditions"):
        yield from code_flaws(place, [entry.code for entry in getattr(service, place)])
    known = {*(field.name for field in service.fields), *(slot.code for slot in service.documents)}
    for check in service.checklist:
        if check.about and check.about not in known:
            yield f"checklist {check.code} about", f"'{check.about}' tidak ada", ", ".join(sorted(known))


def _here_flaws(service: Service) -> Iterator[Flaw]:
    if (service.office is None) == (service.office_kind is None):
        yield "office", "kantornya harus satu", "isi office atau office_kind, salah satu saja"
    asked = service.recommendation
    if asked and (asked.office is None) == (asked.office_kind is None):
        yield "recommendation", "kantornya harus satu", "isi office atau office_kind, salah satu saja"
    for name in ("signer", "number"):
        if getattr(service, name) is None:
            yield name, "wajib untuk surat yang terbit di sini", "diisi"
    for name in ("where", "number_of", "evidence"):
        if getattr(service, name):
            yield name, "hanya untuk surat dari kantor lain", "dihapus"
    if service.number is not None:
        yield from _number_flaws(service)


def _number_flaws(service: Service) -> Iterator[Flaw]:
    example = "misalnya '{number:04}/TDU-PKL/{year}'"
    try:
        parts = [name for _, name, _, _ in Formatter().parse(service.number or "") if name is not None]
        if unknown := [name for name in parts if name not in NUMBER_PARTS]:
            yield "number", f"bagian '{{{unknown[0]}}}' tidak dikenal", example
            return
        longest = len((service.number or "").format(**WIDEST))
    except (ValueError, LookupError):
        yield "number", "bentuknya tidak terbaca", example
        return
    if missing := {"number", "year"} - {*parts}:
        yield "number", f"bagian {{{min(missing)}}} tidak ada", example
    if service.office_kind and "region" not in parts:
        yield "number", "kantornya banyak, nomornya bisa sama", "memakai {region}"
    if longest > LONGEST_NUMBER:
        yield "number", f"bisa {longest} huruf, terlalu panjang", f"paling banyak {LONGEST_NUMBER} huruf"


def _elsewhere_flaws(service: Service) -> Iterator[Flaw]:
    for name in ("where", "number_of", "evidence"):
        if not getattr(service, name):
            yield name, "wajib untuk surat dari kantor lain", "diisi"
    for name in ("office", "office_kind", "signer", "number", "recommendation", "renewal", "conditions"):
        if getattr(service, name):
            yield name, "hanya untuk surat yang terbit di sini", "dihapus"


def _figure_flaws(service: Service) -> Iterator[Flaw]:
    figures = {
        "service_time": service.service_time.days,
        "waiting": service.waiting.days_to_answer,
        "fee": service.fee.rupiah,
        "validity": service.validity.months or service.validity.forever or None,
    }
    for place, value in figures.items():
        figure: Figure = getattr(service, place)
        if value is not None and not (figure.source and figure.confidence):
            yield place, "angkanya tanpa sumber", "source dan confidence diisi, atau angkanya null"


def _time_flaws(service: Service) -> Iterator[Flaw]:
    time, validity, renewal = service.service_time, service.validity, service.renewal
    if not _falling(time.warn_before):
        yield "service_time warn_before", "tidak menurun", "hari dari besar ke kecil, misalnya [2, 1]"
    if time.days and time.warn_before and time.warn_before[0] >= time.days > 1:
        yield "service_time warn_before", "tidak lebih pendek dari waktunya", f"di bawah {time.days}"
    if time.deemed and not (time.days and time.basis):
        yield "service_time deemed", "diam berarti setuju hanya dengan waktu dan pasalnya", "days dan basis diisi"
    if validity.forever and validity.months:
        yield "validity", "berlaku terus tetapi ada bulannya", "salah satu saja"
    if renewal and validity.forever:
        yield "renewal", "surat yang berlaku terus tidak diperpanjang", "dihapus"
    if renewal and not renewal.same_number:
        yield "renewal same_number", "nomor surat tetap saat diperpanjang", "yes"
    if renewal and not _falling(renewal.remind_before_days):
        yield "renewal remind_before_days", "tidak menurun", "hari dari besar ke kecil, misalnya [30, 7]"
    if renewal and renewal.remind_before_days[0] > renewal.opens_before_days:
        yield "renewal remind_before_days", "sebelum boleh diperpanjang", f"paling besar {renewal.opens_before_days}"


def _falling(days: Sequence[int]) -> bool:
    return all(day >= 1 for day in days) and all(first > then for first, then in pairwise(days))


def _field_flaws(service: Service) -> Iterator[Flaw]:
    yield from code_flaws("fields", [field.name for field in service.fields])
    for field in service.fields:
        where = f"fields {field.name}"
        if field.from_ and field.from_ not in KNOWN:
            yield f"{where} from", f"'{field.from_}' tidak dikenal", ", ".join(KNOWN)
        if (field.kind == "choice") != bool(field.options):
            yield f"{where} options", "pilihan hanya dan selalu ada pada kind: choice", "dua pilihan atau lebih"
        yield from code_flaws(f"{where} options", [option.code for option in field.options])


def code_flaws(where: str, codes: Sequence[str]) -> Iterator[Flaw]:
    """Codes written twice, or of another form."""
    for code, count in Counter(codes).items():
        if count > 1:
            yield where, f"'{code}' tertulis {count} kali", "satu kali"
        if not _CODE.fullmatch(code):
            yield where, f"'{code}' tidak dikenal bentuknya", "huruf kecil, angka, garis bawah"
