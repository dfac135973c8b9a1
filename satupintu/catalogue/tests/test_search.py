"""The word search: market words in, codes out, in Python and in the browser."""

import csv
import functools
import json
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

from satupintu.catalogue.queries.core import catalogue, word_index
from satupintu.catalogue.rules.search import Index, Suggestion, build, suggest, to_json
from satupintu.catalogue.rules.search.writing import plain, sound

HELD_OUT = Path(__file__).parents[3] / "bench" / "kbli_phrases.csv"
OURS = Path(__file__).with_name("phrases.csv")
SCRIPT = Path(__file__).parents[1] / "static" / "catalogue" / "search.js"

FULL_LIST = [
    ("2020", "01111", "Pertanian Jagung"),
    ("2020", "01450", "Peternakan Kambing"),
    ("2020", "77100", "Aktivitas Penyewaan dan Sewa Guna Usaha Tanpa Hak Opsi Mobil, Bus, Truk dan Sejenisnya"),
    ("2020", "74201", "Aktivitas Fotografi"),
    ("2020", "28291", "Industri Mesin Percetakan"),
]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def index() -> Index:
    """Our own words and codes, as the finder uses them."""
    return word_index()


@pytest.fixture(scope="module")
def full_index() -> Index:
    """The same words beside a list that a deployment imported, cut short."""
    known = catalogue()
    ours = [(code.version, code.code, code.title) for code in known.codes.values()]
    return build(known.words.files, [*ours, *FULL_LIST])


def codes(index: Index, query: str, **options: Any) -> list[str]:
    return [found.code for found in suggest(index, query, **options)]


def first(index: Index, query: str) -> Suggestion:
    return suggest(index, query)[0]


def share_among_first(index: Index, path: Path, places: int) -> float:
    phrases = rows(path)
    hits = [set(codes(index, row["phrase"])[:places]) & set(row["codes"].split("|")) for row in phrases]
    return sum(map(bool, hits)) / len(phrases)


# ---- how often it is right


def test_the_right_code_is_among_the_first_three_for_95_percent_of_the_held_out_phrases(index: Index) -> None:
    assert len(rows(HELD_OUT)) >= 150
    assert share_among_first(index, HELD_OUT, 3) >= 0.95


def test_the_right_code_comes_first_for_95_percent_of_our_own_phrases(index: Index) -> None:
    assert len(rows(OURS)) >= 150
    assert share_among_first(index, OURS, 1) >= 0.95


def test_an_imported_full_list_does_not_spoil_the_market_words(index: Index, full_index: Index) -> None:
    wanted = [codes(index, row["phrase"])[:3] for row in rows(OURS)]
    assert [codes(full_index, row["phrase"])[:3] for row in rows(OURS)] == wanted


# ---- the word files


def test_at_least_600_market_words_are_mapped() -> None:
    assert len({row["word"] for row in catalogue().words.files["goods"]}) >= 600


def test_every_goods_word_alone_leads_to_the_usual_code_of_its_class(index: Index) -> None:
    classes = {row["class"]: row for row in catalogue().words.files["classes"]}
    wrong = []
    for row in catalogue().words.files["goods"]:
        group = classes[row["class"]]
        usual = group[row["way"] or group["order"].split(";")[0]]
        if codes(index, row["word"])[:1] != [usual]:
            wrong.append((row["word"], usual, codes(index, row["word"])))
    assert wrong == []


def test_every_mapped_code_is_a_code_of_2020_that_we_describe(index: Index) -> None:
    mapped = {code for group in index.groups for code in (*group.codes.values(), *group.also)}
    assert mapped <= {code.code for code in catalogue().codes.values() if code.version == "2020"}


def test_every_code_of_2020_that_we_describe_can_be_reached_by_a_market_word(index: Index) -> None:
    mapped = {code for group in index.groups for code in (*group.codes.values(), *group.also)}
    described = {code.code for code in catalogue().codes.values() if code.version == "2020" and code.group}
    assert described - mapped == set()


def test_a_goods_word_of_an_unknown_class_is_refused() -> None:
    files = dict(catalogue().words.files)
    files["goods"] = [{"word": "cilok", "class": "tidak_ada", "way": "", "kind": "market"}]
    with pytest.raises(KeyError, match="tidak_ada"):
        build(files, [])


# ---- goods, activity and place together


@pytest.mark.parametrize(
    ("query", "code", "activity"),
    [
        ("goreng keripik di tempat", "56104", "cook_serve"),
        ("bikin keripik", "10794", "make_pack"),
        ("produksi keripik kemasan", "10794", "make_pack"),
        ("keripik", "47829", "resell"),
        ("keripik ambil dari agen jual lagi", "47829", "resell"),
    ],
)
def test_cooking_packing_and_reselling_the_same_goods_differ(
    index: Index, query: str, code: str, activity: str
) -> None:
    found = first(index, query)
    assert (found.code, found.activity) == (code, activity)


