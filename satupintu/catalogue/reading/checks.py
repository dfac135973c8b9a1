"""What must hold between the files: every name leads somewhere, every date fits, nothing is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import combinations

from pydantic import BaseModel

from satupintu.catalogue.reading.files import Files, split
from satupintu.catalogue.rules import entries as e

# The catalogue begins when PP 5/2021 came into force; no paper may start later.
FIRST_DAY = date(2021, 2, 2)


def check(catalogue: e.Catalogue, files: Files) -> None:
    """Note every broken link, date or text of a catalogue whose files could all be read."""
    _sources(catalogue, files)
    _facts(catalogue, files)
    _laws(catalogue, files)
    _kbli(catalogue, files)
    _scales(catalogue, files)
    for licence in catalogue.licences.values():
        _licence(catalogue, files, licence)
    _questions(catalogue, files)
    _finder(catalogue, files)


def _known(files: Files, file: str, where: str, names: Iterable[str | None], known: Iterable[str], kind: str) -> None:
    known = list(known)
    for name in names:
        if name is not None and name not in known:
            files.complain(file, where, f"{kind} '{name}' tidak ada", "salah satu dari " + ", ".join(known[:12]))


def _sourced(value: object, where: str) -> Iterable[tuple[str, str]]:
    """Every ``source`` inside a record, with the path to it."""
    if isinstance(value, BaseModel):
        if "source" in type(value).model_fields:
            yield where, str(value.__dict__["source"])
        for name, item in value:
            yield from _sourced(item, f"{where}.{name}" if where else name)
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _sourced(item, f"{where}.{name}")
    elif isinstance(value, tuple):
        for number, item in enumerate(value, start=1):
            yield from _sourced(item, f"{where}[{number}]")


def _sources(catalogue: e.Catalogue, files: Files) -> None:
    places: list[tuple[str, object]] = [
        ("laws", dict(catalogue.laws)),
        ("scale.csv", catalogue.scales),
        ("kbli", {code: row for (_, code), row in catalogue.codes.items()}),
        ("kbli/pairing.csv", catalogue.pairings),
        ("kbli/risk.csv", tuple(row for rows in catalogue.risks.values() for row in rows)),
        ("offices.yaml", dict(catalogue.offices)),
        ("help/questions.yaml", dict(catalogue.questions)),
        ("worksheets/nib.yaml", catalogue.worksheet),
    ]
    for licence in catalogue.licences.values():
        places.append((f"licences/{licence.code}/licence.yaml", licence.header))
        places.append((f"licences/{licence.code}/terms.csv", licence.terms))
    for file, value in places:
        for where, key in _sourced(value, ""):
            _known(files, file, where, split(key) or [""], catalogue.sources, "sumber")


def _facts(catalogue: e.Catalogue, files: Files) -> None:
    for fact in catalogue.facts.values():
        _known(files, "facts.yaml", fact.name, [fact.default], fact.values, "nilai bawaan")
        for labels in (fact.labels, fact.labels_en):
            _known(files, "facts.yaml", f"{fact.name}.labels", labels, fact.values, "nilai")
        missing = [value for value in fact.values if value not in fact.labels]
        if missing:
            files.complain("facts.yaml", fact.name, f"nilai {missing[0]} tidak punya sebutan", "labels diisi")


def _laws(catalogue: e.Catalogue, files: Files) -> None:
    for law in catalogue.laws.values():
        file = f"laws/{law.id}.yaml"
        _known(files, file, "replaced_by", [law.replaced_by], catalogue.laws, "peraturan")
        if law.in_force is None and not law.in_force_note:
            files.complain(file, "in_force", "tanggal berlaku kosong tanpa keterangan", "in_force_note diisi")
        if law.in_force and law.until and law.until < law.in_force:
            files.complain(file, "until", "berakhir sebelum mulai", f"sesudah {law.in_force}")


def _article(catalogue: e.Catalogue, files: Files, file: str, where: str, basis: str) -> e.Law | None:
    """The law a basis such as ``pp-28-2025:206`` names, if both law and article exist."""
    law_id, _, article = basis.partition(":")
    law = catalogue.laws.get(law_id)
    if law is None:
        files.complain(file, where, f"peraturan '{law_id}' tidak ada", "nama berkas di laws/, misalnya pp-28-2025:206")
    elif article not in law.articles:
        files.complain(file, where, f"pasal '{article}' tidak ada di {law_id}", ", ".join(law.articles))
    return law


def _kbli(catalogue: e.Catalogue, files: Files) -> None:
    for version, code in catalogue.codes:
        if not (code.isdigit() and len(code) == 5):
            files.complain(f"kbli/{version}.csv", code, f"kode '{code}' bukan 5 angka", "misalnya 56104")
    for pairing in catalogue.pairings:
        for version, code in (("2020", pairing.code_2020), ("2025", pairing.code_2025)):
            if code and (version, code) not in catalogue.codes:
                files.complain(
                    "kbli/pairing.csv",
                    pairing.code_2020,
                    f"kode {code} tidak ada di KBLI {version}",
                    "kode yang ada di berkas KBLI",
                )
    for (version, code), rows in catalogue.risks.items():
        if (version, code) not in catalogue.codes:
            files.complain("kbli/risk.csv", code, f"kode tidak ada di KBLI {version}", "kode yang ada di berkas KBLI")
        _disagreeing_risks(files, code, rows)
        for row in rows:
            law = _article(catalogue, files, "kbli/risk.csv", code, f"{row.law}:lampiran-1")
            if law and not law.counts_within(row.valid_from, row.valid_to):
                files.complain(
                    "kbli/risk.csv",
                    code,
                    f"{row.law} tidak berlaku sejak {row.valid_from}",
                    "peraturan yang berlaku pada tanggal itu",
                )


def _disagreeing_risks(files: Files, code: str, rows: tuple[e.RiskRow, ...]) -> None:
    for one, other in combinations(rows, 2):
        together = set(one.scales) & set(other.scales) and _overlap(
            (one.valid_from, one.valid_to), (other.valid_from, other.valid_to)
        )
        doubted = one.confidence == other.confidence == "doubtful"
        if together and one.risk != other.risk and not doubted:
            files.complain(
                "kbli/risk.csv",
                code,
                f"risiko {one.risk} dan {other.risk} untuk skala dan tanggal sama",
                "satu risiko, atau keduanya doubtful",
            )


def _overlap(one: tuple[date, date | None], other: tuple[date, date | None]) -> bool:
    return one[0] <= (other[1] or date.max) and other[0] <= (one[1] or date.max)


def _scales(catalogue: e.Catalogue, files: Files) -> None:
    for one, other in combinations(catalogue.scales, 2):
        spans = (one.valid_from, one.valid_to), (other.valid_from, other.valid_to)
        if one.class_ == other.class_ and _overlap(*spans):
            files.complain("scale.csv", one.class_, "dua baris untuk tanggal yang sama", "tanggal yang bersambung")
    for row in catalogue.scales:
        _article(catalogue, files, "scale.csv", row.class_, row.basis)


def _licence(catalogue: e.Catalogue, files: Files, licence: e.Licence) -> None:
    header, folder = licence.header, f"licences/{licence.code}"
    file = f"{folder}/licence.yaml"
    _known(files, file, "after", header.after, catalogue.licences, "surat")
    _known(files, file, "inside", [header.inside], catalogue.licences, "surat")
    _known(files, file, "issuer", [header.issuer], catalogue.offices, "kantor")
    _known(files, file, "where", header.where, catalogue.offices, "kantor")
    _known(files, file, "unknown", [gap.ask for gap in header.unknown], catalogue.offices, "kantor")
    _known(files, file, "documents", [use.code for use in header.documents], catalogue.documents, "dokumen")
    for step in (*header.steps.online, *header.steps.counter):
        _known(files, file, f"steps '{step.title}'", step.questions, catalogue.questions, "pertanyaan")
    for point in (*header.benefits, *header.obligations, *header.failures):
        if point.basis:
            _article(catalogue, files, file, f"'{point.text[:30]}'", point.basis)
    _texts(files, folder, licence)
    _terms(catalogue, files, f"{folder}/terms.csv", licence.terms)
    _versions(catalogue, files, licence)


def _texts(files: Files, folder: str, licence: e.Licence) -> None:
    wanted = {"what", *(f"why {outcome}" for outcome in licence.header.outcomes)}
    for heading in sorted(wanted - {k for k, v in licence.texts.items() if v}):
        files.complain(f"{folder}/text.md", "", f"bagian '## {heading}' tidak ada atau kosong", "2-3 kalimat pendek")
    for name, texts in (("text.md", licence.texts), ("text.en.md", licence.texts_en)):
        for heading in sorted(set(texts) - wanted):
            files.complain(f"{folder}/{name}", "", f"bagian '## {heading}' tidak dipakai", ", ".join(sorted(wanted)))


def _terms(catalogue: e.Catalogue, files: Files, file: str, terms: tuple[e.Term, ...]) -> None:
    seen: set[tuple[str, date]] = set()
    for term in terms:
        if (term.item, term.valid_from) in seen:
            files.complain(file, term.item, f"dua baris mulai {term.valid_from}", "satu baris per tanggal")
        seen.add((term.item, term.valid_from))
        if term.basis:
            _article(catalogue, files, file, term.item, term.basis)
        if term.rupiah is None and not term.text:
            files.complain(file, term.item, "tanpa angka dan tanpa keterangan", "rupiah atau text diisi")


def _versions(catalogue: e.Catalogue, files: Files, licence: e.Licence) -> None:
    first = min((version.valid_from for version in licence.versions), default=None)
    if first is not None and first > FIRST_DAY:
        files.complain(f"licences/{licence.code}", "", f"tabel pertama mulai {first}", f"{FIRST_DAY}")
    used = set()
    for version in licence.versions:
        for line, key in version.sources.items():
            _known(files, version.file, f"baris {line} kolom source", split(key) or [""], catalogue.sources, "sumber")
        for row in version.table.rows:
            used.add(row.outcome)
            for basis in row.basis:
                law = _article(catalogue, files, version.file, f"baris {row.line}", basis)
                if law and not law.counts_within(version.valid_from, version.until):
                    files.complain(
                        version.file,
                        f"baris {row.line}",
                        f"{law.id} tidak berlaku pada masa tabel ini",
                        "peraturan yang berlaku",
                    )
    for outcome in sorted(set(licence.header.outcomes) - used):
        files.complain(
            f"licences/{licence.code}/licence.yaml",
            "outcomes",
            f"'{outcome}' tidak dipakai tabel mana pun",
            "dipakai, atau dihapus",
        )


def _questions(catalogue: e.Catalogue, files: Files) -> None:
    file = "help/questions.yaml"
    arising = {
        q
        for licence in catalogue.licences.values()
        for step in (*licence.header.steps.online, *licence.header.steps.counter)
        for q in step.questions
    }
    for question in catalogue.questions.values():
        _known(files, file, question.id, [question.topic], catalogue.topics, "topik")
        _known(files, file, question.id, question.papers, catalogue.licences, "surat")
        _known(files, file, question.id, question.related, catalogue.questions, "pertanyaan")
        for basis in question.basis:
            _article(catalogue, files, file, question.id, basis)
        if question.id not in arising:
            files.complain(file, question.id, "tidak disebut di langkah mana pun", "disebut di licence.yaml satu surat")


def _finder(catalogue: e.Catalogue, files: Files) -> None:
    plain = ("kbli", "kbli_version", "capital", "sales", "region")
    given = [("examples", example.id, example.given) for example in catalogue.examples]
    given += [("changes", change.id, change.set) for change in catalogue.changes]
    for name, place, values in given:
        _known(files, f"finder/{name}.yaml", place, values, (*plain, *catalogue.facts), "fakta")
    groups = [group.id for group in catalogue.worksheet_groups]
    _known(files, "worksheets/nib.yaml", "group", {f.group for f in catalogue.worksheet}, groups, "kelompok")
    sources = [field.from_ for field in catalogue.worksheet]
    _known(files, "worksheets/nib.yaml", "from", sources, ("jual", *plain, *catalogue.facts), "fakta")
    file = "finder/questions.yaml"
    for question in catalogue.finder:
        conditions: list[Mapping[str, tuple[str, ...]]] = [question.when, *(o.when for o in question.options)]
        for when in conditions:
            for name, values in when.items():
                _known(files, file, question.id, [name], catalogue.facts, "fakta")
                if name in catalogue.facts:
                    allowed = (*catalogue.facts[name].values, "unknown")
                    _known(files, file, f"{question.id}.when.{name}", values, allowed, "nilai")
        fact = catalogue.facts.get(question.fact or "")
        if fact is not None and question.kind == "choice":
            _known(files, file, question.id, [o.value for o in question.options], fact.values, "nilai")
