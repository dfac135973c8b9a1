"""How papers are served, as data: our own files hold, a broken one is named with file, place and what to do."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from satupintu.accounts.rules import OFFICE_KINDS
from satupintu.catalogue import queries as catalogue
from satupintu.catalogue.reading.files import OWN_FOLDER, Files
from satupintu.kernel.worktime import OSS
from satupintu.licensing.library import SERVICES, Library, checked, library
from satupintu.licensing.reference import data_reference_page
from satupintu.licensing.rules.moves import LICENSING, MOVES, STATES
from satupintu.licensing.rules.serving import Service
from satupintu.messages import queries as messages
from satupintu.web import words

TODAY = date(2026, 11, 24)
TDU, SKU, NIB = (
    f"licences/{name}.yaml"
    for name in ("tdu_pkl/service-2025-02-28", "sku/service-2025-06-05", "nib/service-2025-06-05")
)
FILES = Files((OWN_FOLDER,))
STATES_FILE, REASONS_FILE = "licensing/states.yaml", "licensing/reasons.yaml"
HERE = {"tdu_pkl", "skb", "sku"}
ELSEWHERE = {"nib", "sertifikat_standar", "spp_irt", "halal", "merek", "npwp", "slhs", "bpom_md", "reklame"}
# Pedoman Integrasi Aplikasi OSS RBA 4.3.22, Lampiran 10, and the lists of the NIB document.
OFFICIAL = {
    "status": {"05", "09", "10", "11", "12", "20", "30", "31", "32", "33", "34", "40", "41", "42", "43", "44", "45"}
    | {"49", "50", "52", "57", "58", "60", "70", "80", "90", "91", "92", "93"},
    "paper": {"01", "02", "03", "04", "05", "06"},
    "kind": {"3", "4", "5", "9"},
}


def service(code: str, on: date = TODAY) -> Service:
    found = library().service(code, on)
    assert found is not None
    return found


def test_every_file_loads_and_each_paper_is_served_here_or_elsewhere():
    services = library().services(TODAY)
    assert {code for code, served in services.items() if served.here} == HERE
    assert {code for code, served in services.items() if not served.here} == ELSEWHERE


def test_before_its_first_day_a_paper_is_not_served():
    assert library().service("tdu_pkl", date(2025, 2, 27)) is None
    assert service("tdu_pkl", date(2025, 2, 28)).since == date(2025, 2, 28)
    assert "tdu_pkl" not in library().services(date(2025, 2, 27))
    assert library().service("siup", TODAY) is None


def test_what_is_not_known_of_the_vendor_card_stays_unknown():
    card = service("tdu_pkl")
    assert (card.service_time.days, card.fee.rupiah, card.validity.months, card.has_fee) == (None, None, None, False)
    assert not card.validity.forever
    assert (card.office, card.visit, card.service_time.deemed) == ("diskop-ukm", "needed", False)


def test_the_figures_of_other_papers_are_those_of_their_sources():
    nib, sku, mark = service("nib"), service("sku"), service("merek")
    assert (nib.fee.rupiah, nib.fee.source, nib.fee.confidence, nib.validity.forever) == (0, "FAQ", "sure", True)
    assert (sku.fee.rupiah, sku.service_time.days, sku.service_time.confidence) == (0, 3, "doubtful")
    assert (mark.fee.rupiah, mark.validity.months, mark.has_fee) == (500_000, 120, True)


def test_numbers_are_printed_in_their_form():
    assert service("tdu_pkl").printed_number(7, 2026) == "0007/TDU-PKL/2026"
    assert service("sku").printed_number(12345, 2026, "32.75.11.1004") == "12345/SKU/32.75.11.1004/2026"
    with pytest.raises(ValueError, match=r"^nib has no number of ours$"):
        service("nib").printed_number(1, 2026)


def test_kinds_of_offices_are_those_of_accounts():
    kinds = {served.office_kind for served in library().services(TODAY).values()} - {None}
    assert kinds == {"kelurahan"}
    assert kinds <= {*OFFICE_KINDS}


def test_a_question_is_found_by_its_name():
    goods = service("tdu_pkl").field("goods")
    assert goods is not None
    assert (goods.kind, goods.from_) == ("text", "business.codes")
    assert service("tdu_pkl").field("shoe_size") is None


def test_every_state_has_words_and_every_code_of_oss_a_place():
    states = library().states
    assert {*states.states} == {state.code for state in STATES}
    assert {name: {*codes} for name, codes in states.codes.items()} == OFFICIAL


@pytest.mark.parametrize("codes", ["status", "paper", "kind"])
def test_codes_of_oss_go_out_and_come_in(codes):
    states = library().states
    for code, entry in states.codes[codes].items():
        state = states.from_oss(code, codes)
        assert (state is None) == bool(entry.unused)
        assert state is None or code in getattr(states[state], codes)
    for state in states.states:
        code = states.oss_code(state, codes)
        assert code is None or states.from_oss(code, codes) is not None


def test_an_answer_and_silence_have_codes_of_their_own():
    states = library().states
    assert [states.oss_code("complete", move=move) for move in ("accept", "answer", "answer_again")] == [
        "10",
        "42",
        "44",
    ]
    assert [states.oss_code("granted", move=move) for move in ("grant", "deem")] == ["50", "57"]
    assert [states.from_oss(code) for code in ("42", "44", "57", "49", "05", "99")] == [
        *("complete", "complete", "granted", "issued"), None, None,
    ]  # fmt: skip
    assert states.oss_code("revoked", "paper") == "06"
    assert states.oss_code("revoked") is None


def test_what_moves_the_clock_at_oss_moves_ours():
    states, clocks = library().states, {move.name: move.clock for move in MOVES}
    told = {states.oss_code(LICENSING.by_name[name].target, move=name): clocks[name] for name in
            ("ask", "answer", "ask_again", "answer_again")}  # fmt: skip
    assert told == OSS


def test_presets_are_those_that_fit_the_paper():
    found = library()
    assert "red_zone" in {reason.code for reason in found.reasons("refuse", "tdu_pkl")}
    assert "red_zone" not in {reason.code for reason in found.reasons("refuse", "sku")}
    blurred = found.reason("return", "blurred")
    assert blurred is not None
    assert blurred.text == "Fotonya buram. Foto lagi di tempat terang."
    assert found.reason("return", "nothing") is None


def texts() -> list[tuple[str, str]]:
    """Every Indonesian text of this room's data that people read, with where it stands."""
    found = library()
    spoken = [(state, text) for state, entry in found.states.states.items() for text in (entry.applicant, entry.staff)]
    spoken += [(f"{kind} {reason.code}", reason.text) for kind, presets in found.presets.items() for reason in presets]
    for code, served in found.services(TODAY).items():
        spoken += [(code, served.standard.product), (code, served.standard.complaints.text)]
        spoken += [(code, said.text) for said in (*served.standard.procedure, *served.standard.not_known)]
        spoken += [(code, said.text) for said in (*served.evidence, *served.checklist, *served.conditions)]
    return spoken


