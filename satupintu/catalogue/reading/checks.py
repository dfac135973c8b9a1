"""What must hold between the files: every name leads somewhere, every date fits, nothing is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations
from typing import get_args

from pydantic import BaseModel

from satupintu.catalogue.reading.files import Files, split
from satupintu.catalogue.rules import entries as e

# The catalogue begins when PP 5/2021 came into force; no paper may start later.
FIRST_DAY = date(2021, 2, 2)


# What may be given about a business beside the facts.
PLAIN = ("kbli", "kbli_version", "capital", "sales", "region")


def check(catalogue: e.Catalogue, files: Files) -> None:
    """Note every broken link, date or text of a catalogue whose files could all be read."""
    _sources(catalogue, files)
    _facts(catalogue, files)
    _laws(catalogue, files)
    _kbli(catalogue, files)
    _dated_amounts(catalogue, files)
    for licence in catalogue.licences.values():
        _licence(catalogue, files, licence)
    _circles(catalogue, files)
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
            yield from _sourced(item, f"{where}.{name}" if where else name)
    elif isinstance(value, tuple):
        for number, item in enumerate(value, start=1):
            yield from _sourced(item, f"{where}[{number}]")


def _sources(catalogue: e.Catalogue, files: Files) -> None:
    written: list[tuple[str, object]] = [
        *((f"laws/{law.id}.yaml", law) for law in catalogue.laws.values()),
        ("offices.yaml", dict(catalogue.offices)),
        ("help/questions.yaml", dict(catalogue.questions)),
        ("finder/questions.yaml", {kind.activity: kind for kind in catalogue.kinds}),
        ("worksheets/nib.yaml", {field.id: field for field in catalogue.worksheet}),
        *((f"licences/{code}/licence.yaml", licence.header) for code, licence in catalogue.licences.items()),
    ]
    for file, value in written:
        for where, key in _sourced(value, ""):
            _known(files, file, where, split(key) or [""], catalogue.sources, "sumber")
    rows: list[e.ScaleClass | e.KbliCode | e.Pairing | e.RiskRow | e.Term] = [
        *catalogue.scales,
        *catalogue.codes.values(),
        *catalogue.pairings,
        *(row for risks in catalogue.risks.values() for row in risks),
        *(term for licence in catalogue.licences.values() for term in licence.terms),
    ]
    for row in rows:
        file, line = files.places[id(row)]
        _known(files, file, f"{line} kolom source", split(row.source) or [""], catalogue.sources, "sumber")


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
    for code in catalogue.codes.values():
        if not (code.code.isascii() and code.code.isdigit() and len(code.code) == 5):
            files.complain_of(code, f"kode '{code.code}' bukan 5 angka", "misalnya 56104")
    for pairing in catalogue.pairings:
        for version, number in (("2020", pairing.code_2020), ("2025", pairing.code_2025)):
            if number and (version, number) not in catalogue.codes:
                files.complain_of(pairing, f"kode {number} tidak ada di KBLI {version}", "kode di berkas KBLI")
    for key, rows in catalogue.risks.items():
        for row in rows:
            if key not in catalogue.codes:
                files.complain_of(row, f"kode {row.code} tidak ada di KBLI {row.version}", "kode di berkas KBLI")
            _risk_law(catalogue, files, row)
        _disagreeing_risks(files, rows)


def _risk_law(catalogue: e.Catalogue, files: Files, row: e.RiskRow) -> None:
    law = _article(catalogue, files, *files.places[id(row)], f"{row.law}:lampiran-1")
    if row.valid_to and row.valid_to < row.valid_from:
        files.complain_of(row, f"berakhir {row.valid_to} sebelum mulai", f"sesudah {row.valid_from}")
    elif law and not law.counts_within(row.valid_from, row.valid_to):
        files.complain_of(row, f"{row.law} tidak berlaku sejak {row.valid_from}", "peraturan yang berlaku hari itu")


def _disagreeing_risks(files: Files, rows: tuple[e.RiskRow, ...]) -> None:
    for one, other in combinations(rows, 2):
        together = set(one.scales) & set(other.scales) and _overlap(_span(one), _span(other))
        doubted = one.confidence == other.confidence == "doubtful"
        if together and one.risk != other.risk and not doubted:
            _, line = files.places[id(one)]
            what = f"risiko {other.risk}, padahal {line} menyebut {one.risk} untuk skala dan tanggal sama"
            files.complain_of(other, what, "satu risiko, atau keduanya doubtful")


def _span(row: e.RiskRow | e.ScaleClass) -> tuple[date, date]:
    return row.valid_from, row.valid_to or date.max


def _overlap(one: tuple[date, date], other: tuple[date, date]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _dated_amounts(catalogue: e.Catalogue, files: Files) -> None:
    """Size classes and named limits: each has exactly one row for every day since the first."""
    rows: tuple[e.ScaleClass | e.Limit, ...] = (*catalogue.scales, *catalogue.limits)
    for row in rows:
        _article(catalogue, files, *files.places[id(row)], row.basis)
    for size in get_args(e.Scale):
        _unbroken(files, "scale.csv", size, [r for r in catalogue.scales if r.class_ == size])
    for name in get_args(e.LimitName):
        _unbroken(files, "limits.csv", name, [r for r in catalogue.limits if r.name == name])


def _unbroken(files: Files, file: str, name: str, rows: Sequence[e.ScaleClass | e.Limit]) -> None:
    begins = FIRST_DAY
    for number, row in enumerate(sorted(rows, key=lambda r: r.valid_from)):
        if row.valid_from < begins and number:
            files.complain_of(row, f"dua baris {name} untuk {row.valid_from}", "tanggal yang bersambung")
        elif row.valid_from > begins:
            files.complain_of(row, f"{name} tidak punya baris untuk {begins}", "tanggal yang bersambung")
        begins = date.max if row.valid_to is None else row.valid_to + timedelta(days=1)
    if begins != date.max:
        files.complain(file, "", f"{name} tidak punya baris mulai {begins}", "baris tanpa valid_to")


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
    _terms(catalogue, files, licence.terms)
    _versions(catalogue, files, licence)


def _texts(files: Files, folder: str, licence: e.Licence) -> None:
    wanted = {"what", *(f"why {outcome}" for outcome in licence.header.outcomes)}
    for heading in sorted(wanted - {k for k, v in licence.texts.items() if v}):
        files.complain(f"{folder}/text.md", "", f"bagian '## {heading}' tidak ada atau kosong", "2-3 kalimat pendek")
    for name, texts in (("text.md", licence.texts), ("text.en.md", licence.texts_en)):
        for heading in sorted(set(texts) - wanted):
            files.complain(f"{folder}/{name}", "", f"bagian '## {heading}' tidak dipakai", ", ".join(sorted(wanted)))


def _terms(catalogue: e.Catalogue, files: Files, terms: tuple[e.Term, ...]) -> None:
    seen: set[tuple[str, date]] = set()
    for term in terms:
        if (term.item, term.valid_from) in seen:
            files.complain_of(term, f"dua baris {term.item} mulai {term.valid_from}", "satu baris per tanggal")
        seen.add((term.item, term.valid_from))
        if term.basis:
            _article(catalogue, files, *files.places[id(term)], term.basis)
        if term.rupiah is None and not term.text:
            files.complain_of(term, "tanpa angka dan tanpa keterangan", "rupiah atau text diisi")


def _circles(catalogue: e.Catalogue, files: Files) -> None:
    """Papers that wait for each other could never be begun."""
    for code in catalogue.licences:
        waits, seen = [code], set()
        while waits:
            licence = catalogue.licences.get(waits.pop())
            new = [other for other in licence.header.after if other not in seen] if licence else []
            seen.update(new)
            waits += new
        if code in seen:
            files.complain(
                f"licences/{code}/licence.yaml", "after", f"{code} menunggu dirinya sendiri", "tanpa lingkaran"
            )


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
    for name, place, values in (
        *(("examples", example.id, example.given) for example in catalogue.examples),
        *(("changes", change.id, change.set) for change in catalogue.changes),
    ):
        _known(files, f"finder/{name}.yaml", place, values, (*PLAIN, *catalogue.facts), "fakta")
        for fact, value in values.items():
            _value(catalogue, files, f"finder/{name}.yaml", f"{place}.{fact}", fact, value)
    for change in catalogue.changes:
        _conditions(catalogue, files, "finder/changes.yaml", change.id, change.when)
    groups = [group.id for group in catalogue.worksheet_groups]
    _known(files, "worksheets/nib.yaml", "group", {f.group for f in catalogue.worksheet}, groups, "kelompok")
    sources = [field.from_ for field in catalogue.worksheet]
    _known(files, "worksheets/nib.yaml", "from", sources, ("jual", *PLAIN, *catalogue.facts), "fakta")
    for question in catalogue.finder:
        _finder_question(catalogue, files, question)


def _finder_question(catalogue: e.Catalogue, files: Files, question: e.FinderQuestion) -> None:
    file = "finder/questions.yaml"
    for when in (question.when, *(option.when for option in question.options)):
        _conditions(catalogue, files, file, question.id, when)
    if question.kind == "search":
        _known(files, file, question.id, [question.fact or ""], ("kbli",), "fakta")
    if question.kind == "choice":
        _known(files, file, question.id, [question.fact or ""], (*PLAIN, *catalogue.facts), "fakta")
        if not question.options:
            files.complain(file, question.id, "tidak punya pilihan", "options diisi")
    for option in question.options:
        fact = option.fact if question.kind == "ticks" else question.fact
        if question.kind == "ticks":
            _known(files, file, question.id, [fact or ""], catalogue.facts, "fakta")
        _value(catalogue, files, file, question.id, fact or "", option.value)


def _conditions(
    catalogue: e.Catalogue, files: Files, file: str, where: str, when: Mapping[str, tuple[str, ...]]
) -> None:
    for name, values in when.items():
        _known(files, file, where, [name], catalogue.facts, "fakta")
        for value in values:
            _value(catalogue, files, file, f"{where}.when.{name}", name, value)


def _value(catalogue: e.Catalogue, files: Files, file: str, where: str, name: str, value: str) -> None:
    """Complain of a value outside a fact's closed list, or of an amount that is no whole number."""
    if name in catalogue.facts:
        _known(files, file, where, [value], (*catalogue.facts[name].values, "unknown"), "nilai")
    elif name in ("capital", "sales") and value != "unknown" and not (value.isascii() and value.isdigit()):
        files.complain(file, where, f"nilai '{value}' bukan angka rupiah bulat", "misalnya 5000000")
    elif name == "kbli_version":
        _known(files, file, where, [value], ("2020", "2025"), "nilai")
