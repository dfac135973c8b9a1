"""The file that phones keep: everything in it, small, named by its content."""

import dataclasses
import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from satupintu.catalogue.queries import catalogue, core, phone_tables, phone_tables_version, tables
from satupintu.catalogue.rules.entries import Document, KbliCode
from satupintu.catalogue.rules.facts import SCALES
from satupintu.kernel.decision import UNKNOWN

MOST_BYTES = 60 * 1024


@pytest.fixture(scope="module")
def file() -> dict[str, Any]:
    """The Indonesian file as a phone reads it."""
    return dict(json.loads(phone_tables().text))


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_file_is_small_enough_for_a_cheap_phone(client: Client, language: str):
    response = client.get(f"/cek-izin/tabel.json?bahasa={language}", headers={"accept-encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    assert len(response.content) <= MOST_BYTES
    assert json.loads(gzip.decompress(response.content))["language"] == language


def test_every_cell_of_every_table_is_in_the_file(file: dict[str, Any]):
    papers = {paper["code"]: paper for paper in file["papers"]}
    columns = file["columns"]["answers"]
    for licence in catalogue().licences.values():
        for version, kept in zip(licence.versions, papers[licence.code]["versions"], strict=True):
            letters = [ord(letter) - file["rules"]["first_letter"] for letter in kept["cells"]]
            assert letters == list(version.worked.cells)
            for answer, row in zip(version.worked.answers, kept["answers"], strict=True):
                said = dict(zip(columns, row, strict=True))
                assert (said["need"], said["outcome"]) == (answer.need, answer.outcome)
                assert (said["basis"], said["missing"]) == (list(answer.basis), list(answer.missing))
                assert said["lines"] == [version.table.rows[n].line for n in answer.rows]


def test_every_basis_office_document_and_question_that_a_paper_names_has_its_words(file: dict[str, Any]):
    for paper in file["papers"]:
        named = {basis for version in paper["versions"] for answer in version["answers"] for basis in answer[2]}
        assert named <= set(file["laws"])
        asked = {gap["ask"] for gap in paper.get("gaps", {}).values()}
        assert {paper["issuer"], *paper["where"], *asked} <= set(file["offices"])
        assert {use["code"] for use in paper.get("documents", [])} <= set(file["documents"])
        steps = [step for way in paper["steps"].values() for step in way]
        assert {question for step in steps for question in step.get("questions", [])} <= set(file["questions"])
        assert {answer[1] for version in paper["versions"] for answer in version["answers"]} <= set(paper["why"])


def test_the_finders_questions_are_all_there_in_order(file: dict[str, Any]):
    assert [question["id"] for question in file["finder"]] == [question.id for question in catalogue().finder]
    assert file["rules"]["scales"] == list(SCALES)
    assert [fact["name"] for fact in file["facts"]] == list(catalogue().facts)
    assert UNKNOWN not in {value for fact in file["facts"] for value in fact["values"]}


def test_a_text_without_english_is_marked_in_the_english_file_only():
    only_indonesian = Document(title="KTP")
    both = Document(title="KTP", title_en="Identity card")
    english, indonesian = tables._Say("en"), tables._Say("id")
    assert english(only_indonesian, "title") == {"id": "KTP"}
    assert english(both, "title") == "Identity card"
    assert indonesian(only_indonesian, "title") == indonesian(both, "title") == "KTP"
    assert english(only_indonesian, "help") is None


def test_a_full_official_list_does_not_swell_the_file():
    known = catalogue()
    bare = KbliCode(version="2020", code="01111", title="Pertanian Jagung", source="BPS", confidence="sure")
    spoken_of = bare.model_copy(update={"code": "01112", "caution": "Jangan tertukar."})
    codes = {**known.codes, ("2020", "01111"): bare, ("2020", "01112"): spoken_of}
    useful = tables._useful_codes(dataclasses.replace(known, codes=codes))
    assert spoken_of in useful
    assert bare not in useful
    assert set(known.codes.values()) <= set(useful)


def test_tables_are_kept_by_their_version_and_asked_again_without_one(client: Client):
    version = phone_tables_version()
    named = client.get(f"/cek-izin/tabel.json?versi={version}")
    assert named.headers["Cache-Control"] == "max-age=31536000, immutable"
    unnamed = client.get("/cek-izin/tabel.json")
    assert unnamed.headers["Cache-Control"] == "no-cache"
    assert client.get("/cek-izin/tabel.json?versi=other").headers["Cache-Control"] == "no-cache"
    again = client.get("/cek-izin/tabel.json", headers={"if-none-match": unnamed.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    english = client.get("/cek-izin/tabel.json?bahasa=en", headers={"if-none-match": unnamed.headers["ETag"]})
    assert english.status_code == 200


def test_the_file_speaks_the_language_of_the_page(client: Client):
    assert client.get("/cek-izin/tabel.json").json()["language"] == "id"
    client.cookies["bahasa"] = "en"
    assert client.get("/cek-izin/tabel.json").json()["language"] == "en"
    assert client.get("/cek-izin/tabel.json?bahasa=id").json()["language"] == "id"


def test_other_data_is_another_version_and_brings_a_new_worker(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
):
    before, worker = phone_tables_version(), client.get("/sw.js").text
    assert client.get("/sw.js").text == worker
    request.addfinalizer(_forget)
    monkeypatch.setenv("SATUPINTU_DATA", str(tmp_path))
    terms = next(Path(tables.__file__).parents[2].glob("data/licences/nib/terms.csv")).read_text(encoding="utf-8")
    (tmp_path / "licences/nib").mkdir(parents=True)
    (tmp_path / "licences/nib/terms.csv").write_text(terms.replace(",0,", ",1000,"), encoding="utf-8")
    _forget()
    assert phone_tables_version() != before
    assert client.get("/sw.js").text != worker
    assert f'data-version="{phone_tables_version()}"' in client.get("/cek-izin/luring/").text


def _forget() -> None:
    core.catalogue.cache_clear()
    core.word_index.cache_clear()
    tables._all_languages.cache_clear()


def test_the_worker_keeps_the_page_its_tables_and_its_scripts(client: Client):
    worker = client.get("/sw.js").text.splitlines()[0]
    plan = json.loads(worker.removeprefix("const PLAN = ").removesuffix(";"))
    assert ["/cek-izin/", "/cek-izin/luring/"] in plan["standIns"]
    assert {"/cek-izin/luring/", "/cek-izin/tabel.json"} <= set(plan["pages"])
    kept = [path.rsplit("/", 1)[1].split(".")[0] for path in plan["files"]]
    assert {"finder", "rules", "fill", "search", "satupintu", "icons", "sp"} <= set(kept)


def test_finder_offline_leads_to_the_finder_without_script(client: Client):
    text = client.get("/cek-izin/luring/").text
    assert '<noscript><p><a href="/cek-izin/">' in text
    assert text.count("<template id=") >= 15