def test_every_text_keeps_to_our_words():
    assert [f"{where}: {flaw}" for where, text in texts() for flaw in words.flaws(text)] == []


def test_the_applicants_words_are_at_most_twelve():
    long = [code for code, entry in library().states.states.items() if len(entry.applicant.split()) > 12]
    assert long == []


def test_every_reason_says_what_is_wrong_and_what_is_next_and_fits_a_message():
    for presets in library().presets.values():
        for reason in presets:
            assert len(words.sentences(reason.text)) == 2, reason.code
            assert len(reason.text) <= 200 and len(reason.text_en) <= 200, reason.code


def test_every_message_of_a_move_is_there_with_number_paper_and_link():
    named = {move.message for move in MOVES} - {""} | {"renewal_reminder"}
    for name in named:
        places = {*messages.template(name).placeholders}
        assert {"number", "paper", "link"} <= places, name
        assert places <= {"number", "paper", "link", "reason", "day", "cost"}, name


# The places a whole file is built on: what is changed in a copy of ours, and what the check says of it.
BROKEN = [
    (TDU, ("office: diskop-ukm\n", ""), "office: kantornya harus satu. "),
    (TDU, ("way: here", "way: there"), "way: nilai 'there' tidak dikenal. "),
    (TDU, ("visit: needed", "vist: needed"), "vist: isian ini tidak dikenal. "),
    (TDU, ("way: here", "way: here\ncode: tdu"), "code: sudah disebut oleh nama folder dan berkas. "),
    (TDU, ("fee: {rupiah: null}", "fee: {rupiah: 5000}"), "fee: angkanya tanpa sumber. "),
    (TDU, ("fee: {rupiah: null}", "fee: {rupiah: 5.5}"), "fee.rupiah: nilai '5.5' tidak cocok. "),
    (TDU, ("{days: null, warn_before: [2, 1]", "{days: null, warn_before: [1, 2]"), "service_time warn_before: "),
    (TDU, ("deemed: no", "deemed: yes"), "service_time deemed: diam berarti setuju hanya dengan waktu dan pasalnya. "),
    (TDU, ("same_number: yes", "same_number: no"), "renewal same_number: nomor surat tetap saat diperpanjang. "),
    (TDU, ("[60, 30, 7]", "[90, 30]"), "renewal remind_before_days: sebelum boleh diperpanjang. "),
    (TDU, ("'{number:04}/TDU-PKL/{year}'", "'{nomor}/{year}'"), "number: bagian '{nomor}' tidak dikenal. "),
    (TDU, ("'{number:04}/TDU-PKL/{year}'", "'{number/{year}'"), "number: bentuknya tidak terbaca. "),
    (TDU, ("'{number:04}/TDU-PKL/{year}'", "'{number:04}/TDU-PKL'"), "number: bagian {year} tidak ada. "),
    (TDU, ("'{number:04}/TDU-PKL/{year}'", "'{number:048}/{year}'"), "number: bisa 53 huruf, terlalu panjang. "),
    (TDU, ("from: business.codes", "from: shoe.size"), "fields goods from: 'shoe.size' tidak dikenal. "),
    (TDU, ("name: place_kind", "name: goods"), "fields: 'goods' tertulis 2 kali. "),
    (TDU, ("name: goods", "name: Goods"), "fields: 'Goods' tidak dikenal bentuknya. "),
    (TDU, ("kind: choice", "kind: text"), "fields place_kind options: pilihan hanya dan selalu ada "),
    (TDU, ("about: ktp", "about: kt"), "checklist name_fits about: 'kt' tidak ada. "),
    (TDU, ("{code: ktp, source: KORMED", "{code: kartu, source: KORMED"), "documents kartu: berkas 'kartu' tidak ada"),
    (TDU, ("{code: sku, source: SORBER", "{code: sku, source: KATANYA"), "documents sku: sumber 'KATANYA' tidak ada "),
    (TDU, ("source: OLDCITY", "source: KATANYA"), "recommendation source: sumber 'KATANYA' tidak ada "),
    (SKU, ("/{region}/", "/"), "number: kantornya banyak, nomornya bisa sama. "),
    (SKU, ("months: 6", "months: 6, forever: yes"), "validity: berlaku terus tetapi ada bulannya. "),
    (SKU, ("warn_before: [2, 1]", "warn_before: [3, 1]"), "service_time warn_before: tidak lebih pendek dari "),
    (NIB, ("pp-28-2025:206", "pp-28-2025:9999"), "validity basis: pasal '9999' tidak ada di pp-28-2025. "),
    (NIB, ("pp-28-2025:206", "pp-1-1900:1"), "validity basis: peraturan 'pp-1-1900' tidak ada. "),
    (NIB, ("number_of: nib", "number_of: nibb"), "number_of: surat 'nibb' tidak ada. "),
    (NIB, ("office: oss", "office: os"), "where office: kantor 'os' tidak ada. "),
    (NIB, ("number_of: nib\n", ""), "number_of: wajib untuk surat dari kantor lain. "),
    (NIB, ("visit: none", "visit: none\noffice: dpmptsp"), "office: hanya untuk surat yang terbit di sini. "),
    (STATES_FILE, ("  lapsed:", "  gone:"), "states lapsed: keadaan ini tidak punya kata. "),
    (STATES_FILE, ("  lapsed:", "  gone:"), "states gone: keadaan ini tidak ada. "),
    (STATES_FILE, ("answer: \"42\"", "accept_all: \"42\""), "states complete by_move: langkah 'accept_all' tidak"),
    (STATES_FILE, ("answer: \"42\"", "answer: \"77\""), "states complete by_move: kode '77' tidak ada di status. "),
    (STATES_FILE, ('status: ["11"]', 'status: ["77"]'), "codes status: kode '77' dipakai tetapi tidak ada di daftar. "),
    (STATES_FILE, ('status: ["11"]', 'status: ["77"]'), "codes status 11: harus dipakai satu keadaan atau "),
    (STATES_FILE, ('status: ["11"]', "status: []"), "states returned: tanpa kode OSS harus ada alasannya"),
    (STATES_FILE, ("badge: your-turn", "badge: red"), "states.draft.badge: nilai 'red' tidak dikenal. "),
    (STATES_FILE, ("source: PIA", "source: KATANYA"), "source: sumber 'KATANYA' tidak ada di sources.yaml. "),
    (REASONS_FILE, ("code: cut_off", "code: blurred"), "reasons return: 'blurred' tertulis 2 kali. "),
    (REASONS_FILE, ("only: [tdu_pkl, skb]", "only: [tdu]"), "reasons refuse red_zone only: surat 'tdu' tidak ada"),
    (REASONS_FILE, ("about: document", "about: shoe"), "reasons.return.0.about: nilai 'shoe' tidak dikenal. "),
]  # fmt: skip


