"""From what somebody says about a business to the facts of the tables."""

from datetime import date

import pytest

from satupintu.catalogue.rules.entries import Catalogue
from satupintu.catalogue.rules.facts import Facts, UnusableFact, derive, risk_rows, rupiah

TODAY = date(2026, 11, 24)
MILLION, BILLION = 10**6, 10**9


def facts(catalogue: Catalogue, on: date = TODAY, **given: str) -> Facts:
    return derive(catalogue, given, on)


# --- size (PP 7/2021 art. 35) ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("capital", "scale"),
    [
        (0, "micro"), (BILLION, "micro"), (BILLION + 1, "small"), (5 * BILLION, "small"), (5 * BILLION + 1, "medium"),
        (10 * BILLION, "medium"), (10 * BILLION + 1, "large"),
    ],
)  # fmt: skip
def test_capital_gives_the_size_at_its_exact_limits(catalogue: Catalogue, capital: int, scale: str) -> None:
    found = facts(catalogue, capital=str(capital))
    assert (found.values["scale"], found.scale_from) == (scale, "capital")


@pytest.mark.parametrize(
    ("sales", "scale"),
    [
        (0, "micro"), (2 * BILLION, "micro"), (2 * BILLION + 1, "small"), (15 * BILLION, "small"),
        (15 * BILLION + 1, "medium"), (50 * BILLION, "medium"), (50 * BILLION + 1, "large"),
    ],
)  # fmt: skip
def test_sales_give_the_size_at_their_exact_limits(catalogue: Catalogue, sales: int, scale: str) -> None:
    found = facts(catalogue, sales=str(sales))
    assert (found.values["scale"], found.scale_from) == (scale, "sales")


@pytest.mark.parametrize(
    ("capital", "sales", "scale", "scale_from"),
    [
        ("500000000", "2000000000", "micro", "capital"),
        ("500000000", "2000000001", "small", "higher"),
        ("6000000000", "100", "medium", "higher"),
        ("unknown", "2000000001", "small", "sales"),
        ("", "", "micro", "assumed"),
        ("unknown", "unknown", "micro", "assumed"),
    ],
)
def test_the_higher_of_two_sizes_is_taken_and_neither_means_micro(
    catalogue: Catalogue, capital: str, sales: str, scale: str, scale_from: str
) -> None:
    found = facts(catalogue, capital=capital, sales=sales)
    assert (found.values["scale"], found.scale_from) == (scale, scale_from)


def test_a_size_that_is_given_wins_over_amounts(catalogue: Catalogue) -> None:
    found = facts(catalogue, scale="medium", capital="1", sales="1")
    assert (found.values["scale"], found.scale_from) == ("medium", "given")


@pytest.mark.parametrize(
    ("sales", "band"),
    [
        ("0", "upto_500m"), ("500000000", "upto_500m"), ("500000001", "above_500m"), ("", "unknown"),
        ("unknown", "unknown"),
    ],
)  # fmt: skip
def test_the_sales_band_turns_just_above_500_million(catalogue: Catalogue, sales: str, band: str) -> None:
    assert facts(catalogue, sales=sales).values["sales_band"] == band


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("5000000", 5_000_000), ("5.000.000", 5_000_000), ("Rp5.000.000", 5_000_000), ("Rp 500000", 500_000),
        (" 500000 ", 500_000), ("5_000_000", 5_000_000), ("0", 0), ("1.500", 1_500),
        ("", None), ("  ", None), ("unknown", None), (None, None),
    ],
)  # fmt: skip
def test_amounts_are_read_as_people_write_them(text: str | None, amount: int | None) -> None:
    assert rupiah(text, "sales") == amount


