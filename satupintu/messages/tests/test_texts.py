"""The messages themselves, and how a wrong file is named."""

from pathlib import Path

import pytest

from satupintu.catalogue.reading.files import DataError
from satupintu.messages import queries, rules, texts
from satupintu.web import words

NAMES = sorted(queries.templates())


def test_the_house_has_its_messages():
    assert {"law_change", "next_step_reminder", "sign_in_code"} <= {*NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_every_message_keeps_to_our_words(name):
    template = queries.template(name)
    texts_of_it = (template.about, template.subject, template.text)
    assert [flaw for text in texts_of_it for flaw in words.flaws(text)] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_message_asks_for_a_name_or_a_number_of_a_person(name):
    asked = {*queries.template(name).placeholders}
    assert asked & {"name", "nik", "phone", "address", "birthday", "nib"} == set()


@pytest.mark.parametrize("language", rules.LANGUAGES)
def test_a_sign_in_code_fits_one_sms(language):
    text = rules.written(queries.template("sign_in_code"), language, {"code": "482913", "minutes": "10"}).text
    assert "482913" in text
    assert len(text) <= 160
    assert text.isascii()


def test_an_unknown_message_is_one_sentence():
    with pytest.raises(rules.UnusableMessage, match=r"^Pesan ulang_tahun tidak ada di folder data/messages\.$"):
        queries.template("ulang_tahun")


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / "messages" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return folder


GOOD = "about: Uji\nabout_en: Uji\nsubject: S\nsubject_en: S\ntext: T\ntext_en: T\n"


def test_a_citys_own_file_wins_and_its_new_files_are_added(tmp_path):
    places = "placeholders: {code: angka, minutes: menit}\n"
    write(tmp_path, "sign_in_code.yaml", GOOD.replace(" T\n", " '{code} {minutes}'\n") + places)
    write(tmp_path, "baru.yaml", GOOD)
    found = texts.read([tmp_path])
    assert (found["sign_in_code"].text, found["baru"].text) == ("{code} {minutes}", "T")
    assert found["law_change"] == queries.template("law_change")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("about: Uji\n", "messages/a.yaml, subject: isian wajib ini kosong"),
        (GOOD + "waktu: x\n", "messages/a.yaml, waktu: isian ini tidak dikenal"),
        (
            GOOD.replace("text: T", "text: '{code}'"),
            "messages/a.yaml, text: tempat isi {code} tidak dijelaskan. Seharusnya: code di bawah placeholders.",
        ),
        ("about: [", "messages/a.yaml, baris 2: YAML tidak terbaca"),
    ],
)
def test_a_wrong_file_is_named_with_what_is_wrong(tmp_path, text, problem):
    with pytest.raises(DataError) as refused:
        texts.read([write(tmp_path, "a.yaml", text)])
    assert any(str(found).startswith(problem) for found in refused.value.problems), str(refused.value)
