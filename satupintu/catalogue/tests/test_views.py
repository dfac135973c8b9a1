"""The pages of the catalogue. None of these tests may use the database, and pytest refuses a page that tries."""

import gzip
import json
import re
from urllib.parse import urlencode

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from satupintu.catalogue.queries.core import catalogue as served_catalogue
from satupintu.catalogue.tests.pages import PageReader

OURS = served_catalogue()
CILOK = (
    "jual=cilok&kbli=2020-56104&place=cart&fixed_spot=yes&zone=binaan&sales=250000000&extras=1&loan=yes&on=2026-11-24"
)
UNDECIDED = "kbli=unknown&place=unknown&sales=unknown&extras=unknown&on=2026-11-24"
PLAN, FINDER = f"/cek-izin/hasil/?{CILOK}", "/cek-izin/"
BUDGET = 14 * 1024


@pytest.fixture
def english() -> Client:
    client = Client()
    client.cookies["bahasa"] = "en"
    return client


def page(client: Client, address: str, template: str, status: int = 200) -> PageReader:
    response = client.get(address)
    assert response.status_code == status
    assert template in [used.name for used in response.templates]
    return PageReader(response.content.decode())


def marked_as_indonesian(html: str) -> list[str]:
    """The texts of an English page that have no English; the link to the other language is no such text."""
    return re.findall(r'<span lang="id"[^>]*>[^<]*', html.split("<main", 1)[1])


# --- the finder -------------------------------------------------------------------------------------------


def test_finder_begins_with_what_is_sold(client: Client) -> None:
    first = page(client, FINDER, "catalogue/finder_search.html")
    assert "Bapak/Ibu jual apa?" in first.words
    assert "Pertanyaan 1, paling banyak 7" in first.words
    assert first.form.typed == {"jual": ""}
    assert "?kbli=unknown" in first.links


def test_finder_speaks_english_when_chosen(english: Client) -> None:
    first = page(english, FINDER, "catalogue/finder_search.html")
    assert "What do you sell?" in first.words
    assert "Question 1, at most 7" in first.words


def test_finder_asks_to_write_something_when_nothing_was_typed(client: Client) -> None:
    first = page(client, f"{FINDER}?tanya=jual&jual=++", "catalogue/finder_search.html", status=400)
    assert "Tulis dulu apa yang dijual. Contoh: cilok, pulsa, baju anak." in first.words
    assert "Ada yang perlu dibetulkan" in first.words


def test_finder_offers_codes_with_the_reason_and_i_do_not_know(client: Client) -> None:
    found = page(client, f"{FINDER}?tanya=jual&jual=cilok", "catalogue/finder_search.html")
    assert "Bapak/Ibu menulis “cilok”." in found.words
    assert found.form.choices[0] == ("kbli", "2020-56104")
    assert found.form.choices[-1] == ("kbli", "unknown")
    assert "karena “cilok”" in found.words


def test_finder_keeps_what_was_typed_when_no_code_was_picked(client: Client) -> None:
    address = f"{FINDER}?tanya=jual&jual=cilok&pilih=1"
    again = page(client, address, "catalogue/finder_search.html", status=400)
    assert "Pilih satu yang paling cocok. Kalau ragu, pilih Saya tidak tahu." in again.words
    assert ("jual", "cilok") in again.form.hidden
    assert ("kbli", "2020-56104") in again.form.choices


def test_finder_says_so_when_it_does_not_know_the_word_and_keeps_it(client: Client) -> None:
    unknown = page(client, f"{FINDER}?tanya=jual&jual=zzxxqq", "catalogue/finder_search.html")
    assert "Kata itu belum kami kenal." in unknown.words
    assert ("jual", "zzxxqq") in unknown.form.hidden
    assert unknown.form.choices == [("kbli", "unknown")]


def test_finder_keeps_all_other_answers_when_one_is_refused(client: Client) -> None:
    address = f"{FINDER}?jual=cilok&kbli=2020-56104&place=bulan&sales=unknown&loan=yes&on=2026-11-24"
    refused = page(client, address, "catalogue/finder_choice.html", status=400)
    assert "Pilihan itu tidak dikenal. Pilih satu jawaban di bawah." in refused.words
    kept = dict(refused.form.hidden)
    assert kept == {
        "jual": "cilok", "kbli": "2020-56104", "sales": "unknown", "loan": "yes", "on": "2026-11-24", "tanya": "place",
    }  # fmt: skip


