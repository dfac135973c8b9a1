"""Issued papers: which of them somebody may see, and what stands on each."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from satupintu.audit.rules import Actor
from satupintu.catalogue import queries as catalogue
from satupintu.kernel.seal.links import from_digits, link_parts
from satupintu.licensing import library
from satupintu.licensing.models import Certificate
from satupintu.licensing.models.certificates import STATUSES
from satupintu.licensing.printing import (
    Business,
    Head,
    Kbli,
    Place,
    PrintedCard,
    PrintedPaper,
    PrintedStallSheet,
    SignedBy,
)
from satupintu.licensing.printing.said import spelled
from satupintu.licensing.queries.renewing import renewal_of
from satupintu.licensing.queries.standing import offered_to
from satupintu.licensing.queries.visible import acts_for, files_for
from satupintu.licensing.rules.numbers import masked_name, masked_number
from satupintu.registry.models import PaperHeld

CITY = "Pemerintah Kota Bekasi"
MOST_CHOSEN = 80
STATUS_WORDS = dict(STATUSES)
NO_HOST = "satupintu.invalid"  # RFC 2606: a paper made where no public address is set leads nowhere by mistake


def papers_for(actor: Actor) -> QuerySet[Certificate]:
    """Every paper whose file the actor may see; of somebody forgotten nothing is left to show."""
    files = files_for(actor).filter(erased_at=None).order_by()
    return Certificate.objects.filter(application__in=files.values("pk"))


def paper_for(actor: Actor, ref: UUID | str) -> Certificate | None:
    """One paper by its reference, or None: for what is not theirs and what is not there alike."""
    rows = papers_for(actor).select_related("application__person", "person", "business", "decision", "follows")
    return rows.filter(ref=ref).first()


def papers_of(application: Any) -> QuerySet[Certificate]:
    """The papers of one file, newest edition first; none of somebody who was forgotten."""
    return Certificate.objects.filter(application=application, application__erased_at=None).order_by("-edition")


def papers_found(actor: Actor, text: str, status: str = "", licence: str = "") -> QuerySet[Certificate]:
    """The papers of a search by number, code or file number, in the order of issue."""
    rows = papers_for(actor).select_related("application", "person", "business")
    if status in STATUS_WORDS:
        rows = rows.filter(status=status)
    if licence:
        rows = rows.filter(licence=licence)
    wanted = text.replace("\0", "").strip()  # which PostgreSQL keeps in no text
    if wanted:
        code = wanted.upper().replace("-", "").replace(" ", "")
        rows = rows.filter(Q(number__istartswith=wanted) | Q(code=code) | Q(application__number=wanted.upper()))
    return rows.order_by("-issued", "-pk")


def papers_chosen(actor: Actor, refs: Sequence[str]) -> list[Certificate]:
    """Those of some papers that the actor may see; what is no reference is passed over."""
    known = [ref for ref in refs[:MOST_CHOSEN] if _is_reference(ref)]
    return list(
        papers_for(actor).select_related("application", "person").filter(ref__in=known).order_by("number", "pk")
    )


def _is_reference(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def status_choices() -> list[tuple[str, Any]]:
    """The states of a paper with their words."""
    return list(STATUS_WORDS.items())


def changes_offered(actor: Actor, certificate: Certificate, at: datetime) -> tuple[str, ...]:
    """What the actor may do to a paper now: correct, suspend, lift, revoke."""
    if certificate.status not in ("active", "suspended") or not acts_for(actor, certificate.application, localdate(at)):
        return ()
    moves = {move.name for move in offered_to(certificate.application, actor.ref, actor.role, at)}
    return tuple(name for name in ("correct", "suspend", "lift", "revoke") if name in moves)


def paper_page(actor: Actor, certificate: Certificate, at: datetime) -> dict[str, Any]:
    """A paper as staff see it: what is printed, its editions, what may be done."""
    return {
        "paper": certificate,
        "printed": json.loads(certificate.printed),
        "status": STATUS_WORDS[certificate.status],
        "editions": papers_of(certificate.application),
        "offered": changes_offered(actor, certificate, at),
        "to_sign": not certificate.sha256,
    }


def card_page(certificate: Certificate, at: datetime) -> dict[str, Any]:
    """A card on a phone: the link of its QR, a masked name, until when, and of which moment this is."""
    told = json.loads(certificate.printed)
    newer = Certificate.objects.filter(follows=certificate).first()
    service = library.library().service(certificate.licence, localdate(at))
    return {
        "paper": certificate,
        "link": "".join(link_of(certificate)),
        "holder": masked_name(told["holder"]),
        "printed": told,
        "status": STATUS_WORDS[certificate.status],
        "code": spelled(certificate.code),
        "newer": newer,
        "renewal": renewal_of(certificate, localdate(at)),
        "now": at,
        "service": service,
    }


def is_demo(certificate: Certificate) -> bool:
    """Whether the paper belongs to an invented vendor, which every print of it says."""
    return certificate.person.source == "demo"


def link_of(certificate: Certificate) -> tuple[str, str]:
    """What the QR holds: the check page and the signed payload behind ``#``."""
    return link_parts(urlsplit(settings.PUBLIC_ADDRESS).netloc or NO_HOST, from_digits(certificate.token))


