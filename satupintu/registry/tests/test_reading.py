"""The closed lists of the registry: read, and refused with file and place when they are wrong."""

from datetime import date
from pathlib import Path

import pytest

from satupintu.catalogue.reading import DataError
from satupintu.registry import reading
from satupintu.web import words


def test_the_barriers_are_those_the_paper_and_the_notes_found_each_with_its_source() -> None:
    barriers = reading.lists().barriers
    assert [code for code, kind in barriers.items() if "PAPER" in kind.source] == [
        "did_not_know",
        "fears_cost",
        "unimportant",
        "complicated",
        "does_not_know_how",
    ]
    assert {"fears_tax", "low_digital_skill", "nik_mismatch", "red_zone", "missing_rt_rw_letter", "wrong_kbli"} <= {
        *barriers
    }


def test_every_purpose_of_consent_has_words_in_both_languages() -> None:
    purposes = reading.lists().consents
    ours = {"keep_plan", "name_on_card", "photo_in_report", "reminders", "share_with_pegadaian", "survey_answers"}
    assert ours <= {*purposes}
    assert all(text.text and text.text_en for purpose in purposes.values() for text in purpose.versions)


def test_an_nib_has_thirteen_digits() -> None:
    assert reading.lists().numbers["nib"].digits == 13


def test_the_words_of_the_lists_keep_to_our_words() -> None:
    lists = reading.lists()
    texts = [text for kind in lists.barriers.values() for text in (kind.title, kind.ask)]
    texts += [text.text for purpose in lists.consents.values() for text in purpose.versions]
    texts += [purpose.title for purpose in lists.consents.values()]
    assert [flaw for text in texts for flaw in words.flaws(text)] == []


def read_with(folder: Path, **files: str) -> list[str]:
    for name, text in files.items():
        path = folder / {"barriers": "barriers.yaml", "consent": "consents/reminders.yaml"}.get(name, f"{name}.yaml")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    try:
        reading.read([folder])
    except DataError as error:
        return [f"{problem.file}, {problem.where}: {problem.what}" for problem in error.problems]
    return []


BARRIER = "- {code: x, title: X, title_en: X, ask: X, ask_en: X, source: %s, confidence: %s}\n"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (BARRIER % ("PAPER", "sure"), []),
        (BARRIER % ("NOBODY", "sure"), ["barriers.yaml, x: sumber 'NOBODY' tidak ada di sources.yaml"]),
        (BARRIER % ("PAPER", "maybe"), ["barriers.yaml, [1] confidence: nilai 'maybe' tidak dikenal"]),
        ("x: 1\n", ["barriers.yaml: isinya bukan daftar"]),
    ],
)
def test_a_wrong_list_of_barriers_is_refused_by_place(tmp_path: Path, text: str, problem: list[str]) -> None:
    assert [found.replace(", :", ":") for found in read_with(tmp_path, barriers=text)] == problem


CONSENT = "purpose: %s\ntitle: X\ntitle_en: X\nversions:\n"
TEXT = "- {version: '%s', since: %s, text: X, text_en: X}\n"


def test_a_deployments_newer_text_counts_from_its_day_on(tmp_path: Path) -> None:
    (tmp_path / "consents").mkdir()
    text = CONSENT % "reminders" + TEXT % ("1", "2026-11-24") + TEXT % ("2", "2027-01-01")
    (tmp_path / "consents/reminders.yaml").write_text(text)
    purpose = reading.read([tmp_path]).consents["reminders"]
    days = (date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1))
    assert [purpose.on(day).version for day in days] == ["1", "1", "2"]


def test_texts_out_of_turn_or_under_another_name_are_refused(tmp_path: Path) -> None:
    text = CONSENT % "other" + TEXT % ("2", "2027-01-01") + TEXT % ("1", "2026-11-24")
    assert read_with(tmp_path, consent=text) == [
        "consents/reminders.yaml, purpose: 'other' bukan nama berkas",
        "consents/reminders.yaml, versions: hari mulainya tidak berurutan",
    ]


def test_a_number_form_belongs_to_a_paper_we_know(tmp_path: Path) -> None:
    text = "ijazah: {digits: 9, says: X, says_en: X, source: PIA, confidence: sure}\n"
    (tmp_path / "paper-numbers.yaml").write_text(text)
    with pytest.raises(DataError, match="surat 'ijazah' tidak ada"):
        reading.read([tmp_path])