@pytest.mark.parametrize("text", ["-1", "1.5", "1,5", "1e6", "lima juta", "5.00.000", ".500", "Rp", "٥٠٠", "9" * 5000])
def test_an_amount_that_is_no_whole_number_of_rupiah_is_refused(text: str) -> None:
    with pytest.raises(UnusableFact) as refused:
        rupiah(text, "sales")
    assert str(refused.value) == f"sales={text} tidak dikenal. Tulis angka rupiah bulat, misalnya 5000000."


# --- what is refused -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"place": "bulan"}, "place=bulan tidak dikenal. Pilih salah satu: "
         "cart, street_stall, market_stall, kiosk, home, online, unknown."),
        ({"loan": "mungkin"}, "loan=mungkin tidak dikenal. Pilih salah satu: yes, no, unknown."),
        ({"kbli": "5610"}, "kbli=5610 tidak dikenal. Tulis kode 5 angka, misalnya 56104."),
        ({"kbli": "٥٦١٠٤"}, "kbli=٥٦١٠٤ tidak dikenal. Tulis kode 5 angka, misalnya 56104."),
        ({"kbli": "56104", "kbli_version": "2009"}, "kbli_version=2009 tidak dikenal. Pilih salah satu: 2020, 2025."),
    ],
)  # fmt: skip
def test_a_value_outside_its_list_is_refused_with_the_list(
    catalogue: Catalogue, given: dict[str, str], sentence: str
) -> None:
    with pytest.raises(UnusableFact) as refused:
        derive(catalogue, given, TODAY)
    assert str(refused.value) == sentence


def test_a_fact_that_does_not_exist_is_refused_with_those_that_do(catalogue: Catalogue) -> None:
    with pytest.raises(UnusableFact) as refused:
        facts(catalogue, plase="cart")
    assert str(refused.value).startswith("Fakta plase tidak dikenal. Pilih salah satu: kbli, kbli_version, capital, ")


# --- what is not known -----------------------------------------------------------------------------------


@pytest.mark.parametrize("given", [{}, {"kbli": "unknown"}, {"kbli": ""}, {"kbli": "unknown", "place": "unknown"}])
def test_nothing_known_is_unknown_or_the_default_and_said_to_be_assumed(
    catalogue: Catalogue, given: dict[str, str]
) -> None:
    found = derive(catalogue, given, TODAY)
    defaults = ["non_halal", "brand", "sign", "loan", "holds_iumk", "holds_siup", "holds_tdp"]
    assert list(found.assumed) == defaults
    assert {name: value for name, value in found.values.items() if value != "unknown"} == {
        "scale": "micro", **dict.fromkeys(defaults, "no"),
    }  # fmt: skip


def test_every_fact_may_be_given_as_unknown(catalogue: Catalogue) -> None:
    everything = dict.fromkeys(["kbli", "capital", "sales", *catalogue.facts], "unknown")
    assert derive(catalogue, everything, TODAY).values == derive(catalogue, {}, TODAY).values


def test_a_default_that_was_said_is_not_assumed(catalogue: Catalogue) -> None:
    assert "loan" not in facts(catalogue, loan="no").assumed
    assert "loan" in facts(catalogue, loan="unknown").assumed


def test_a_code_we_do_not_have_says_nothing(catalogue: Catalogue) -> None:
    found = facts(catalogue, kbli="99999")
    assert (found.code, found.risk_rows) == (None, ())
    assert {found.values[name] for name in ("activity", "food", "sppirt_code", "risk", "hygiene")} == {"unknown"}


def test_a_derived_fact_may_be_given_and_then_counts(catalogue: Catalogue) -> None:
    found = facts(catalogue, kbli="56104", risk="high", food="no")
    assert (found.values["risk"], found.values["food"], found.values["activity"]) == ("high", "no", "cook_serve")
    assert "risk" not in found.confidence


# --- codes and risks -------------------------------------------------------------------------------------