def printed_paper(certificate: Certificate, signature: str) -> PrintedPaper:
    """The certificate as it is printed, from what was written down when it was issued."""
    told = json.loads(certificate.printed)
    return PrintedPaper(
        head=_head(certificate, told),
        number=certificate.number,
        title=told["title"],
        plain_title=told["plain_title"],
        holder=told["holder"],
        nik=told["nik"],
        business=Business(told["business"], _kbli(told), told["size"]),
        place=_place(told),
        valid_from=certificate.valid_from,
        valid_until=certificate.valid_until,
        signed=SignedBy(
            title=told["signer_title"],
            name=told["signer"],
            place=told["place"],
            day=certificate.issued,
            on_behalf_of=told["signer_title"] if told["letter"] else "",
            letter=told["letter"],
        ),
        link=link_of(certificate),
        code=certificate.code,
        helpers=told.get("helpers", ""),
        conditions=told["conditions"],
        basis=told["basis"],
        signature=signature,
        is_demo=is_demo(certificate),
    )


def printed_cards(certificates: Sequence[Certificate]) -> list[PrintedCard]:
    """The vendor cards of papers, with the NIB masked where one is known."""
    people = {one.person_id for one in certificates}
    nibs = {
        held.person_id: masked_number(held.number)
        for held in PaperHeld.objects.filter(person__in=people, paper="nib", withdrawn_at__isnull=True)
    }
    return [_card(one, nibs.get(one.person_id, "")) for one in certificates]


def _card(certificate: Certificate, nib: str) -> PrintedCard:
    told = json.loads(certificate.printed)
    return PrintedCard(
        head=_head(certificate, told),
        holder=masked_name(told["holder"]),
        business=told["business"],
        place=", ".join(part for part in (told["market"], told["stall"]) if part) or told["address"],
        paper=told["plain_title"],
        valid_until=certificate.valid_until,
        link=link_of(certificate),
        code=certificate.code,
        nib=nib,
        is_demo=is_demo(certificate),
    )


def printed_stall_sheet(certificate: Certificate) -> PrintedStallSheet:
    """The sheet to hang up at the stall."""
    told = json.loads(certificate.printed)
    return PrintedStallSheet(
        head=_head(certificate, told),
        title=told["title"],
        number=certificate.number,
        holder=certificate.holder,
        business=told["business"],
        place=_place(told),
        valid_until=certificate.valid_until,
        link=link_of(certificate),
        code=certificate.code,
        is_demo=is_demo(certificate),
    )


def _head(certificate: Certificate, told: dict[str, Any]) -> Head:
    office = catalogue.catalogue().offices.get(certificate.office.replace("-", "_"))
    return Head(
        CITY, told["office"], (office.address if office else None) or "", (office.phone if office else None) or ""
    )


def _kbli(told: dict[str, Any]) -> Kbli | None:
    code = told["kbli"]
    return Kbli(code["version"], code["code"], code["title"]) if code else None


def _place(told: dict[str, Any]) -> Place:
    return Place(told["market"], told["stall"], told["address"], told["hours"])