def test_finder_asks_again_when_a_choice_was_sent_empty(client: Client) -> None:
    address = f"{FINDER}?jual=cilok&kbli=2020-56104&tanya=place"
    again = page(client, address, "catalogue/finder_choice.html", status=400)
    assert "Pilih satu jawaban. Kalau ragu, pilih Saya tidak tahu." in again.words


def test_finder_shows_the_chosen_answer_when_it_is_to_be_changed(client: Client) -> None:
    again = page(client, f"{FINDER}?{CILOK}&ubah=zone", "catalogue/finder_choice.html")
    assert again.form.chosen == [("zone", "binaan")]
    ticks = page(client, f"{FINDER}?{CILOK}&ubah=extras", "catalogue/finder_ticks.html")
    assert ticks.form.chosen == [("loan", "yes")]


def test_finder_lets_a_tick_be_taken_back(client: Client) -> None:
    ticks = page(client, f"{FINDER}?{CILOK}&ubah=extras", "catalogue/finder_ticks.html")
    response = client.get(ticks.form.send())
    assert response.status_code == 302
    assert "loan" not in response.headers["Location"]


def test_finder_offers_the_way_back(client: Client) -> None:
    place = page(client, f"{FINDER}?jual=cilok&kbli=2020-56104", "catalogue/finder_choice.html")
    assert f"{FINDER}?jual=cilok&kbli=2020-56104&ubah=jual" in place.links
    assert "/" in page(client, FINDER, "catalogue/finder_search.html").links


def test_finder_goes_to_the_plan_once_all_is_answered(client: Client) -> None:
    response = client.get(f"{FINDER}?{CILOK}")
    assert (response.status_code, response.headers["Location"].split("?")[0]) == (302, "/cek-izin/hasil/")


def test_finder_leads_from_the_first_screen_to_the_plan_by_its_forms_alone(client: Client) -> None:
    def ask(address: str) -> tuple[HttpResponse, PageReader]:
        response = client.get(address, follow=True)
        assert response.status_code == 200
        return response, PageReader(response.content.decode())

    _, screen = ask(FINDER)
    picks = {"kbli": "2020-56104", "place": "cart", "fixed_spot": "yes", "zone": "binaan", "sales": "250000000"}
    _, screen = ask(screen.form.send(("jual", "cilok")))
    for name, value in picks.items():
        assert (name, value) in screen.form.choices
        assert (name, "unknown") in screen.form.choices
        _, screen = ask(screen.form.send((name, value)))
    assert [name for name, _ in screen.form.ticks][:2] == ["non_halal", "loan"]
    response, screen = ask(screen.form.send())
    assert response.request["PATH_INFO"] == "/cek-izin/hasil/"
    assert [step["step"].paper.code for step in response.context["steps"]] == [
        "nib", "kkpr", "sppl", "sertifikat_standar", "sku", "tdu_pkl", "skb", "halal",
    ]  # fmt: skip
    assert "Perlu 8 surat sekarang" in screen.words


def test_finder_ends_in_a_plan_for_somebody_who_knows_nothing(client: Client) -> None:
    response = client.get(f"{FINDER}?kbli=unknown", follow=True)
    for _ in range(7):
        screen = PageReader(response.content.decode())
        if response.request["PATH_INFO"] == "/cek-izin/hasil/":
            break
        unknown = [pair for pair in screen.form.choices if pair[1] == "unknown"]
        response = client.get(screen.form.send(*unknown), follow=True)
    assert response.request["PATH_INFO"] == "/cek-izin/hasil/"
    assert "Pilih jenis jualan dulu." in screen.words


def test_finder_redirects_only_within_the_site(client: Client) -> None:
    for hostile in ("//evil.example", "https://evil.example/", "/\\evil.example"):
        query = urlencode({"next": hostile, "jual": hostile, "ubah": hostile})
        response = client.get(f"{FINDER}?{CILOK}&{query}")
        assert response.headers["Location"].startswith("/cek-izin/hasil/?")