@pytest.mark.parametrize(("name", "change", "said"), BROKEN)
def test_a_broken_file_is_named_with_place_and_what_to_do(
    tmp_path: Path, name: str, change: tuple[str, str], said: str
):
    text = (OWN_FOLDER / name).read_text()
    assert change[0] in text
    told = city(tmp_path, name, text.replace(*change, 1))
    assert any(line.startswith(f"{name}, {said}") for line in told), told


def city(folder: Path, name: str, text: str) -> list[str]:
    """What is said of a city whose folder holds this file."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return [str(problem) for problem in checked([folder], catalogue.catalogue())[1]]


def test_a_file_without_a_day_or_for_an_unknown_paper_is_named(tmp_path: Path):
    text = (OWN_FOLDER / NIB).read_text()
    assert city(tmp_path, "licences/nib/service-soon.yaml", text) == [
        "licences/nib/service-soon.yaml: nama berkas tidak memuat tanggal. Seharusnya: service-2026-11-24.yaml."
    ]
    told = city(tmp_path / "b", "licences/surat/service-2026-01-01.yaml", text)
    assert told[0].startswith("licences/surat/service-2026-01-01.yaml: surat 'surat' tidak ada. ")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- satu\n", "isinya bukan isian bernama. Seharusnya: kunci lalu isinya."),
        ("a: [", "YAML tidak terbaca"),
    ],
)
def test_a_file_of_another_shape_is_told_once(tmp_path: Path, text: str, said: str):
    told = city(tmp_path, SKU, text)
    assert len(told) == 1
    assert said in told[0]


def test_a_city_changes_a_service_from_a_day_on(tmp_path: Path):
    """The city learns its service time, and writes one file of its own; the old one still counts for older files."""
    text = (OWN_FOLDER / TDU).read_text()
    known = "{days: 5, warn_before: [2, 1], deemed: no, source: SP2023, confidence: likely}"
    text = text.replace("{days: null, warn_before: [2, 1], deemed: no}", known)
    assert city(tmp_path, "licences/tdu_pkl/service-2027-01-01.yaml", text) == []
    found = checked([tmp_path], catalogue.catalogue())[0]
    assert isinstance(found, Library)
    days = [served.service_time.days for served in found.versions["tdu_pkl"]]
    assert days == [None, 5]
    before, after = (found.service("tdu_pkl", day) for day in (date(2026, 12, 31), date(2027, 1, 1)))
    assert before is not None and after is not None
    assert (before.service_time.days, after.service_time.days) == (None, 5)


def test_without_a_usable_law_the_files_are_still_read(tmp_path: Path):
    found, problems = checked([tmp_path], None)
    assert (found is not None, problems) == (True, [])


def test_the_english_is_there_wherever_the_indonesian_is():
    missing = [
        f"{name} {key}"
        for name in (*FILES.names(SERVICES), STATES_FILE, REASONS_FILE)
        for key in _without_english(yaml.safe_load(FILES.text(name)))
    ]
    assert missing == []


def _without_english(node: object) -> list[str]:
    if isinstance(node, list):
        return [key for entry in node for key in _without_english(entry)]
    if not isinstance(node, dict):
        return []
    told = {"text", "label", "help", "why", "title", "applicant", "staff", "means", "unused", "no_code", "product"}
    here = [key for key in told & node.keys() if isinstance(node[key], str) and f"{key}_en" not in node]
    return here + [key for entry in node.values() for key in _without_english(entry)]


def test_the_data_reference_says_what_the_code_reads():
    page = Path(__file__).parents[3] / "docs" / "reference" / "data.md"
    assert page.read_text(encoding="utf-8") == data_reference_page()
