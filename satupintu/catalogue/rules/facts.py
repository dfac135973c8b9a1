"""From what somebody says about a business to the closed list of facts that tables use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from satupintu.catalogue.rules.entries import Catalogue, KbliCode, RiskRow, Scale
from satupintu.kernel.decision import UNKNOWN, weakest

SCALES: tuple[Scale, ...] = ("micro", "small", "medium", "large")
# Facts that only the code, the scale and the day decide; without a code, the code is what is missing.
FROM_CODE = ("activity", "food", "sppirt_code", "risk", "hygiene")
ASKED_AS = {"sales_band": "sales", **dict.fromkeys(FROM_CODE, "kbli")}


# Dots may only part thousands: 1.5 is no amount, and nobody means 15 by it. At most 18 digits.
AMOUNT = re.compile(r"(?:Rp)? *(\d{1,18}|\d{1,3}(?:\.\d{3}){1,5}|\d{1,3}(?:_\d{3}){1,5})", re.ASCII)


class UnusableFact(ValueError):
    """A given value cannot be used: ``name``, ``value`` and what is allowed, a list or how to write it."""

    def __init__(self, name: str, value: str, allowed: str) -> None:
        self.name, self.value, self.allowed = name, value, allowed
        advice = "Tulis" if "misalnya" in allowed else "Pilih salah satu:"
        super().__init__(f"{name}={value} tidak dikenal. {advice} {allowed}.")


class UnknownFact(UnusableFact):
    """There is no fact of that name; ``allowed`` lists those there are."""

    def __str__(self) -> str:
        return f"Fakta {self.name} tidak dikenal. Pilih salah satu: {self.allowed}."


@dataclass(frozen=True)
class Facts:
    """All facts of one business on one day.

    ``values`` has every fact of the catalogue (``unknown`` where not known); ``assumed`` names those that stand
    by default; ``confidence`` how sure derived ones are; ``code`` the classification entry, if we have it;
    ``risk_rows`` what the risk was read from; ``scale_from``: given, capital, sales, higher or assumed.
    """

    values: Mapping[str, str]
    assumed: tuple[str, ...]
    confidence: Mapping[str, str]
    code: KbliCode | None
    risk_rows: tuple[RiskRow, ...]
    scale_from: str


def derive(catalogue: Catalogue, given: Mapping[str, str], on: date) -> Facts:
    """Facts from ``given``: kbli, kbli_version, scale, capital, sales (rupiah a year) and any fact by name.

    Raises UnusableFact for a name or value outside the closed lists, or an amount that is no whole number.
    """
    _refuse_unknown_names(catalogue, given)
    version, number = given.get("kbli_version") or "2020", given_code(given)
    scale, scale_from = _scale(catalogue, given, on)
    codes = _codes_2020(catalogue, version, number)
    rows = tuple(row for code in codes for row in risk_rows(catalogue, code, scale, on))
    derived = {
        "scale": (scale, "sure"),
        "sales_band": _sales_band(catalogue, given, on),
        "risk": _agreed(catalogue, codes, scale, on, "risk"),
        "hygiene": _hygiene(catalogue, codes, scale, on),
        **{
            name: _of_code(catalogue, codes, field)
            for name, field in (("activity", "activity"), ("food", "food"), ("sppirt_code", "sppirt"))
        },
    }
    doubt = _pairing_confidence(catalogue, version, number)
    values, confidence, assumed = {}, {}, []
    for fact in catalogue.facts.values():
        value = given.get(fact.name) or UNKNOWN
        if value == UNKNOWN and fact.name in derived:
            value, sure = derived[fact.name]
            confidence[fact.name] = weakest([sure, doubt]) if fact.name in FROM_CODE else sure
        if value == UNKNOWN and fact.default is not None:
            value = fact.default
            assumed.append(fact.name)
        values[fact.name] = value
    return Facts(values, tuple(assumed), confidence, catalogue.codes.get((version, number)), rows, scale_from)


def given_code(given: Mapping[str, str]) -> str:
    """The code that was given; empty if it was not, or is not known."""
    code = given.get("kbli") or ""
    return "" if code == UNKNOWN else code


def risk_rows(catalogue: Catalogue, code: str, scale: str, on: date) -> tuple[RiskRow, ...]:
    """The risk rows of a 2020 code that count for a scale on a day (PP 28/2025 annex I is built on KBLI 2020)."""
    rows = catalogue.risks.get(("2020", code), ())
    return tuple(
        row
        for row in rows
        if scale in row.scales and row.valid_from <= on and (row.valid_to is None or on <= row.valid_to)
    )


def rupiah(text: str | None, name: str) -> int | None:
    """A whole amount of rupiah from text such as ``5.000.000`` or ``Rp 500000``; None if nothing was given.

    Raises UnusableFact if it is not a whole number of zero or more.
    """
    if text is None or not text.strip() or text == UNKNOWN:
        return None
    match = AMOUNT.fullmatch(text.strip())
    if match is None:
        raise UnusableFact(name, text, "angka rupiah bulat, misalnya 5000000")
    return int(match[1].replace(".", "").replace("_", ""))


def _refuse_unknown_names(catalogue: Catalogue, given: Mapping[str, str]) -> None:
    plain = ("kbli", "kbli_version", "capital", "sales", "region")
    for name, value in given.items():
        fact = catalogue.facts.get(name)
        if fact is None and name not in plain:
            raise UnknownFact(name, value, ", ".join((*plain, *catalogue.facts)))
        if fact is not None and value and value != UNKNOWN and value not in fact.values:
            raise UnusableFact(name, value, ", ".join((*fact.values, UNKNOWN)))
    version = given.get("kbli_version") or "2020"
    if version not in ("2020", "2025"):
        raise UnusableFact("kbli_version", version, "2020, 2025")
    code = given_code(given)
    if code and not (code.isascii() and code.isdigit() and len(code) == 5):
        raise UnusableFact("kbli", code, "kode 5 angka, misalnya 56104")


def _scale(catalogue: Catalogue, given: Mapping[str, str], on: date) -> tuple[str, str]:
    """The size class and where it comes from (PP 7/2021 art. 35: capital on registration, sales for older ones)."""
    capital, sales = rupiah(given.get("capital"), "capital"), rupiah(given.get("sales"), "sales")
    if given.get("scale") and given["scale"] != UNKNOWN:
        return given["scale"], "given"
    by_capital = _class_of(catalogue, capital, "capital_upto", on)
    by_sales = _class_of(catalogue, sales, "sales_upto", on)
    if by_capital and by_sales and by_capital != by_sales:
        return max(by_capital, by_sales, key=SCALES.index), "higher"
    if by_capital or by_sales:
        return by_capital or by_sales or "micro", "capital" if by_capital else "sales"
    return "micro", "assumed"


def _class_of(catalogue: Catalogue, amount: int | None, limit: str, on: date) -> Scale | None:
    if amount is None:
        return None
    rows = {
        r.class_: getattr(r, limit)
        for r in catalogue.scales
        if r.valid_from <= on and (r.valid_to is None or on <= r.valid_to)
    }
    for scale in SCALES:
        upto = rows.get(scale)
        if scale == "large" or (upto is not None and amount <= upto):
            return scale
    return None


def _sales_band(catalogue: Catalogue, given: Mapping[str, str], on: date) -> tuple[str, str]:
    """Whether yearly sales stay within what is not taxed on that day, and how sure that amount is."""
    sales, limit = rupiah(given.get("sales"), "sales"), catalogue.limit_on("untaxed_sales", on)
    if sales is None or limit is None:
        return UNKNOWN, "sure"
    return ("upto_500m" if sales <= limit.rupiah else "above_500m"), limit.confidence


def _codes_2020(catalogue: Catalogue, version: str, code: str) -> tuple[str, ...]:
    if not code:
        return ()
    return (code,) if version == "2020" else catalogue.partners("2025", code)


def _pairing_confidence(catalogue: Catalogue, version: str, code: str) -> str:
    if version == "2020":
        return "sure"
    return weakest([p.confidence for p in catalogue.pairings if p.code_2025 == code])


def _one(values: Iterable[str | None]) -> str:
    """The value all agree on; unknown if they differ, if one is not known or if there is none."""
    found = set(values)
    return (found.pop() or UNKNOWN) if len(found) == 1 else UNKNOWN


def _of_code(catalogue: Catalogue, codes: tuple[str, ...], field: str) -> tuple[str, str]:
    entries = [catalogue.codes.get(("2020", code)) for code in codes]
    value = _one(getattr(entry, field) if entry else None for entry in entries)
    return value, weakest([entry.confidence for entry in entries if entry])


def _agreed(catalogue: Catalogue, codes: tuple[str, ...], scale: str, on: date, field: str) -> tuple[str, str]:
    """What the risk rows of all codes say; rows of one code that agree support each other."""
    values, confidences = [], []
    for code in codes:
        rows = [row for row in risk_rows(catalogue, code, scale, on) if getattr(row, field)]
        values.append(_one(getattr(row, field) for row in rows) if rows else None)
        if rows:
            confidences.append(min((row.confidence for row in rows), key=("sure", "likely", "doubtful").index))
    return _one(values), weakest(confidences)


def _hygiene(catalogue: Catalogue, codes: tuple[str, ...], scale: str, on: date) -> tuple[str, str]:
    """The food hygiene duty; only those who cook and serve can have one (Permenkes 11/2025 as our notes read it)."""
    activity, sure = _of_code(catalogue, codes, "activity")
    if activity not in (UNKNOWN, "cook_serve"):
        return "none", sure
    return _agreed(catalogue, codes, scale, on, "hygiene")