def test_finder_keeps_what_was_typed_as_text_and_never_as_markup(client: Client) -> None:
    response = client.get(f"{FINDER}?{urlencode({'tanya': 'jual', 'jual': '<script>alert(1)</script>'})}")
    assert b"<script>alert" not in response.content
    assert ("jual", "<script>alert(1)</script>") in PageReader(response.content.decode()).form.hidden


# --- the plan ---------------------------------------------------------------------------------------------


def test_plan_shows_papers_reasons_articles_documents_and_answers(client: Client) -> None:
    words = page(client, PLAN, "catalogue/plan.html").words
    for part in (
        "Perlu 8 surat sekarang",
        "Setiap orang yang berusaha wajib punya NIB.",
        "PP 28/2025 pasal 206",
        "Yang dibawa",
        "Hukum yang dipakai adalah hukum 24 November 2026.",
        "Ini petunjuk, bukan izin.",
        "cilok – KBLI 2020 56104",
    ):
        assert part in words


def test_plan_is_wholly_english_when_chosen(english: Client) -> None:
    response = english.get(PLAN)
    words = PageReader(response.content.decode()).words
    assert marked_as_indonesian(response.content.decode()) == []
    assert "NIB (business identification number)" in words
    assert "A place the city has set aside for vendors" in words


def test_plan_marks_what_is_not_certain(client: Client) -> None:
    words = page(client, f"/cek-izin/hasil/?{UNDECIDED}", "catalogue/plan.html").words
    assert "Belum pasti, tanyakan dulu" in words
    assert "Tanya petugas dulu" in words


def test_plan_writes_short_names_as_people_do(client: Client) -> None:
    words = page(client, PLAN, "catalogue/plan.html").words
    assert "NIB, SKU, TDU PKL, SKB" in words
    assert "dicentang saat mengisi NIB" in words
    assert "_" not in words


def test_plan_lists_every_paper_once(client: Client) -> None:
    for query in (CILOK, UNDECIDED):
        html = client.get(f"/cek-izin/hasil/?{query}").content.decode()
        assert sorted(part.split('"')[0] for part in html.split('data-paper="')[1:]) == sorted(OURS.licences)


def test_plan_sends_back_to_the_first_open_question(client: Client) -> None:
    response = client.get("/cek-izin/hasil/?jual=cilok&kbli=2020-56104")
    assert (response.status_code, response.headers["Location"]) == (302, f"{FINDER}?jual=cilok&kbli=2020-56104")


def test_plan_of_a_day_before_the_catalogue_is_refused_with_a_way_on(client: Client, english: Client) -> None:
    early = CILOK.replace("on=2026-11-24", "on=2021-02-01")
    refused = page(client, f"/cek-izin/hasil/?{early}", "catalogue/too_early.html", status=400)
    assert "Hukum 1 Februari 2021 tidak ada di sini. Catatan kami mulai 2 Februari 2021." in refused.words
    assert [link for link in refused.links if link.startswith("/cek-izin/hasil/")] == [
        "/cek-izin/hasil/?jual=cilok&kbli=2020-56104&place=cart&fixed_spot=yes&zone=binaan&sales=250000000"
        "&extras=1&loan=yes"
    ]
    told = page(english, f"/cek-izin/hasil/?{early}", "catalogue/too_early.html", status=400).words
    assert "Our records begin on 2 February 2021." in told


