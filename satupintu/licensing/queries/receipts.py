"""What stands on the receipt of an application."""

from __future__ import annotations

from django.utils.timezone import localdate, localtime

from satupintu.accounts.queries import office_names
from satupintu.catalogue import queries as catalogue
from satupintu.licensing.models import Application
from satupintu.licensing.printing import Head, PrintedReceipt
from satupintu.licensing.queries.clocks import promise_of, service_time_of
from satupintu.licensing.queries.standing import service_of
from satupintu.licensing.rules.numbers import masked_name
from satupintu.web.formats import clock, date_long, rupiah

CITY = "Pemerintah Kota Bekasi"
NOT_KNOWN = "belum kami ketahui, tanya petugas"


def receipt_of(file: Application, link: str) -> PrintedReceipt:
    """The receipt of a file that was sent, with the ``link`` that tracks it.

    Papers are Indonesian; cost and time are said also when they are not known.
    """
    service, known = service_of(file), catalogue.catalogue()
    moment = localtime(file.submitted_at or file.made_at)
    office = known.offices.get(file.office.replace("-", "_"))
    promise = promise_of(file)
    own = service_time_of(file.office, file.licence, localdate(file.accepted_at or file.made_at))
    tried = ", contoh untuk uji coba" if own and own.example else ""
    fee = service.fee.rupiah
    standing = {one.slot: one for one in file.attachments.all() if one.replaced_at is None}
    titles = [(slot.code, known.documents[slot.code].title) for slot in service.documents if slot.code in standing]
    return PrintedReceipt(
        head=Head(
            CITY,
            office_names().get(file.office, file.office),
            (office.address if office else None) or "",
            (office.phone if office else None) or "",
        ),
        number=file.number,
        paper=known.licences[file.licence].header.title,
        holder=masked_name(file.person.display_name),
        received=f"{date_long(moment.date())}, {clock(moment.time())}",
        link=link,
        cost=NOT_KNOWN if fee is None else rupiah(fee) if fee else "gratis",
        time=f"{promise.days} hari kerja sejak lengkap{tried}" if promise else "batas waktu belum ditetapkan kantor",
        next_steps=[step.text for step in service.standard.procedure[1:]],
        documents=[
            (title, "aslinya dibawa ke loket" if standing[code].at_counter else "foto") for code, title in titles
        ],
        is_demo=file.person.source == "demo",
    )
