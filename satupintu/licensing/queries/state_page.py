"""The page of states: every state and move of the machine in words, and the picture."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from satupintu.kernel.workflow import Move
from satupintu.licensing import library
from satupintu.licensing.queries.clocks import page_language
from satupintu.licensing.queries.move_words import move_words
from satupintu.licensing.rules.moves import LICENSING
from satupintu.licensing.rules.state_diagram import stages, svg

STAGE_WORDS = {
    "applying": gettext_lazy("Mengajukan"),
    "examining": gettext_lazy("Diperiksa"),
    "deciding": gettext_lazy("Diputuskan"),
    "holding": gettext_lazy("Surat berlaku"),
    "elsewhere": gettext_lazy("Di kantor lain"),
    "ended": gettext_lazy("Selesai"),
}
OWNER_WORDS = {
    "vendor": gettext_lazy("Pemohon"),
    "facilitator": gettext_lazy("Pendamping"),
    "front_office": gettext_lazy("Petugas loket"),
    "verifier": gettext_lazy("Pemeriksa"),
    "signing_official": gettext_lazy("Pejabat"),
    "system": gettext_lazy("Sistem"),
    "nobody": gettext_lazy("Tidak ada"),
}
CLOCK_WORDS = {
    "start": gettext_lazy("waktu mulai"),
    "pause": gettext_lazy("waktu berhenti"),
    "resume": gettext_lazy("waktu jalan lagi"),
    "rewind": gettext_lazy("waktu kembali ke awal dan berhenti"),
    "restart": gettext_lazy("waktu dihitung dari awal"),
    "stop": gettext_lazy("waktu selesai"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One state in words, and each move out of it: what is done, by whom, where to, what the clock does."""

    code: str
    staff: str
    applicant: str
    owner: str
    end: bool
    moves: list[tuple[str, str, str, str]]


def state_rows() -> list[tuple[str, list[Row]]]:
    """Every stage with its states, straight from the machine."""
    return [
        (
            str(STAGE_WORDS[stage.code]),
            [_row(state.code, state.owner, state.end, moves) for state, moves in stage.states],
        )
        for stage in stages(LICENSING)
    ]


def _row(code: str, owner: str, end: bool, moves: tuple[Move, ...]) -> Row:
    told = [
        (
            move_words(move.name),
            ", ".join(sorted(str(OWNER_WORDS[role]) for role in move.by)),
            _staff(move.target),
            str(CLOCK_WORDS.get(move.clock, "")),
        )
        for move in moves
    ]
    words = library.library().states[code]
    applicant = words.applicant_en if page_language() == "en" else words.applicant
    return Row(code, _staff(code), applicant, str(OWNER_WORDS[owner]), end, told)


def _staff(code: str) -> str:
    words = library.library().states[code]
    return words.staff_en if page_language() == "en" else words.staff


def picture() -> SafeString:
    """The machine as SVG in the words of the page's language."""
    return SafeString(svg(LICENSING, _staff, lambda stage: str(STAGE_WORDS[stage]), _("Alur berkas")))