def test_plan_is_the_same_address_again_and_again(client: Client) -> None:
    first = client.get(PLAN)
    assert "Cookie" in first.headers["Vary"]
    assert client.get(PLAN, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_plan_sheet_carries_the_plan_and_its_qr(client: Client, english: Client) -> None:
    sheet = page(client, f"/cek-izin/lembar/?{CILOK}", "catalogue/plan_sheet.html")
    assert "Langkah izin usaha saya" in sheet.words
    assert "cilok – KBLI 2020 56104, Penyediaan Makanan Keliling/Tempat Tidak Tetap" in sheet.words
    html = english.get(f"/cek-izin/lembar/?{CILOK}").content.decode()
    assert 'class="qr"' in html
    assert marked_as_indonesian(html) == []


def test_plan_sheet_takes_the_longest_words_one_can_type(client: Client) -> None:
    query = urlencode({"jual": "🥟" * 80, "kbli": "unknown", "place": "home", "sales": "unknown", "extras": "1"})
    assert client.get(f"/cek-izin/lembar/?{query}").status_code == 200


@pytest.mark.parametrize("code", OURS.licences)
def test_paper_says_how_to_get_it(client: Client, english: Client, code: str) -> None:
    address = f"/cek-izin/surat/{code}/?{CILOK}"
    words = page(client, address, "catalogue/paper.html").words
    header = OURS.licences[code].header
    assert header.title in words
    assert "Kenapa:" in words and "Yang disiapkan" in words
    assert all(step.title in words for step in (*header.steps.online, *header.steps.counter))
    html = english.get(address).content.decode()
    told = PageReader(html).words
    assert header.title_en and header.title_en in told
    assert "Nomor Induk Berusaha" not in told
    assert marked_as_indonesian(html) == []


def test_paper_that_does_not_exist_is_404(client: Client) -> None:
    assert client.get(f"/cek-izin/surat/sim/?{CILOK}").status_code == 404


def test_worksheet_is_filled_from_the_answers_in_the_order_of_oss(client: Client, english: Client) -> None:
    words = page(client, f"/cek-izin/nib/?{CILOK}", "catalogue/worksheet.html").words
    groups = [group.title for group in OURS.worksheet_groups]
    assert [words.index(title) for title in groups] == sorted(words.index(title) for title in groups)
    assert "56104 (KBLI 2020) Penyediaan Makanan Keliling/Tempat Tidak Tetap" in words
    assert "Sampai Rp500 juta setahun" in words
    html = english.get(f"/cek-izin/nib/?{CILOK}").content.decode()
    assert "Data for the NIB" in html
    assert marked_as_indonesian(html) == []


def test_changes_shows_what_a_move_would_bring(client: Client, english: Client) -> None:
    words = page(client, f"/cek-izin/beda/?{CILOK}", "catalogue/changes.html").words
    assert "Pindah ke kios atau warung" in words
    assert "Mau pinjam modal" not in words
    assert "Move to a kiosk or shop" in page(english, f"/cek-izin/beda/?{CILOK}", "catalogue/changes.html").words


# --- practice, library ------------------------------------------------------------------------------------


def test_practice_lists_every_example(client: Client, english: Client) -> None:
    words = page(client, "/cek-izin/contoh/", "catalogue/practice.html").words
    assert all(example.title in words for example in OURS.examples)
    told = page(english, "/cek-izin/contoh/", "catalogue/practice.html").words
    assert all((example.title_en or "") in told for example in OURS.examples)


@pytest.mark.parametrize("number", range(1, len(OURS.examples) + 1))
def test_practice_example_names_the_article_behind_each_line(client: Client, english: Client, number: int) -> None:
    reader = page(client, f"/cek-izin/contoh/{number:02}/", "catalogue/practice_example.html")
    assert "Pasal dan isinya" in reader.words
    assert len([link for link in reader.links if link.startswith("/hukum/")]) >= len(OURS.licences)
    assert marked_as_indonesian(english.get(f"/cek-izin/contoh/{number:02}/").content.decode()) == []


def test_practice_example_that_does_not_exist_is_404(client: Client) -> None:
    assert client.get("/cek-izin/contoh/99/").status_code == 404


def test_questions_lists_all_by_topic(client: Client, english: Client) -> None:
    words = page(client, "/tanya/", "catalogue/questions.html").words
    assert all(question.question in words for question in OURS.questions.values())
    assert len(OURS.questions) >= 32
    told = page(english, "/tanya/", "catalogue/questions.html").words
    assert all((question.question_en or "") in told for question in OURS.questions.values())


def test_questions_can_be_searched_and_keep_the_words(client: Client) -> None:
    found = page(client, "/tanya/?cari=calo+NIB", "catalogue/questions.html")
    assert found.form.typed == {"cari": "calo NIB"}
    none = page(client, "/tanya/?cari=zzxxqq", "catalogue/questions.html")
    assert none.form.typed == {"cari": "zzxxqq"}
    assert "Tidak ada pertanyaan dengan kata “zzxxqq”." in none.words


@pytest.mark.parametrize("question", OURS.questions.values(), ids=lambda question: question.id)
def test_question_answers_in_both_languages(client: Client, english: Client, question) -> None:
    words = page(client, f"/tanya/{question.id}/", "catalogue/question.html").words
    assert " ".join(question.answer.split()) in words
    html = english.get(f"/tanya/{question.id}/").content.decode()
    assert " ".join((question.answer_en or "").split()) in PageReader(html).words
    assert marked_as_indonesian(html) == []


def test_question_that_does_not_exist_is_404(client: Client) -> None:
    assert client.get("/tanya/q99/").status_code == 404


def test_laws_lists_every_law(client: Client, english: Client) -> None:
    reader = page(client, "/hukum/", "catalogue/laws.html")
    assert {f"/hukum/{law}/" for law in OURS.laws} <= set(reader.links)
    assert marked_as_indonesian(english.get("/hukum/").content.decode()) == []


@pytest.mark.parametrize("law", OURS.laws.values(), ids=lambda law: law.id)
def test_law_shows_its_articles_and_days(client: Client, english: Client, law) -> None:
    html = client.get(f"/hukum/{law.id}/").content.decode()
    assert all(f'id="pasal-{key}"' in html for key in law.articles)
    assert all(" ".join(article.says.split()) in PageReader(html).words for article in law.articles.values())
    assert marked_as_indonesian(english.get(f"/hukum/{law.id}/").content.decode()) == []


def test_law_that_does_not_exist_is_404(client: Client) -> None:
    assert client.get("/hukum/uu-1-1900/").status_code == 404


def test_codes_are_listed_by_group_and_version(client: Client, english: Client) -> None:
    words = page(client, "/kbli/", "catalogue/codes.html").words
    assert "2020 · 56104" in words and "2025 · 56102" not in words
    assert "2025 · 56102" in page(client, "/kbli/?versi=2025", "catalogue/codes.html").words
    assert "Cook and serve" in page(english, "/kbli/", "catalogue/codes.html").words


def test_codes_are_found_by_market_word_number_and_title_and_the_words_kept(client: Client) -> None:
    for text, code in (("cilok", "2020 · 56104"), ("47832", "2020 · 47832"), ("alas kaki", "2020 · 47833")):
        found = page(client, f"/kbli/?{urlencode({'cari': text})}", "catalogue/codes.html")
        assert code in found.words
        assert found.form.typed == {"cari": text}
    none = page(client, "/kbli/?cari=zzxxqq", "catalogue/codes.html")
    assert "Tidak ada jenis usaha untuk “zzxxqq”." in none.words


def test_codes_lead_to_the_finder_with_their_version(client: Client) -> None:
    links = page(client, "/kbli/?versi=2025&cari=56102", "catalogue/codes.html").links
    assert f"{FINDER}?kbli=2025-56102" in links
    place = page(client, f"{FINDER}?kbli=2025-56102", "catalogue/finder_choice.html")
    assert ("kbli", "2025-56102") in place.form.hidden


def test_tables_are_one_json_file_with_every_paper(client: Client) -> None:
    told = json.loads(client.get("/cek-izin/tabel.json").content)
    assert [paper["code"] for paper in told["papers"]] == list(OURS.licences)


def test_finder_offline_needs_no_answers(client: Client) -> None:
    page(client, "/cek-izin/luring/", "catalogue/finder_offline.html")


# --- every page -------------------------------------------------------------------------------------------

REST = dict.fromkeys(["managed", "fixed_spot", "zone", "product_form", "sales"], "unknown") | {"extras": "1"}
EXAMPLES = [
    urlencode({**REST, **example.given, "kbli": f"{example.given['kbli_version']}-{example.given['kbli']}"})
    for example in OURS.examples
]
PERSONAL = ("hasil/", "lembar/", "nib/", "beda/", *(f"surat/{code}/" for code in OURS.licences))
VENDOR_PAGES = [
    FINDER,
    f"{FINDER}?tanya=jual&jual=cilok",
    *(f"{FINDER}?{CILOK}&ubah={asked}" for asked in ("jual", "place", "fixed_spot", "zone", "sales", "extras")),
    f"{FINDER}?kbli=2020-10794&place=home",
    f"{FINDER}?kbli=2020-47832&place=market_stall",
    *(f"/cek-izin/{name}?{CILOK}" for name in PERSONAL),
    *(f"/cek-izin/hasil/?{query}" for query in (UNDECIDED, *EXAMPLES)),
    *(f"/cek-izin/beda/?{query}" for query in EXAMPLES),
    "/cek-izin/contoh/",
    "/tanya/",
    *(f"/tanya/{question}/" for question in OURS.questions),
    "/hukum/",
    *(f"/hukum/{law}/" for law in OURS.laws),
]


@pytest.mark.parametrize("address", VENDOR_PAGES)
def test_every_page_of_a_vendor_fits_in_14_kb(client: Client, english: Client, address: str) -> None:
    for visitor in (client, english):
        response = visitor.get(address)
        assert response.status_code == 200
        assert len(gzip.compress(response.content, 6)) <= BUDGET


@pytest.mark.django_db  # the foot leads to pages of the register
@pytest.mark.parametrize(
    "address", [PLAN, f"/cek-izin/hasil/?{UNDECIDED}", f"/cek-izin/surat/halal/?{CILOK}", "/tanya/"]
)
def test_every_link_within_the_site_leads_somewhere(client: Client, address: str) -> None:
    links = {link for link in PageReader(client.get(address).content.decode()).links if link.startswith("/")}
    assert len(links) > 5
    assert {
        link: client.get(link).status_code for link in links if client.get(link).status_code not in (200, 302)
    } == {}


NAMES = st.sampled_from(
    ["jual", "kbli", "place", "fixed_spot", "managed", "zone", "product_form", "sales", "extras", "non_halal", "loan",
     "on", "ubah", "tanya", "pilih", "cari", "versi", "bahasa", "kbli_version", "capital", "next"]
)  # fmt: skip
VALUES = st.one_of(
    st.sampled_from(["", "unknown", "yes", "no", "1", "cart", "2020-56104", "2025-56102", "2020-99999", "-", "2020",
                     "250000000", "9999999999999999999", "cilok", "jual", "place", "0001-01-01", "9999-12-31",
                     "2021-02-01", "2026-W48-2", "20261124", "\x00", "%00", "<b>", "' OR 1=1", "{{ 7 }}",
                     "٢٠٢٠-٥٦١٠٤"]),
    st.text(max_size=100),
)  # fmt: skip
PATHS = st.sampled_from(
    [FINDER, *(f"/cek-izin/{name}" for name in ("hasil/", "lembar/", "nib/", "beda/", "surat/nib/", "surat/halal/")),
     "/tanya/", "/kbli/", "/hukum/", "/cek-izin/contoh/01/"]
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(PATHS, st.lists(st.tuples(NAMES | st.text(max_size=8), VALUES), max_size=9))
def test_no_address_whatever_breaks_a_page(path: str, query: list[tuple[str, str]]) -> None:
    client = Client()
    response = client.get(f"{path}?{urlencode(query, errors='replace')}")
    for _ in range(3):
        assert response.status_code in (200, 302, 400)
        if response.status_code != 302:
            break
        response = client.get(response.headers["Location"])
    assert response.status_code != 302, "redirects in a circle"


@pytest.mark.parametrize(
    "query", ["%ED%A0%80", "jual=%FF%FE", "&&&==&", "kbli=2020-56104&kbli=bad", "%", "on=" + "1" * 5000]
)
def test_malformed_addresses_are_answered(client: Client, query: str) -> None:
    for path in (FINDER, "/cek-izin/hasil/", "/kbli/", "/tanya/"):
        assert client.get(path, QUERY_STRING=query).status_code in (200, 302, 400)


def test_offices_say_where_to_go_and_never_invent_hours(client):
    html = client.get("/kantor/").content.decode()
    assert "Jl. Ir. H. Juanda No. 100" in html
    assert "Jam buka belum kami ketahui." in html
    assert marked_as_indonesian(html) == []


def test_offices_tell_the_next_days_off(client):
    with time_machine.travel("2026-12-24T03:00:00+07:00"):
        html = client.get("/kantor/").content.decode()
    assert "Hari ini kantor libur." in html
    assert "Jumat, 25 Desember 2026" in html
    assert html.index("Kamis, 24 Desember 2026") < html.index("Jumat, 25 Desember 2026")


def test_offices_are_complete_in_english(english):
    assert marked_as_indonesian(english.get("/kantor/").content.decode()) == []
