"""The plan: which papers, in what order, what to bring; and what must hold whatever is known about a business."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from satupintu.catalogue.queries.core import catalogue as served_catalogue
from satupintu.catalogue.rules.as_json import plan_as_json
from satupintu.catalogue.rules.entries import Catalogue
from satupintu.catalogue.rules.plan import BeforeTheCatalogue, Plan, make_plan
from satupintu.catalogue.rules.wording import notes, why
from satupintu.kernel.decision import UNKNOWN

OURS = served_catalogue()
TODAY = date(2026, 11, 24)
CILOK = {"kbli": "56104", "place": "cart", "fixed_spot": "yes", "zone": "binaan", "sales": "90000000"}
PLAIN_FACTS = ("place", "fixed_spot", "zone", "managed", "product_form")


def plan(on: date = TODAY, **said: str) -> Plan:
    return make_plan(OURS, said, on)


def needs(made: Plan) -> dict[str, str]:
    return {paper.code: paper.need for paper in made.papers}


# --- one vendor, five laws -------------------------------------------------------------------------------

BY_DAY = {
    date(2022, 12, 3): {
        "now": {"nib", "kkpr", "sppl", "perizinan_tunggal", "sku", "tdu_pkl"},
        "ask": {"npwp", "slhs"},
        "later": {"halal", "merek", "reklame"},
    },
    date(2024, 6, 1): {
        "now": {"nib", "kkpr", "sppl", "perizinan_tunggal", "sku", "tdu_pkl"},
        "ask": {"slhs"},
        "later": {"halal", "merek", "reklame", "npwp"},
    },
    date(2025, 7, 1): {
        "now": {"nib", "kkpr", "sppl", "sertifikat_standar", "sku", "tdu_pkl", "skb"},
        "ask": set(),
        "later": {"halal", "merek", "reklame", "npwp"},
    },
    date(2026, 10, 17): {
        "now": {"nib", "kkpr", "sppl", "sertifikat_standar", "sku", "tdu_pkl", "skb"},
        "ask": set(),
        "later": {"halal", "merek", "reklame", "npwp"},
    },
    TODAY: {
        "now": {"nib", "kkpr", "sppl", "sertifikat_standar", "sku", "tdu_pkl", "skb", "halal"},
        "ask": set(),
        "later": {"merek", "reklame", "npwp"},
    },
}


@pytest.mark.parametrize("day", BY_DAY, ids=str)
def test_the_same_cilok_cart_is_answered_by_the_law_of_the_day(day: date) -> None:
    made = plan(day, **CILOK)
    found = {need: {paper.code for paper in made.needing(need)} for need in ("now", "ask", "later")}
    assert found == BY_DAY[day]
    others = set(OURS.licences) - set.union(*BY_DAY[day].values())
    assert {paper.code for paper in made.needing("not_needed")} == others


@pytest.mark.parametrize(
    ("day", "basis"),
    [
        (date(2021, 2, 2), ("pp-5-2021:umum", "pp-7-2021:38")),
        (date(2025, 6, 4), ("pp-5-2021:umum", "pp-7-2021:38")),
        (date(2025, 6, 5), ("pp-28-2025:206",)),
        (TODAY, ("pp-28-2025:206",)),
    ],
)
def test_the_article_for_the_nib_is_the_one_in_force(day: date, basis: tuple[str, ...]) -> None:
    paper = plan(day, **CILOK).paper("nib")
    assert (paper.need, paper.basis) == ("now", basis)


def test_the_day_before_the_catalogue_is_refused_with_the_first_day() -> None:
    with pytest.raises(BeforeTheCatalogue) as refused:
        plan(date(2021, 2, 1), **CILOK)
    assert refused.value.begins == date(2021, 2, 2)
    told = "Tanggal 2021-02-01 terlalu awal. Katalog ini mulai 2021-02-02. Pilih tanggal sesudahnya."
    assert str(refused.value) == told
    assert len(plan(date(2021, 2, 2), **CILOK).papers) == len(OURS.licences)


def test_passing_2_billion_a_year_moves_the_cart_to_small_and_the_unread_row_is_asked() -> None:
    made = plan(**{**CILOK, "sales": "2000000001"})
    paper = made.paper("sertifikat_standar")
    assert (made.facts.values["scale"], paper.need, paper.missing) == ("small", "ask", ("risk",))
    assert plan(**{**CILOK, "sales": "2000000000"}).paper("sertifikat_standar").need == "now"


def test_a_2025_code_is_never_read_as_the_2020_code_of_that_number() -> None:
    fixed, moving = plan(kbli="56102"), plan(kbli="56102", kbli_version="2025")
    assert (fixed.facts.code.title, fixed.paper("slhs").need) == ("Rumah/Warung Makan", "not_needed")
    assert moving.facts.code.title == "Aktivitas penyediaan makanan di bangunan tidak tetap"
    assert (moving.paper("slhs").need, moving.paper("slhs").missing) == ("ask", ("hygiene",))


def test_cosmetics_ask_about_halal_and_the_reason_does_not_speak_of_risk() -> None:
    paper = plan(kbli="47844", place="market_stall", managed="yes").paper("halal")
    assert (paper.need, paper.missing) == ("ask", ("food",))
    told = "Aturan untuk kode ini belum lengkap kami baca. Tanyakan ke petugas."
    assert why(OURS, paper).text == told
    assert why(OURS, paper, "en").text == "We have not read all rules for this code. Ask an officer."


def test_without_a_code_the_code_is_what_is_missing() -> None:
    for said in ({}, {"kbli": "unknown"}):
        paper = plan(**said).paper("sertifikat_standar")
        assert (paper.need, paper.missing, why(OURS, paper).text) == ("ask", ("kbli",), "Pilih jenis jualan dulu.")


def test_what_is_missing_is_named_in_the_words_of_its_question() -> None:
    made = plan(kbli="56104", place="cart", fixed_spot="yes")
    assert why(OURS, made.paper("tdu_pkl")).text == (
        "Belum bisa dipastikan. Yang perlu diketahui: zona tempat berjualan."
    )
    assert made.paper("npwp").missing == ("sales",)


# --- order, documents, notes -----------------------------------------------------------------------------


def test_the_steps_of_the_cilok_cart_start_with_the_nib_and_get_the_letter_before_the_card() -> None:
    steps = plan(**CILOK).steps
    assert [step.order for step in steps] == list(range(1, 9))
    assert steps[0].paper.code == "nib"
    order = [step.paper.code for step in steps]
    assert order.index("sku") < order.index("tdu_pkl")
    assert {step.paper.code: step.after for step in steps}["tdu_pkl"] == ("sku",)


def test_the_identity_card_is_brought_once_for_all_who_ask_for_it() -> None:
    bring = {document.code: document.papers for document in plan(**CILOK).documents}
    assert bring["ktp"] == ("nib", "sku", "tdu_pkl", "skb")


def test_what_was_assumed_is_told() -> None:
    told = "Modal dan penjualan belum disebut. Kami anggap usaha mikro."
    assert notes(plan(kbli="56104"), {"kbli": "56104"}) == [told]
    assert notes(plan(**CILOK), CILOK) == []
    mixed = {"kbli": "56104", "capital": "1", "sales": "2000000001"}
    assert notes(plan(**mixed), mixed) == [
        "Modal dan penjualan masuk kelas berbeda. Kami pakai yang lebih tinggi. OSS mendaftar menurut modal."
    ]


def test_a_code_that_is_not_in_our_list_is_told_with_its_version() -> None:
    said = {"kbli": "47211", "scale": "micro"}
    assert notes(plan(**said), said) == ["Kode 47211 tidak ada di daftar KBLI 2020 kami. Periksa nomor dan versinya."]
    assert notes(plan(**said), said, "en") == ["Code 47211 is not in our KBLI 2020 list. Check its number and version."]


def test_the_caution_of_a_code_is_told() -> None:
    said = {"kbli": "47812", "scale": "micro"}
    assert notes(plan(**said), said) == ["Di KBLI 2025 nomor ini mobil bekas. Jangan tertukar."]


def test_costs_and_times_are_those_of_the_day() -> None:
    paper = plan(date(2025, 1, 1), **CILOK).paper("halal")
    later = plan(TODAY, **CILOK).paper("halal")
    assert paper.cost is not None and later.cost is not None
    assert (paper.cost.valid_from, later.cost.valid_from) == (date(2024, 10, 17), date(2026, 1, 6))
    assert plan(date(2024, 10, 16), **CILOK).paper("halal").cost is None


# --- whatever is known about a business ------------------------------------------------------------------

CODES = sorted(OURS.codes)
DAYS = st.dates(OURS.begins(), date(2028, 12, 31))
AMOUNTS = st.sampled_from(["", UNKNOWN, "0", "500000000", "500000001", "1000000001", "2000000001", "60000000000"])


@st.composite
def businesses(draw: st.DrawFn) -> dict[str, str]:
    version, code = draw(st.one_of(st.sampled_from(CODES), st.sampled_from([("2020", "99999"), ("2020", "")])))
    said = {"kbli_version": version, "kbli": code, "capital": draw(AMOUNTS), "sales": draw(AMOUNTS)}
    for fact in OURS.facts.values():
        if not fact.derived:
            said[fact.name] = draw(st.sampled_from([*fact.values, UNKNOWN, ""]))
    return {name: value for name, value in said.items() if value or draw(st.booleans())}


@settings(max_examples=150, deadline=None)
@given(businesses(), DAYS)
def test_every_paper_is_always_listed_once_and_now_comes_first(said: dict[str, str], on: date) -> None:
    made = make_plan(OURS, said, on)
    assert sorted(paper.code for paper in made.papers) == sorted(OURS.licences)
    ranks = [("now", "ask", "later", "not_needed").index(paper.need) for paper in made.papers]
    assert ranks == sorted(ranks)


@settings(max_examples=150, deadline=None)
@given(businesses(), DAYS)
def test_no_step_comes_before_one_it_waits_for(said: dict[str, str], on: date) -> None:
    made = make_plan(OURS, said, on)
    order = [step.paper.code for step in made.steps]
    assert sorted(order) == sorted(paper.code for paper in made.needing("now"))
    for step in made.steps:
        waits_for = [code for code in step.paper.licence.header.after if code in order]
        assert list(step.after) == waits_for
        assert all(order.index(code) < order.index(step.paper.code) for code in waits_for)


@settings(max_examples=150, deadline=None)
@given(businesses(), DAYS)
def test_every_document_is_brought_once_for_exactly_the_papers_that_ask_for_it(said: dict[str, str], on: date) -> None:
    made = make_plan(OURS, said, on)
    asked = {(use.code, paper.code) for paper in made.needing("now") for use in paper.licence.header.documents}
    assert {(bring.code, code) for bring in made.documents for code in bring.papers} == asked
    assert len({bring.code for bring in made.documents}) == len(made.documents)


@settings(max_examples=150, deadline=None)
@given(businesses(), DAYS)
def test_ask_names_what_is_missing_or_is_what_the_row_itself_says(said: dict[str, str], on: date) -> None:
    for paper in make_plan(OURS, said, on).papers:
        rows = paper.licence.version_on(on).table.rows
        row_needs = {paper.licence.header.outcomes[r.outcome].need for r in rows if r.line in paper.lines}
        if paper.missing:
            assert paper.need == "ask"
            assert len(row_needs) > 1
        else:
            assert row_needs == {paper.need}


@settings(max_examples=150, deadline=None)
@given(businesses(), DAYS, st.data())
def test_an_answer_that_is_not_ask_stands_whatever_the_unknown_turns_out_to_be(
    said: dict[str, str], on: date, data: st.DataObject
) -> None:
    before = needs(make_plan(OURS, said, on))
    unknown = [name for name in PLAIN_FACTS if said.get(name, UNKNOWN) in (UNKNOWN, "")]
    learned = {name: data.draw(st.sampled_from(OURS.facts[name].values), name) for name in unknown}
    after = needs(make_plan(OURS, {**said, **learned}, on))
    assert {code: after[code] for code, need in before.items() if need != "ask"} == {
        code: need for code, need in before.items() if need != "ask"
    }


@settings(max_examples=100, deadline=None)
@given(businesses(), DAYS)
def test_every_reason_article_office_and_document_has_words_in_both_languages(said: dict[str, str], on: date) -> None:
    made = make_plan(OURS, said, on)
    for language in ("id", "en"):
        told = plan_as_json(OURS, made, said, language)
        assert all(paper["why"] and paper["title"] and paper["issuer"] and paper["where"] for paper in told["papers"])
        assert all(document["title"] and document["for"] for document in told["documents"])
        assert {paper["why_language"] for paper in told["papers"]} == {language}
    for paper in made.papers:
        laws = [(OURS.laws[law], article) for law, _, article in (basis.partition(":") for basis in paper.basis)]
        assert laws
        assert all(article in law.articles for law, article in laws)


def test_the_needs_change_only_on_days_that_the_data_names(catalogue: Catalogue) -> None:
    named = {v.valid_from for licence in catalogue.licences.values() for v in licence.versions}
    named |= {r.valid_from for rows in catalogue.risks.values() for r in rows}
    named |= {r.valid_to + timedelta(days=1) for rows in catalogue.risks.values() for r in rows if r.valid_to}
    day, changed = catalogue.begins(), set()
    while day < date(2027, 1, 1):
        if needs(plan(day, **CILOK)) != needs(plan(day + timedelta(days=1), **CILOK)):
            changed.add(day + timedelta(days=1))
        day += timedelta(days=1)
    assert changed <= named
    assert {date(2025, 6, 5), date(2026, 10, 18), date(2022, 12, 20), date(2025, 2, 28)} == changed
