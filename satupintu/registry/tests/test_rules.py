"""NIK, phones, masks, names, doubles and rows, decided without anything to look up."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satupintu.registry.rules import doubles, identity, names, rows
from satupintu.registry.rules.lists import NumberForm, read_number
from satupintu.registry.rules.plans import standings

TODAY = date(2026, 11, 24)
AREAS = {"32.75.11"}


def read(typed: str) -> identity.Nik:
    return identity.read_nik(typed, AREAS, TODAY)


def test_a_nik_tells_the_day_of_birth_and_a_woman_by_forty_more() -> None:
    man, woman = read("3275111201800001"), read("3275115201800001")
    assert (man.born, man.woman, man.warnings) == (date(1980, 1, 12), False, ())
    assert (woman.born, woman.woman) == (date(1980, 1, 12), True)


@pytest.mark.parametrize(
    ("typed", "born"),
    [
        ("3275110101110001", date(2011, 1, 1)),  # fifteen this year
        ("3275110101120001", date(1912, 1, 1)),  # fourteen would be too young to run a business
        ("3275112902000001", date(2000, 2, 29)),  # 1900 was no leap year
        ("3275112411110001", date(2011, 11, 24)),
    ],
)
def test_the_century_is_the_one_in_which_somebody_is_old_enough(typed: str, born: date) -> None:
    assert read(typed).born == born


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("327511120180001", "NIK harus 16 angka. Sekarang baru 15."),
        ("32751112018000011", "NIK harus 16 angka. Sekarang ada 17."),
        ("32751112018000O1", "NIK berisi angka saja. Periksa KTP lalu isi lagi."),
        ("3275111201800000", "Empat angka terakhir NIK tidak boleh 0000. Periksa KTP lalu isi lagi."),
        ("3275113201800001", "Tanggal lahir di NIK ini tidak mungkin. Periksa angka ke-7 sampai ke-12 di KTP."),
        ("3275114001800001", "Tanggal lahir di NIK ini tidak mungkin. Periksa angka ke-7 sampai ke-12 di KTP."),
        ("3275117201800001", "Tanggal lahir di NIK ini tidak mungkin. Periksa angka ke-7 sampai ke-12 di KTP."),
        ("3275111213800001", "Tanggal lahir di NIK ini tidak mungkin. Periksa angka ke-7 sampai ke-12 di KTP."),
        ("3275113002810001", "Tanggal lahir di NIK ini tidak mungkin. Periksa angka ke-7 sampai ke-12 di KTP."),
    ],
)
def test_a_number_that_cannot_be_a_nik_is_explained(typed: str, says: str) -> None:
    with pytest.raises(identity.BadNik) as refused:
        read(typed)
    assert str(refused.value) == says


def test_a_nik_from_elsewhere_is_a_warning_only() -> None:
    found = read("3171 0112.0180-0001")
    assert (found.value, found.warnings) == ("3171011201800001", ("Wilayah 317101 di NIK ini di luar daftar kami.",))


@given(
    st.dates(date(1920, 1, 1), date(2011, 11, 24)), st.booleans(), st.integers(1, 9999), st.sampled_from(["", " ", "."])
)
def test_every_nik_made_by_the_rule_is_read_back(born: date, woman: bool, serial: int, between: str) -> None:
    if born.year < 1912 or (born.year % 100 <= 11 and born.year < 2000):
        return
    digits = f"327511{born.day + 40 * woman:02}{born.month:02}{born.year % 100:02}{serial:04}"
    found = read(between.join([digits[:6], digits[6:12], digits[12:]]))
    if (2000 + born.year % 100, born.month, born.day) <= (2011, 11, 24):
        assert found.born.year in (born.year, 2000 + born.year % 100)
    else:
        assert found.born == born
    assert (found.value, found.woman) == (digits, woman)


@given(st.text(alphabet="0123456789", max_size=20))
def test_a_mask_never_shows_more_than_ten_digits(value: str) -> None:
    masked = identity.masked_nik(value)
    assert len(masked) == len(value)
    assert sum(sign.isdigit() for sign in masked) <= 10
    assert masked.count("*") >= 6 or len(value) < 6


def test_a_mask_shows_the_first_six_and_the_last_four() -> None:
    assert identity.masked_nik("3275011201800001") == "327501******0001"
    assert identity.masked_nik("") == ""


@pytest.mark.parametrize(
    "typed",
    ["081234567890", "0812 3456 7890", "0812-3456.7890", "+6281234567890", "+62 812 3456 7890", "62812 34567890"],
)
def test_a_phone_number_is_the_same_however_written(typed: str) -> None:
    assert identity.read_phone(typed) == "+6281234567890"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("0812", "Nomor HP ini tidak lengkap. Tulis nomor WA, contoh 0812 3456 7890."),
        ("nomor saya", "Nomor HP ini tidak lengkap. Tulis nomor WA, contoh 0812 3456 7890."),
        ("021 22102950", "Nomor HP ini tidak lengkap. Tulis nomor WA, contoh 0812 3456 7890."),
        ("+1 202 555 0123", "Nomor ini bukan nomor Indonesia. Tulis nomor yang berawal 08 atau +62."),
    ],
)
def test_a_number_that_is_no_indonesian_mobile_is_explained(typed: str, says: str) -> None:
    with pytest.raises(identity.BadPhone) as refused:
        identity.read_phone(typed)
    assert str(refused.value) == says


@given(st.text(alphabet="0123456789+", max_size=18))
def test_a_masked_phone_shows_at_most_eight_digits(value: str) -> None:
    assert sum(sign.isdigit() for sign in identity.masked_phone(value)) <= 8


@pytest.mark.parametrize("n", [1, 20, 9999, 2_001_000])
def test_demo_numbers_are_impossible(n: int) -> None:
    with pytest.raises(identity.BadNik):
        read(identity.impossible_nik(n))
    with pytest.raises(identity.BadPhone):
        identity.read_phone(identity.impossible_phone(n))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Soekarto", "Sukarto"),
        ("Djoko Tjahjo", "joko cahjo"),
        ("Achmad", "Ahmad"),
        ("Mochammad", "mohamad"),
        ("Novita", "nofita"),
        ("Ibu Dara", "DARA"),
        ("D'ara", "dara"),
        ("Dára", "dara"),
    ],
)
def test_old_and_present_spellings_meet(first: str, second: str) -> None:
    assert names.words(first) == names.words(second)


def test_forms_of_address_stay_when_there_is_nothing_else() -> None:
    assert names.words("Pak Haji") == ["pak", "haji"]


@given(st.text(max_size=40))
def test_words_are_folded_once_for_all(text: str) -> None:
    found = names.words(text)
    assert len(found) <= names.MOST_WORDS
    assert all(names.folded(word) == word or len(word) == 30 for word in found if word.isascii() and "v" not in word)
    assert all(1 <= len(word) <= 30 for word in found)


@given(st.text(alphabet="abcde", min_size=1, max_size=12))
def test_a_word_shares_all_its_trigrams_with_itself_and_likeness_is_complete(word: str) -> None:
    assert names.word_likeness(word, word) == 100
    assert len(names.trigrams(word)) >= 1
    assert all(len(piece) == 3 for piece in names.trigrams(word))


def traits(name: str = "Dara Lima", nik: str = "", phone: str = "", *places: str) -> doubles.Traits:
    return doubles.Traits(name, nik, phone, frozenset(places))


@pytest.mark.parametrize(
    ("first", "second", "score", "reasons"),
    [
        (traits(nik="n"), traits("Lain Nama", nik="n"), 100, ("same_nik",)),
        (traits(nik="n"), traits(nik="n"), 140, ("same_nik", "similar_name")),
        (traits(phone="p"), traits("Lain Nama", phone="p"), 60, ("same_phone",)),
        (traits("Dara Lima", "", "", "r"), traits("Darra Limma", "", "", "r"), 40, ("similar_name",)),
        (traits("Dara Lima", "", "", "r"), traits("Dara Lima", "", "", "s"), 0, ()),
        (traits("Dara Lima", "a", "", "r"), traits("Dara Lima", "b", "", "r"), 0, ()),
        (traits("Dara", "a", "p", "r"), traits("Dara", "b", "p", "r"), 40, ("same_phone",)),
        (traits("Dara Lima", "", "", "r"), traits("Tenda Biru", "", "", "r"), 0, ()),
    ],
)
def test_two_entries_are_compared_with_reasons(
    first: doubles.Traits, second: doubles.Traits, score: int, reasons: tuple[str, ...]
) -> None:
    assert doubles.likeness(first, second) == doubles.Likeness(score, reasons)
    assert doubles.likeness(second, first) == doubles.Likeness(score, reasons)


def test_a_merge_keeps_its_own_values_takes_the_chosen_and_fills_gaps() -> None:
    empty = dict.fromkeys(doubles.CHOOSABLE, "")
    kept = empty | {"display_name": "A", "sex": "male"}
    removed = empty | {"display_name": "B", "sex": "female", "phone": "+62811"}
    merged = doubles.merged_values(kept, removed, frozenset({"display_name"}))
    assert merged == empty | {"display_name": "B", "sex": "male", "phone": "+62811"}


def test_what_cannot_be_chosen_is_named() -> None:
    with pytest.raises(ValueError, match="Isian ref tidak bisa dipilih"):
        doubles.merged_values({}, {}, frozenset({"ref"}))


NOON = datetime(2026, 11, 24, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("days", "undone", "again", "says"),
    [
        (0, False, False, None),
        (30, False, False, None),
        (31, False, False, "Penggabungan hanya bisa diurungkan dalam 30 hari."),
        (1, True, False, "Penggabungan ini sudah diurungkan."),
        (1, False, True, "Data ini sudah digabung lagi. Urungkan penggabungan yang terakhir dulu."),
    ],
)
def test_a_merge_can_be_undone_for_thirty_days(days: int, undone: bool, again: bool, says: str | None) -> None:
    at = NOON + timedelta(days=days)
    said = doubles.undo_problem(merged_at=NOON, undone_at=NOON if undone else None, merged_again=again, at=at)
    assert said == says


NIB = NumberForm(digits=13, says="NIB berisi 13 angka", says_en="x", source="PIA", confidence="sure")


def test_a_paper_number_of_known_form_is_checked_and_others_are_kept_as_written() -> None:
    assert read_number(NIB, "1234 5678.90-123") == "1234567890123"
    assert read_number(None, "  P-IRT  206 / 3275 ") == "P-IRT 206 / 3275"
    with pytest.raises(ValueError, match=r"NIB berisi 13 angka\. Sekarang ada 12\. Periksa suratnya lalu isi lagi\."):
        read_number(NIB, "123456789012")


def test_a_table_without_its_head_is_explained() -> None:
    found = [(f.column, f.what) for f in rows.head_faults(["nama", "umur", "nama"], 0)]
    assert found == [
        ("wilayah", "Kolom ini wajib ada. Tambahkan lalu kirim lagi."),
        ("nama", "Kolom ini ada dua kali. Sisakan satu."),
        ("umur", f"Kolom ini tidak dikenal. Yang dikenal: {', '.join(rows.COLUMNS)}."),
        ("", "Tabelnya kosong. Isi minimal satu baris."),
    ]


def test_a_row_is_read_and_its_faults_hold_no_value() -> None:
    cells = {"nama": "Pedagang 01", "kelamin": "X", "tahun_lahir": "7x", "wilayah": "Bulan", "kbli": "56104"}
    values, faults = rows.row_values(7, cells, {"mustikasari": "32.75.11.1004"})
    assert values.person["region"] == ""
    assert values.business == {
        "trade_name": "", "place": "", "address": "", "market": "", "stall_label": "", "code": "56104", "version": "",
    }  # fmt: skip
    assert [(f.row, f.column) for f in faults] == [(7, "kelamin"), (7, "tahun_lahir"), (7, "wilayah")]
    assert not any(value in fault.what for fault in faults for value in cells.values())


def test_a_paper_inside_another_is_done_with_it_and_is_never_next() -> None:
    steps = [("kkpr", ()), ("nib", ()), ("slhs", ("nib", "kkpr"))]

    def told(finished: set[str]) -> list[str]:
        return [s.state for s in standings(steps, finished, {"kkpr": "nib", "sppl": "tdu"})]

    assert told(set()) == ["not-started", "your-turn", "locked"]
    assert told({"nib"}) == ["done", "done", "your-turn"]
    assert told({"kkpr"}) == ["done", "your-turn", "locked"]
    # Where the outer paper is no step, the inner one stands for itself.
    assert [s.state for s in standings([("kkpr", ())], set(), {"kkpr": "nib"})] == ["your-turn"]