@pytest.mark.parametrize(
    ("query", "code", "way"),
    [
        ("nasi goreng gerobak", "56104", "cart"),
        ("nasi goreng tenda", "56103", "street_stall"),
        ("nasi goreng di ruko", "56102", "kiosk"),
        ("restoran nasi goreng", "56101", "kiosk"),
        ("baju di pasar", "47832", "market_stall"),
        ("baju keliling", "47994", "cart"),
        ("baju di shopee", "47912", "online"),
        ("es cendol keliling", "56306", "cart"),
        ("es cendol tenda", "56304", "street_stall"),
        ("sayur keliling", "47991", "cart"),
        ("roti keliling", "47992", "cart"),
    ],
)
def test_the_place_changes_the_code(index: Index, query: str, code: str, way: str) -> None:
    found = first(index, query)
    assert (found.code, found.way) == (code, way)


def test_without_a_place_the_usual_one_comes_first_and_the_other_likely_ones_follow(index: Index) -> None:
    assert codes(index, "cilok", limit=3) == ["56104", "56103", "56102"]


@pytest.mark.parametrize(
    ("query", "code"),
    [("hp", "47877"), ("servis hp", "95120"), ("hp bekas", "47896"), ("baju", "47832"), ("jahit baju", "14120")],
)
def test_repair_and_second_hand_change_the_code(index: Index, query: str, code: str) -> None:
    assert first(index, query).code == code


def test_the_first_goods_word_names_the_goods_and_the_next_only_describes_them(index: Index) -> None:
    assert first(index, "kerupuk ikan tenggiri").code == "47829"
    assert first(index, "pakan burung").code == "47828"


def test_goods_that_are_listed_are_all_answered(index: Index) -> None:
    assert codes(index, "jual pulsa sama gorengan, kopi", limit=3) == ["61999", "56104", "56306"]


def test_a_verb_said_before_its_goods_is_understood_as_making_them(index: Index) -> None:
    assert first(index, "ngasap ikan").code == "10212"
    assert first(index, "ikan asap").code == "47825"


def test_the_words_that_decided_are_named_in_the_order_they_were_said(index: Index) -> None:
    assert first(index, "mau jual ciloook kliling").because == "cilok, keliling"
    assert first(index, "gerobak bakso").because == "gerobak, bakso"


# ---- writing


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("baksso", "56104"),
        ("peecl lele", "56103"),
        ("pecelele", "56103"),
        ("nasi gorng gerobak", "56104"),
        ("sayur2an", "47813"),
        ("b4kso", "56104"),
        ("ikn segar", "47815"),
        ("prozen fud", "47825"),
        ("loundry", "96200"),
        ("fotocopy", "82190"),
        ("vermak jins", "95291"),
        ("krupuk", "47829"),
        ("ci lok", "56104"),
        ("njahit klambi", "14120"),
    ],
)
def test_chat_spelling_and_typing_mistakes_are_forgiven(index: Index, query: str, code: str) -> None:
    assert first(index, query).code == code


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kripik", "keripik"),
        ("kwaci", "qwaci"),
        ("djamoe", "jamu"),
        ("frozen", "prozen"),
        ("telor", "telur"),
        ("teh", "te"),
    ],
)
def test_writings_that_sound_alike_share_a_key(one: str, other: str) -> None:
    assert sound(one) == sound(other)


def test_words_said_twice_are_heard_once() -> None:
    assert plain({}, "Gado-gado & sayur2, buah-buahan") == ["gado", "dan", "sayur", "dan", "buah"]


def test_a_short_word_is_never_bent_into_another(index: Index) -> None:
    assert suggest(index, "ux") == []


# ---- nothing to say


@pytest.mark.parametrize(
    "query", ["", "   ", "???", "123", "asdfgh qwerty", "saya mau jualan", "kursus bahasa", "<script>"]
)
def test_what_no_word_explains_gives_nothing(index: Index, query: str) -> None:
    assert suggest(index, query) == []


def test_a_trade_outside_our_words_is_not_guessed_from_its_place(index: Index) -> None:
    assert suggest(index, "sewa tenda") == []


def test_only_the_first_200_letters_are_read(index: Index) -> None:
    assert codes(index, "cilok " + "x" * 100_000) == codes(index, "cilok " + "x" * 300)
    assert suggest(index, "z" * 200 + " cilok") == []


def test_an_unknown_version_gives_nothing(index: Index) -> None:
    assert suggest(index, "cilok", version="2015") == []


