"""Which room carries out which kind of record captured on a phone. One row here is one kind."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from satupintu.api.records import answers, events, files, vendors
from satupintu.sync.queries import Kind

KINDS: Mapping[str, Kind] = {
    "registry.person": Kind(_("Daftarkan pedagang di pasar"), vendors.LABELS, vendors.register_vendor),
    "licensing.file": Kind(_("Berkas permohonan dari pasar"), files.FILE_LABELS, files.capture_file),
    "licensing.visit": Kind(_("Kunjungan ke lapak"), files.VISIT_LABELS, files.visit),
    "outreach.tap": Kind(_("Tombol di acara"), events.LABELS, events.tap),
    "outreach.participant": Kind(_("Kartu peserta baru"), events.LABELS, events.participant),
    "outreach.question": Kind(_("Pertanyaan di acara"), events.LABELS, events.question),
    "outreach.receipt": Kind(_("Bantuan diserahkan"), events.LABELS, events.receipt),
    "outreach.photo": Kind(_("Foto acara"), events.LABELS, events.photo),
    "surveys.sheet": Kind(_("Lembar kuesioner"), answers.LABELS, answers.sheet),
    "surveys.tally": Kind(_("Hitungan angkat tangan"), answers.LABELS, answers.tally),
}
