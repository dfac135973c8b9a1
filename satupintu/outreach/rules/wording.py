"""Indonesian sentences about an event's answers. None claims more than two self-ratings in one morning show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from satupintu.kernel.stats.gain import band
from satupintu.kernel.stats.pairs import SMALLEST_DISCORDANT, Pairs
from satupintu.kernel.stats.reliability import Alpha
from satupintu.outreach.rules.agenda import Session, finished_late
from satupintu.outreach.rules.evaluation import Evaluation
from satupintu.outreach.rules.paired import Reliability, Statement, class_gain, mean_item_gain
from satupintu.outreach.rules.words import FEW_CHANGED, decimal, of_people, p_value, whole_or_decimal

ASKED = {"self": "ya menurut penilaian sendiri", "knowledge": "jawaban benar"}
BANDS = {"low": "rendah", "medium": "sedang", "high": "tinggi"}
WAVES = {"before": "sebelum", "after": "sesudah", "then": "sebelum (diingat)", "followup": "tindak lanjut"}
WHY_NO_ALPHA = {
    "constant_items": "ada pernyataan yang dijawab sama oleh semua orang",
    "constant_total": "jumlah jawaban semua orang sama",
    "few_items": "pernyataannya kurang dari 2",
    "few_people": "yang menjawab lengkap kurang dari 2 orang",
}


def statement_sentence(one: Statement) -> str:
    """What one statement shows, with its base, in at most four short sentences."""
    if not (one.before.n and one.after.n):
        wave = "sebelum" if one.before.n else "sesudah"
        count = one.before if one.before.n else one.after
        return f"{one.code}, {ASKED[one.kind]}: {of_people(count.yes, count.n)}. Hanya ditanya {wave}."
    told = (
        f"{one.code}, {ASKED[one.kind]}: {of_people(one.before.yes, one.before.n)} sebelum, "
        f"{of_people(one.after.yes, one.after.n)} sesudah."
    )
    return f"{told} {_changed(one.pairs, one.p_holm) if one.pairs else _unpaired(one)}"


def _changed(pairs: Pairs, p_holm: float | None) -> str:
    told = f"{pairs.gained} orang berubah ke ya, {pairs.lost} ke tidak."
    if pairs.discordant < SMALLEST_DISCORDANT:
        return f"{told} {FEW_CHANGED}; di sini {pairs.discordant}."
    interval = pairs.difference()
    points = 100 * (pairs.after - pairs.before) / pairs.n
    return (
        f"{told} Selisih {whole_or_decimal(points)} poin "
        f"({whole_or_decimal(100 * interval.low)} sampai {whole_or_decimal(100 * interval.high)}). "
        f"Uji McNemar eksak: p {p_value(pairs.p_exact)}, Holm {p_value(p_holm if p_holm is not None else 1)}."
    )


def _unpaired(one: Statement) -> str:
    p = one.p_fisher
    told = "Jawaban tidak berpasangan, jadi siapa yang berubah tidak diketahui."
    return told if p is None else f"{told} Uji Fisher dua kelompok: p {p_value(p)}."


def sentences(found: Evaluation, agenda: Sequence[Session]) -> list[str]:
    """The text of the evaluation in reading order."""
    return [
        *_about_people(found),
        *(statement_sentence(one) for one in found.main.statements),
        *_about_gain(found),
        *_about_totals(found),
        *_about_reliability(found),
        *_about_knowledge(found),
        *_about_later(found),
        *_about_scales(found),
        *_about_groups(found),
        *_about_agenda(agenda),
    ]


def _about_people(found: Evaluation) -> Iterator[str]:
    people = found.people
    yield f"{people.paired} dari {people.people} orang menjawab sebelum dan sesudah."


def _about_gain(found: Evaluation) -> Iterator[str]:
    whole, persons = class_gain(found.of_self), found.self_rated.totals
    if whole is not None:
        yield f"N-gain dari rata-rata kelas {decimal(whole, 3)} ({BANDS[band(whole)]} menurut Hake 1998)."
    if (items := mean_item_gain(found.of_self).mean) is not None:
        yield f"Rata-rata N-gain per pernyataan {decimal(items, 3)}."
    if persons and persons.gain.mean is not None:
        full = f"; {persons.gain.full_before} orang sudah penuh dan tidak dihitung" if persons.gain.full_before else ""
        yield f"Rata-rata N-gain per orang {decimal(persons.gain.mean, 3)} ({persons.gain.counted} orang{full})."


def _about_totals(found: Evaluation) -> Iterator[str]:
    totals = found.self_rated.totals
    if totals is None:
        return
    test = totals.wilcoxon
    before, after = totals.sum_before / totals.people, totals.sum_after / totals.people
    yield (
        f"Skor {totals.people} orang yang lengkap: rata-rata {decimal(before)} menjadi {decimal(after)} "
        f"dari {totals.statements}. {totals.risen} orang naik, {totals.fallen} turun, {test.zeros} tetap."
    )
    if 0 < test.people < SMALLEST_DISCORDANT:
        yield f"{FEW_CHANGED.replace('jawaban', 'skor')}; di sini {test.people}."
    elif test.p_exact is not None:
        yield f"Uji peringkat bertanda Wilcoxon, eksak: W {whole_or_decimal(test.w)}, p {p_value(test.p_exact)}."
    elif test.p_normal is not None:
        yield f"Uji Wilcoxon, pendekatan normal karena orangnya banyak: p {p_value(test.p_normal)}."


def _about_reliability(found: Evaluation) -> Iterator[str]:
    for name, part in (("sebelum", found.self_rated.before), ("sesudah", found.self_rated.after)):
        if part.codes:
            yield f"KR-20 {name}: {_alpha(part)}"


def _alpha(part: Reliability) -> str:
    if isinstance(part.found, Alpha):
        return _alpha_figures(part.found)
    told = f"tidak dihitung, karena {WHY_NO_ALPHA[part.found.reason]}"
    if part.constant:
        told += f" ({', '.join(part.constant)})"
    if isinstance(part.varying, Alpha):
        told += f". Tanpa itu: {_alpha_figures(part.varying)}"
        return told
    return f"{told}."


def _alpha_figures(alpha: Alpha) -> str:
    interval = alpha.interval()
    return (
        f"{decimal(alpha.value, 2)} ({decimal(interval.low, 2)} sampai {decimal(interval.high, 2)}), "
        f"{alpha.items} pernyataan, {alpha.people} orang."
    )


def _about_knowledge(found: Evaluation) -> Iterator[str]:
    for one in found.against:
        yield (
            f"{one.self_code} dan soal {one.knowledge_code}, {WAVES[one.wave]}, {one.n} orang. "
            f"Bilang ya: {one.both} benar, {one.only_says} salah. "
            f"Bilang tidak: {one.only_right} benar, {one.neither} salah."
        )


def _about_later(found: Evaluation) -> Iterator[str]:
    for comparison in found.others:
        yield f"Dari {WAVES[comparison.first]} ke {WAVES[comparison.second]}:"
        for one in comparison.statements:
            if one.pairs:
                yield (
                    f"{one.code}: {one.before.yes} menjadi {one.after.yes} dari {one.pairs.n} orang. "
                    f"{_changed(one.pairs, one.p_holm)}"
                )


def _about_scales(found: Evaluation) -> Iterator[str]:
    for scale in found.scales:
        answers = scale.answers
        if answers.mean is None:
            continue
        sd = f", SD {decimal(answers.sd, 2)}" if answers.sd is not None else ""
        counts = ", ".join(f"{count} memberi {step}" for step, count in enumerate(answers.counts, 1) if count)
        yield f"{scale.code}: rata-rata {decimal(answers.mean, 2)} dari {answers.n} jawaban{sd}. {counts}."
    if found.likert_mean is not None:
        yield f"Rata-rata dari rata-rata tanggapan {decimal(found.likert_mean, 2)}."


def _about_groups(found: Evaluation) -> Iterator[str]:
    if found.groups is None:
        return
    for name, cells in found.groups.shown.items():
        parts = [
            f"{code} {before.yes} menjadi {after.yes} dari {before.n}"
            for code, before, after in zip(found.groups.codes, cells[::2], cells[1::2], strict=True)
        ]
        yield f"Kelompok {name}: {'; '.join(parts)}."
    if found.groups.hidden:
        yield f"Disembunyikan agar tidak menunjuk orang: {', '.join(found.groups.hidden)}."


def _about_agenda(agenda: Sequence[Session]) -> Iterator[str]:
    timed = [session for session in agenda if session.actual is not None and session.overrun is not None]
    for session in timed:
        planned, actual = whole_or_decimal(session.planned), whole_or_decimal(session.actual or 0)
        yield f"{session.name}: rencana {planned} menit, nyatanya {actual} menit."
    late = finished_late(agenda)
    if late is not None:
        over = sum((session.overrun or 0) > 0 for session in timed)
        by = whole_or_decimal(abs(late))
        end = "tepat rencana" if late == 0 else f"{by} menit {'lewat rencana' if late > 0 else 'lebih awal'}"
        yield f"{over} dari {len(timed)} sesi lebih lama dari rencana. Acara selesai {end}."


def warnings(found: Evaluation, agenda: Sequence[Session]) -> list[str]:
    """What about the data weakens the figures."""
    people = found.people
    told = []
    if people.unpaired_before or people.unpaired_after:
        told.append(
            f"{people.unpaired_before} jawaban sebelum dan {people.unpaired_after} sesudah tanpa pasangan. "
            "Kalau ada, hanya orang yang menjawab dua kali dihitung."
        )
    if people.nameless_before or people.nameless_after:
        told.append("Ada jawaban tanpa nama. Banyaknya orang adalah yang paling sedikit mungkin.")
    if any(one.pairs is None and one.before.n and one.after.n for one in found.main.statements):
        told.append("Ada pernyataan tanpa pasangan. Uji Fisher menganggap dua kelompok orang berbeda.")
    if found.missing:
        told.append(f"{found.missing} jawaban kosong dan tidak dihitung.")
    constant = found.self_rated.after.constant
    if constant:
        told.append(f"Sesudah, semua orang menjawab sama pada {', '.join(constant)}; KR-20 tidak bermakna.")
    untimed = sum(session.actual is None for session in agenda)
    if untimed:
        told.append(f"{untimed} dari {len(agenda)} sesi tanpa jam nyata. Lewat waktu atau tidak, tidak diketahui.")
    return told


def limits(found: Evaluation) -> list[str]:
    """What the design cannot show, whatever the figures are."""
    told = []
    if any(one.kind == "self" for one in found.main.statements):
        told.append("Ini penilaian diri peserta, bukan ujian pengetahuan.")
    if found.main.statements:
        told.append("Tidak ada kelompok pembanding, jadi sebab perubahan tidak bisa disebut.")
        if not any(comparison.second == "followup" for comparison in found.others):
            told.append("Sebelum dan sesudah ditanya pada acara yang sama; yang bertahan belum diketahui.")
    return told