def test_a_food_cart_is_medium_low_with_the_hygiene_label_since_5_june_2025(catalogue: Catalogue) -> None:
    found = facts(catalogue, kbli="56104", on=date(2025, 6, 5))
    values = {name: found.values[name] for name in ("activity", "food", "sppirt_code", "risk", "hygiene")}
    assert values == {
        "activity": "cook_serve", "food": "yes", "sppirt_code": "no", "risk": "medium_low", "hygiene": "hsp",
    }  # fmt: skip


def test_the_day_before_its_risk_was_low_by_inference_and_is_doubtful(catalogue: Catalogue) -> None:
    found = facts(catalogue, kbli="56104", on=date(2025, 6, 4))
    assert (found.values["risk"], found.confidence["risk"]) == ("low", "doubtful")


def test_rows_count_from_their_first_to_their_last_day(catalogue: Catalogue) -> None:
    laws = {day: {row.law for row in risk_rows(catalogue, "56102", "micro", day)} for day in
            (date(2025, 6, 4), date(2025, 6, 5))}  # fmt: skip
    assert laws == {date(2025, 6, 4): {"pp-5-2021"}, date(2025, 6, 5): {"pp-28-2025"}}


def test_two_readings_that_disagree_leave_the_risk_unknown(catalogue: Catalogue) -> None:
    found = facts(catalogue, kbli="45407")
    assert (found.values["risk"], found.confidence["risk"], len(found.risk_rows)) == ("unknown", "doubtful", 2)


@pytest.mark.parametrize("code", ["47825", "47892"])
def test_a_code_whose_risk_was_not_found_has_none(catalogue: Catalogue, code: str) -> None:
    assert facts(catalogue, kbli=code).values["risk"] == "unknown"


@pytest.mark.parametrize("code", ["47842", "47843", "47844"])
def test_medicine_jamu_and_cosmetics_are_medium_low_and_halal_is_not_known(catalogue: Catalogue, code: str) -> None:
    values = facts(catalogue, kbli=code).values
    assert (values["risk"], values["food"]) == ("medium_low", "unknown")


def test_the_size_picks_the_row(catalogue: Catalogue) -> None:
    risks = {scale: facts(catalogue, kbli="56101", scale=scale).values["risk"] for scale in ("micro", "small")}
    assert risks == {"micro": "medium_low", "small": "medium_high"}


def test_a_2025_code_is_what_all_its_2020_partners_agree_on(catalogue: Catalogue) -> None:
    found = facts(catalogue, kbli="56102", kbli_version="2025")
    assert sorted({row.code for row in found.risk_rows}) == ["56103", "56104", "56109"]
    assert (found.values["risk"], found.values["food"], found.values["hygiene"]) == ("medium_low", "yes", "unknown")
    assert found.confidence["food"] == "likely"


def test_the_same_number_in_the_other_version_takes_nothing_from_ours(catalogue: Catalogue) -> None:
    fruit = facts(catalogue, kbli="47812", kbli_version="2020")
    used_cars = facts(catalogue, kbli="47812", kbli_version="2025")
    assert (fruit.values["risk"], fruit.values["food"]) == ("low", "yes")
    assert (used_cars.values["risk"], used_cars.values["food"], used_cars.risk_rows) == ("unknown", "unknown", ())
    assert fruit.code is not None and used_cars.code is not None
    assert fruit.code.title != used_cars.code.title


def test_a_code_without_a_version_is_of_2020_on_every_day(catalogue: Catalogue) -> None:
    for day in (date(2022, 12, 3), TODAY, date(2030, 1, 1)):
        found = facts(catalogue, kbli="56102", on=day)
        assert found.code is not None
        assert (found.code.version, found.code.title) == ("2020", "Rumah/Warung Makan")


def test_only_those_who_cook_and_serve_can_owe_food_hygiene(catalogue: Catalogue) -> None:
    duties = {code: facts(catalogue, kbli=code).values["hygiene"] for code in ("10391", "47811", "96112", "56101")}
    assert duties == {"10391": "none", "47811": "none", "96112": "none", "56101": "slhs"}