# ---- titles and versions


def test_what_is_not_a_market_word_is_looked_up_in_the_official_titles(full_index: Index) -> None:
    assert codes(full_index, "fotografi") == ["74201"]
    assert codes(full_index, "rental sewa mobil") == ["77100"]


def test_official_titles_rank_below_market_words(full_index: Index) -> None:
    found = suggest(full_index, "pertanian jagung")
    assert found[0].code == "47811"
    assert "01111" in [s.code for s in found]
    assert min(s.score for s in found if s.activity) > max(s.score for s in found if not s.activity)


def test_a_code_typed_as_digits_is_found(index: Index) -> None:
    assert first(index, "kbli 56104")[:2] == ("2020", "56104")


def test_codes_of_2025_come_with_titles_of_2025(index: Index) -> None:
    found = suggest(index, "pecel lele tenda", version="2025")[0]
    title = next(c.title for c in catalogue().codes.values() if (c.version, c.code) == ("2025", "56102"))
    assert (found.version, found.code, found.title) == ("2025", "56102", title)


def test_a_code_of_2020_that_was_split_gives_all_its_partners(index: Index) -> None:
    partners = [p.code_2025 for p in catalogue().pairings if p.code_2020 == "47819" and p.code_2025]
    assert len(partners) > 1
    assert codes(index, "tanaman hias", version="2025")[: len(partners)] == partners


# ---- whatever is typed


@given(
    text=st.text(max_size=300), limit=st.integers(min_value=0, max_value=8), version=st.sampled_from(["2020", "2025"])
)
def test_any_text_gives_at_most_the_limit_in_falling_order_and_the_same_again(
    text: str, limit: int, version: str
) -> None:
    index = word_index()
    found = suggest(index, text, limit, version)
    assert len(found) <= limit
    assert len({s.code for s in found}) == len(found)
    assert all(0 <= s.score <= 1 and s.because and s.version == version for s in found)
    assert [s.score for s in found] == sorted((s.score for s in found), reverse=True)
    assert suggest(index, text, limit, version) == found


# ---- the browser


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder without writing to the terminal."""

    def log_message(self, format: str, *args: Any) -> None:
        """Nobody reads it."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A loopback address with the script and an empty page."""
    folder = tmp_path_factory.mktemp("search")
    (folder / "index.html").write_text("<!doctype html><title>-</title>", encoding="utf-8")
    (folder / "search.js").write_bytes(SCRIPT.read_bytes())
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


def in_browser(browser: Browser, address: str, index: Index, queries: list[str], version: str) -> list[list[Any]]:
    """What the script suggests for each query, as rows like Suggestion."""
    page = browser.new_page()
    page.goto(address)
    found: list[list[Any]] = page.evaluate(
        """async ([data, queries, version]) => {
            const { load, suggest } = await import("/search.js");
            const index = load(JSON.parse(data));
            const row = (s) => [s.version, s.code, s.title, s.score, s.because, s.activity, s.way];
            return queries.map((query) => suggest(index, query, 5, version).map(row));
        }""",
        [json.dumps(to_json(index, every_title=True)), queries, version],
    )
    page.close()
    return found


STRANGE = [
    "",
    "constructor",
    "__proto__ cilok",
    "Ḃakso ﬁlm",
    "sayur²",
    "ＣＩＬＯＫ",
    "cilok’s",
    "𝒸𝒾𝓁ℴ𝓀",
    "x" * 500,
    "56104",
    "hasOwnProperty",
]


@pytest.mark.browser
@pytest.mark.parametrize("version", ["2020", "2025"])
def test_the_browser_suggests_what_python_suggests(
    browser: Browser, address: str, index: Index, full_index: Index, version: str
) -> None:
    queries = [row["phrase"] for path in (OURS, HELD_OUT) for row in rows(path)]
    queries += [row["word"] for row in catalogue().words.files["goods"]][::5]
    queries += [title for _, _, title in FULL_LIST] + STRANGE
    for known in (index, full_index):
        expected = [[list(s) for s in suggest(known, query, 5, version)] for query in queries]
        shown = in_browser(browser, address, known, queries, version)
        differing = [(q, a, b) for q, a, b in zip(queries, expected, shown, strict=True) if a != b]
        assert differing == []


@pytest.mark.browser
def test_the_small_index_for_phones_answers_market_words_like_the_full_one(
    browser: Browser, address: str, full_index: Index
) -> None:
    small = Index(to_json(full_index))
    queries = [row["phrase"] for row in rows(OURS)]
    expected = [[list(s) for s in suggest(full_index, query, 3)] for query in queries]
    page_rows = in_browser(browser, address, small, queries, "2020")
    assert [found[:3] for found in page_rows] == expected
