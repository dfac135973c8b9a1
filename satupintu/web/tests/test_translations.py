from pathlib import Path

import polib
import pytest

from satupintu.web import translations


def test_every_text_has_its_english_and_nothing_is_left_over():
    assert translations.problems(translations.catalogue(), translations.extract()) == []


def catalogue_with(**changes: object) -> polib.POFile:
    entry = polib.POEntry(msgid="Sisa %(n)s hari", msgstr="%(n)s days left")
    for name, value in changes.items():
        setattr(entry, name, value)
    known = polib.POFile()
    known.append(entry)
    return known


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"msgstr": ""}, "empty: 'Sisa %(n)s hari'"),
        ({"flags": ["fuzzy"]}, "fuzzy: 'Sisa %(n)s hari'"),
        ({"obsolete": True}, "left over: 'Sisa %(n)s hari'"),
        ({"msgstr": "days left"}, "placeholders differ: 'Sisa %(n)s hari' and 'days left'"),
        ({"msgid": "Sisa"}, "missing: 'Sisa %(n)s hari'"),
    ],
)
def test_an_unfinished_translation_is_named(changes: dict[str, object], problem: str):
    assert problem in translations.problems(catalogue_with(**changes), catalogue_with())


def test_a_finished_translation_has_no_problem():
    assert translations.problems(catalogue_with(), catalogue_with()) == []


def test_texts_are_collected_from_code_and_templates_but_not_from_tests(tmp_path: Path):
    package = tmp_path / "shop"
    for name, text in {
        "views.py": 'x = _("Simpan")',
        "templates/shop/a.html": '{% load i18n %}{% translate "Kirim" %}',
        "templates/shop/b.html": "{% load i18n %}{% blocktranslate %}Sisa {{ n }}{% endblocktranslate %}",
        "tests/test_a.py": '_("Bukan ini")',
    }.items():
        path = package / "room" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    assert sorted(entry.msgid for entry in translations.extract(package)) == ["Kirim", "Simpan", "Sisa %(n)s"]


def test_compiled_translations_hold_what_the_source_says(tmp_path: Path):
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue_with().save(str(folder / "django.po"))
    assert translations.compile_all(tmp_path) == [folder / "django.mo"]
    assert [(e.msgid, e.msgstr) for e in polib.mofile(str(folder / "django.mo"))] == [
        ("Sisa %(n)s hari", "%(n)s days left")
    ]
