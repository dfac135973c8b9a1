"""What typed marks mean, which items are asked, and what two entries of a paper come to."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satupintu.surveys import reading
from satupintu.surveys.rules.answers import (
    as_figure,
    asked,
    item_before,
    kept_values,
    next_item,
    read_card,
    read_sheet,
    read_value,
)
from satupintu.surveys.rules.double_entry import (
    Difference,
    Typed,
    agreement,
    differences,
    in_order,
    next_entry,
    standing,
    twice,
)
from satupintu.surveys.rules.questionnaires import Item
from satupintu.surveys.rules.tables import Fault, read_rows

FORMS = reading.library().on(date(2026, 11, 24))
NEEDS, STATEMENTS, KNOWLEDGE = FORMS["needs_interview"], FORMS["paper_statements"], FORMS["knowledge_test"]


def of(form_code: str, code: str) -> Item:
    item = FORMS[form_code].item(code)
    assert item is not None
    return item


@pytest.mark.parametrize(
    ("item", "typed", "value"),
    [
        (("paper_statements", "s1"), "1", "yes"),
        (("paper_statements", "s1"), " Y ", "yes"),
        (("paper_statements", "s1"), "ya", "yes"),
        (("paper_statements", "s1"), "0", "no"),
        (("paper_statements", "s1"), "t", "no"),
        (("paper_statements", "s1"), "Belum", "no"),
        (("paper_statements", "s1"), "  ", ""),
        (("paper_response", "r1"), "5", "5"),
        (("needs_interview", "n2"), "cart", "cart"),
        (("needs_interview", "n2"), "2", "street_stall"),
        (("needs_interview", "n5"), "2, 1", "ktp;nib"),
        (("needs_interview", "n5"), "nib;ktp", "ktp;nib"),
        (("needs_interview", "n5"), "6", "none"),
        (("needs_interview", "n3"), "012", "12"),
        (("licence_readiness", "l6"), "1.000", "1000"),
        (("needs_interview", "n1"), " cilok   dan es ", "cilok dan es"),
    ],
)
def test_a_typed_mark_is_read_as_a_value(item: tuple[str, str], typed: str, value: str) -> None:
    assert read_value(of(*item), typed) == value


@pytest.mark.parametrize(
    ("item", "typed", "said"),
    [
        (("paper_statements", "s1"), "2", "Tulis 1 atau y untuk Ya, 0 atau t untuk Belum."),
        (("paper_response", "r1"), "6", "Tulis angka 1 sampai 5."),
        (("paper_response", "r1"), "4,5", "Tulis angka 1 sampai 5."),
        (("needs_interview", "n2"), "6", "Tulis nomor pilihannya, 1 sampai 5."),
        (("needs_interview", "n5"), "1;none", "'Belum punya' tidak bisa dipilih bersama yang lain."),
        (("needs_interview", "n3"), "2,5", "Tulis angka bulat, misalnya 12."),
        (("needs_interview", "n3"), "81", "Tulis angka 0 sampai 80."),
        (("licence_readiness", "l6"), "0", "Tulis angka 1 sampai 1000."),
        (("needs_interview", "n1"), "x" * 1001, "Terlalu panjang. Paling banyak 1000 huruf."),
    ],
)
def test_a_mark_that_means_nothing_is_refused_with_what_to_type(item: tuple[str, str], typed: str, said: str) -> None:
    with pytest.raises(ValueError, match=r"Tulis|Terlalu|tidak bisa") as refused:
        read_value(of(*item), typed)
    assert str(refused.value) == said


def test_an_item_is_asked_only_if_its_condition_holds() -> None:
    def codes(values: dict[str, str]) -> list[str]:
        return [item.code for item in asked(NEEDS, values)]

    assert "n6" not in codes({}) and "n6" not in codes({"n5": "ktp"})
    assert "n6" in codes({"n5": "ktp;nib"})


def test_the_next_item_is_the_first_without_an_entry_and_a_skipped_one_counts_as_seen() -> None:
    values = {"n1": "cilok", "n2": "", "n3": "3", "n4": "no", "n5": "ktp"}
    following = next_item(NEEDS, values)
    assert following is not None and following.code == "n7"
    values |= {"n7": "none", "n8": "yes", "n9": ""}
    assert next_item(NEEDS, values) is None


def test_the_way_back_leads_over_asked_items_only() -> None:
    before = item_before(NEEDS, {"n5": "ktp"}, "n7")
    assert before is not None and before.code == "n5"
    before = item_before(NEEDS, {"n5": "nib"}, "n7")
    assert before is not None and before.code == "n6"
    assert item_before(NEEDS, {}, "n1") is None


def test_a_changed_answer_takes_what_hung_on_it_with_it() -> None:
    values = {"n5": "nib", "n6": "self", "n8": "yes", "n9": ""}
    assert kept_values(NEEDS, values) == {"n5": "nib", "n6": "self", "n8": "yes"}
    assert kept_values(NEEDS, values | {"n5": "ktp"}) == {"n5": "ktp", "n8": "yes"}


def test_a_sheet_names_every_fault_by_item() -> None:
    sheet = read_sheet(NEEDS, {"n2": "9", "n5": "1", "n6": "self", "zz": "1"})
    assert dict(sheet.faults) == {
        "zz": "Butir ini tidak ada di kuesioner.",
        "n2": "Tulis nomor pilihannya, 1 sampai 5.",
        "n6": "Kosongkan. Butir ini hanya ditanyakan kalau nomor 5 dijawab NIB (Nomor Induk Berusaha).",
    }
    assert read_sheet(STATEMENTS, {"s1": " "}).faults == {"s1": "Lembar ini kosong. Isi minimal satu jawaban."}


@given(st.dictionaries(st.sampled_from([item.code for item in NEEDS.items]), st.text(max_size=12)))
def test_a_sheet_read_without_fault_holds_only_asked_items_and_reads_the_same_again(typed: dict[str, str]) -> None:
    sheet = read_sheet(NEEDS, typed)
    if not sheet.faults:
        assert {*sheet.values} <= {item.code for item in asked(NEEDS, sheet.values)}
        assert read_sheet(NEEDS, sheet.values) == sheet
        assert kept_values(NEEDS, sheet.values) == sheet.values


def test_figures_for_the_evaluation() -> None:
    assert as_figure(of("paper_statements", "s1"), "yes") == ("1", "yesno")
    assert as_figure(of("paper_statements", "s1"), "no") == ("0", "yesno")
    assert as_figure(of("paper_response", "r1"), "4") == ("4", "likert5")
    assert as_figure(of("knowledge_test", "k1"), "proof") == ("1", "yesno")
    assert as_figure(of("knowledge_test", "k1"), "unknown") == ("0", "yesno")
    assert as_figure(of("needs_interview", "n3"), "4") is None


@pytest.mark.parametrize(("typed", "code"), [("p001", "P001"), ("7", "P007"), (" P-12 ", "P12"), ("20", "P020")])
def test_a_card_code_is_read_as_printed(typed: str, code: str) -> None:
    assert read_card(typed) == code


@pytest.mark.parametrize("typed", ["", "P", "kartu", "P1234567", "P0:1"])
def test_what_is_no_card_code_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"^Tulis kode kartu, contoh P001 atau 1\.$"):
        read_card(typed)


AT = datetime(2026, 11, 24, tzinfo=UTC)


def typed(minute: int, entry: int, by: str = "user:1", **values: str) -> Typed:
    return Typed(AT + timedelta(minutes=minute), entry, by, str(minute), values)


def test_differences_name_both_marks_and_a_missing_one() -> None:
    assert differences({"s1": "yes", "s2": "no"}, {"s1": "yes", "s2": "yes", "s3": "no"}) == (
        Difference("s2", "no", "yes"),
        Difference("s3", "", "no"),
    )


def test_agreement_counts_every_item_that_somebody_typed() -> None:
    found = agreement([({"s1": "yes", "s2": "no"}, {"s1": "yes", "s2": "yes"}), ({"s1": "no"}, {"s1": "no"})])
    assert (found.equal, found.compared, found.rate) == (2, 3, Fraction(2, 3))
    assert agreement([]).rate is None


def test_the_last_sheet_counts_and_earlier_ones_do_not() -> None:
    assert standing([typed(5, 0, s1="yes"), typed(1, 0, s1="no")]).values == {"s1": "yes"}


def test_two_entries_that_differ_leave_the_item_open_until_a_third_settles_it() -> None:
    both = [typed(1, 1, s1="yes", s2="no"), typed(2, 2, "user:2", s1="yes", s2="yes")]
    now = standing(both)
    assert (now.values, now.unsettled) == ({"s1": "yes"}, (Difference("s2", "no", "yes"),))
    settled = standing([*both, typed(3, 3, s1="yes", s2="no")])
    assert (settled.values, settled.unsettled) == ({"s1": "yes", "s2": "no"}, ())
    assert standing(both[:1]).waits_for_second


def test_who_types_which_entry() -> None:
    first, second = typed(1, 1, s1="yes"), typed(2, 2, "user:2", s1="yes")
    assert next_entry([], "user:1") == 1
    assert next_entry([first], "user:2") == 2
    assert next_entry([first, second], "user:1") == 1
    with pytest.raises(ValueError, match="Ketikan kedua oleh orang lain"):
        next_entry([first], "user:1")
    with pytest.raises(ValueError, match="Selesaikan dulu bedanya"):
        next_entry([first, typed(2, 2, "user:2", s1="no")], "user:3")


MARKS = st.dictionaries(st.sampled_from(["s1", "s2", "s3"]), st.sampled_from(["yes", "no"]), min_size=1)
SHEETS = st.lists(st.tuples(st.integers(0, 9), st.sampled_from([0, 1, 2, 3]), MARKS), min_size=1, max_size=6)


@given(SHEETS, st.randoms())
def test_what_counts_does_not_depend_on_the_order_of_arrival(
    rows: list[tuple[int, int, dict[str, str]]], chance
) -> None:
    sheets = [
        Typed(AT + timedelta(minutes=minute), entry, "user:1", str(n), values)
        for n, (minute, entry, values) in enumerate(rows)
    ]
    mixed = sheets.copy()
    chance.shuffle(mixed)
    assert standing(mixed) == standing(sheets)
    assert (in_order(mixed), twice(mixed)) == (in_order(sheets), twice(sheets))


@given(MARKS, MARKS)
def test_swapping_the_two_entries_swaps_the_differences_and_keeps_the_agreement(a: dict, b: dict) -> None:
    there = {(found.item, found.first, found.second) for found in differences(a, b)}
    assert {(found.item, found.second, found.first) for found in differences(b, a)} == there
    assert agreement([(a, b)]) == agreement([(b, a)])


def test_a_table_is_refused_by_row_and_column() -> None:
    head = ["peserta", "s1", "s2"]
    rows = [(2, {"peserta": "1", "s1": "1"}), (3, {"peserta": "P001", "s1": "9"}), (4, {"peserta": "?", "s2": "y"})]
    assert read_rows(STATEMENTS, head, rows)[1] == [
        Fault(3, "peserta", "Kartu ini sama dengan baris 2. Sisakan satu."),
        Fault(3, "s1", "Tulis 1 atau y untuk Ya, 0 atau t untuk Belum."),
        Fault(4, "peserta", "Tulis kode kartu, contoh P001 atau 1."),
    ]
    assert [fault.column for fault in read_rows(STATEMENTS, ["s1", "s1", "umur"], [])[1]] == [
        "peserta",
        "s1",
        "umur",
        "",
    ]
