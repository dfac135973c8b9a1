"""What stands on a paper, taken from the file when it is issued and kept with it."""

from __future__ import annotations

from typing import Any

from django.utils.timezone import localdate

from satupintu.accounts.models import Office
from satupintu.audit.rules import Actor
from satupintu.catalogue import queries as catalogue
from satupintu.licensing.models import Application, Decision
from satupintu.licensing.queries.standing import answers_of, service_of
from satupintu.licensing.queries.visible import delegation_of
from satupintu.registry.queries.known import region_name

DAY_NAMES = {
    "mon": "Senin",
    "tue": "Selasa",
    "wed": "Rabu",
    "thu": "Kamis",
    "fri": "Jumat",
    "sat": "Sabtu",
    "sun": "Minggu",
}


def printed_of(application: Application, decision: Decision, by: Actor) -> dict[str, Any]:
    """Every word of the paper but number, code, days and QR, which have columns of their own."""
    service, answers = service_of(application), answers_of(application)
    header = catalogue.catalogue().licences[application.licence].header
    person, business = application.person, application.business
    office = Office.objects.filter(code=application.office).first()
    acting = None if by.office == application.office else delegation_of(by, application, localdate(decision.made_at))
    conditions = {one.code: one.text for one in service.conditions}
    return {
        "office": office.name if office else application.office,
        "title": header.title,
        "plain_title": header.plain,
        "holder": person.display_name,
        "nik": person.masked_nik,
        "business": (business.trade_name if business else "")
        or str(answers.get("goods") or answers.get("jualan") or ""),
        "kbli": _kbli(application),
        "size": _size(answers),
        "market": application.market.name if application.market else "",
        "stall": application.stall.label if application.stall else "",
        "address": (business.address if business else "") or region_name(application.region),
        "hours": _hours(application),
        "helpers": str(answers.get("helpers") or ""),
        "conditions": [conditions[code] for code in decision.conditions if code in conditions],
        "basis": _basis(application),
        "signer_title": service.signer.title if service.signer else "",
        "signer": by.name,
        "letter": acting.letter if acting else "",
        "place": "Bekasi",
    }


def public_of(application: Application) -> dict[str, str]:
    """What the public register shows of a paper: what is sold where, and nothing of a person."""
    code = _kbli(application)
    return {
        "kbli": f"{code['version']}-{code['code']}" if code else "",
        "kbli_title": code["title"] if code else "",
        "market": application.market.name if application.market else "",
        "region": region_name(application.region),
        "place": application.business.place if application.business else "",
    }


def _kbli(application: Application) -> dict[str, str] | None:
    row = application.business.codes.first() if application.business else None
    if row is None:
        return None
    known = catalogue.catalogue().codes.get((row.version, row.code))
    return {"version": row.version, "code": row.code, "title": known.title if known else ""}


def _size(answers: dict[str, Any]) -> str:
    length, width = answers.get("length"), answers.get("width")
    return f"{length} m x {width} m" if length and width else ""


def _hours(application: Application) -> str:
    days = ", ".join(DAY_NAMES[day] for day in DAY_NAMES if day in application.days)
    if not (application.opens and application.closes):
        return days
    clock = f"{application.opens:%H.%M}-{application.closes:%H.%M}"
    return f"{days}, {clock}" if days else clock


def _basis(application: Application) -> list[str]:
    """The laws named on the paper: those of the rows that can decide it, by their short title."""
    known = catalogue.catalogue()
    version = known.licences[application.licence].version_on(application.law_day)
    laws = dict.fromkeys(basis.partition(":")[0] for row in version.table.rows for basis in row.basis)
    return [known.laws[law].title for law in laws]
