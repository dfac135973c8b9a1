"""The figures of one event, from its data and the evaluation of its answers."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from satupintu.kernel.stats.gain import band
from satupintu.kernel.stats.pairs import SMALLEST_DISCORDANT
from satupintu.kernel.stats.printed import Printed, PrintedMean, fitting_n, half_even, half_up
from satupintu.kernel.stats.reliability import Alpha
from satupintu.outreach.rules.agenda import Session, finished_late
from satupintu.outreach.rules.evaluation import Evaluation, Scale
from satupintu.outreach.rules.paired import Count, Reliability, Statement, class_gain, mean_item_gain
from satupintu.outreach.rules.report.data import ReportData, sessions_of
from satupintu.outreach.rules.report.figures import Figure, Figures

EVENT, AGENDA, PEOPLE = "keterangan acara", "susunan acara dan tombol mulai/selesai", "daftar hadir"
ANSWERS, QUESTIONS, AID = "jawaban peserta", "catatan tanya-jawab", "catatan serah terima"
CHOICE = "ketetapan cara hitung"
LEVEL = Fraction(5, 100)
BANDS = {"low": "rendah", "medium": "sedang", "high": "tinggi"}
BANDS_EN = {"low": "low", "medium": "medium", "high": "high"}
# Which n could stand behind printed means is asked up to here, as `check-table` does.
MOST_FITTING = 60


def figures_of(data: ReportData, found: Evaluation) -> Figures:
    """Every figure of an event. What is not known has no figure."""
    return Figures(
        [
            *_of_event(data),
            *_of_people(data),
            *_of_agenda(data),
            *_of_answers(found),
            *(figure for one in found.main.statements for figure in _of_statement(one)),
            *_of_totals(data, found),
            *_of_reliability(found),
            *_of_knowledge(found),
            *_of_scales(data, found),
            *_of_questions(data),
            *_of_aid(data),
            *_of_what_follows(data),
            *_of_choices(),
        ]
    )


def _flag(name: str, origin: str, holds: bool) -> Iterator[Figure]:
    if holds:
        yield Figure(name, True, "flag", origin)


def _of_choices() -> Iterator[Figure]:
    yield Figure("level", "0,05", "text", CHOICE)
    yield Figure("level_en", "0.05", "text", CHOICE)
    yield Figure("confidence", 95, "percent", CHOICE)
    yield Figure("fewest_changed", SMALLEST_DISCORDANT, "count", CHOICE)


def _of_event(data: ReportData) -> Iterator[Figure]:
    event = data.event
    texts = {
        "title": event.title,
        "place": event.place,
        "market": event.market,
        "region": event.region,
        "funding": event.funding,
        "letter": event.letter,
        "organisers": " dan ".join(event.organisers),
        "partners": ", ".join(data.event.only_partners()),
        "note": event.note,
        "made_up": event.made_up,
        "made_up_en": event.made_up_en,
        "target_source": event.target_source,
    }
    yield from (Figure(f"event.{name}", text, "text", EVENT) for name, text in texts.items() if text)
    if event.day:
        yield Figure("event.day", event.day, "day", EVENT)


def _of_people(data: ReportData) -> Iterator[Figure]:
    event = data.event
    for name in ("target", "invited", "attended", "uninvited", "late", "early"):
        value = getattr(event, name)
        if value is not None:
            yield Figure(f"people.{name}", value, "count", EVENT if name == "target" or not data.people else PEOPLE)
    if event.attended is not None and event.target:
        share = Fraction(100 * event.attended, event.target)
        yield Figure("people.coverage", share, "percent", "hadir dibagi sasaran", event.target)
    if event.attended is not None and event.invited:
        expected = event.attended - (event.uninvited or 0)
        yield Figure("people.invited_came", expected, "count", PEOPLE)
        share = Fraction(100 * expected, event.invited)
        yield Figure("people.turnout", share, "percent", "undangan yang hadir dibagi undangan", event.invited)


def _of_agenda(data: ReportData) -> Iterator[Figure]:
    sessions = sessions_of(data.agenda)
    if not sessions:
        return
    yield Figure("agenda.sessions", len(sessions), "count", AGENDA)
    whole = max(one.planned_end for one in sessions) - min(one.planned_start for one in sessions)
    yield Figure("agenda.planned", Fraction(int(whole.total_seconds()), 60), "minutes", AGENDA)
    for number, one in enumerate(sessions, 1):
        yield from _of_session(f"agenda.{number}", one)
    timed = [one for one in sessions if one.actual is not None]
    over = sum((one.overrun or 0) > 0 for one in timed)
    yield Figure("agenda.timed", len(timed), "count", AGENDA)
    yield Figure("agenda.untimed", len(sessions) - len(timed), "count", AGENDA)
    yield from _flag("agenda.all_timed", AGENDA, len(timed) == len(sessions))
    yield from _flag("agenda.some_timed", AGENDA, bool(timed))
    yield from _flag("agenda.not_all_timed", AGENDA, len(timed) < len(sessions))
    if timed:
        yield Figure("agenda.over", over, "count", AGENDA, len(timed))
        yield from _flag("agenda.ran_over", AGENDA, over > 0)
        yield from _flag("agenda.kept_length", AGENDA, over == 0 and len(timed) == len(sessions))
    late = finished_late(sessions)
    if late is not None:
        minutes = abs(Fraction(late))
        name = "late_by" if late > 0 else "early_by"
        yield from _flag("agenda.ended_on_time", AGENDA, late == 0)
        if late:
            yield Figure(f"agenda.{name}", minutes, "minutes", "selesai nyata dikurangi selesai rencana")


def _of_session(name: str, one: Session) -> Iterator[Figure]:
    yield Figure(f"{name}.planned", Fraction(one.planned), "minutes", AGENDA)
    for what in ("actual", "overrun", "delay"):
        value = getattr(one, what)
        if value is not None:
            yield Figure(f"{name}.{what}", Fraction(value), "more" if what == "overrun" else "minutes", AGENDA)


def _of_answers(found: Evaluation) -> Iterator[Figure]:
    people = found.people
    yield from _flag("n.hidden", ANSWERS, people.people > 0 and not found.main.statements)
    yield from _flag("answers", ANSWERS, bool(found.main.statements or found.scales))
    both = [one for one in found.main.statements if one.before.n and one.after.n]
    if both:
        yield Figure("n.people", people.people, "count", ANSWERS)
        yield Figure("n.paired", people.paired, "count", ANSWERS, people.people)
        yield from _flag("n.all_paired", ANSWERS, people.paired == people.people and all(one.pairs for one in both))
        yield from _flag("n.some_paired", ANSWERS, people.paired > 0)
    if people.unpaired_before or people.unpaired_after:
        yield Figure("n.unpaired_before", people.unpaired_before, "count", ANSWERS)
        yield Figure("n.unpaired_after", people.unpaired_after, "count", ANSWERS)
    if found.missing:
        yield Figure("n.missing", found.missing, "count", ANSWERS)
    if any(one.pairs is None for one in both):
        yield Figure("n.without_pairs", sum(one.pairs is None for one in both), "count", ANSWERS, len(both))
    yield from _flag("asked_again", ANSWERS, any(other.second == "followup" for other in found.others))
    yield from _flag("not_asked_again", ANSWERS, not any(other.second == "followup" for other in found.others))


def _of_statement(one: Statement) -> Iterator[Figure]:
    yield from _of_count(f"item.{one.code}.before", one.before)
    yield from _of_count(f"item.{one.code}.after", one.after)
    if one.pairs:
        for name in ("kept", "gained", "lost", "never"):
            yield Figure(f"item.{one.code}.{name}", getattr(one.pairs, name), "count", ANSWERS, one.pairs.n)
        yield Figure(f"item.{one.code}.p", one.pairs.p_exact, "p", "uji McNemar eksak", one.pairs.n)
        if one.p_holm is not None:
            yield Figure(f"item.{one.code}.holm", one.p_holm, "p", "koreksi Holm", one.pairs.n)
    if (fisher := one.p_fisher) is not None:
        yield Figure(f"item.{one.code}.fisher", fisher, "p", "uji Fisher dua kelompok", one.before.n + one.after.n)
    if one.difference is not None and one.interval:
        base = one.before.n
        yield Figure(f"item.{one.code}.points", 100 * one.difference, "points", "sesudah dikurangi sebelum", base)
        for end in ("low", "high"):
            value = 100 * getattr(one.interval, end)
            yield Figure(f"item.{one.code}.{end}", value, "limit", "selang Newcombe", base)
    if one.gain is not None:
        yield Figure(f"item.{one.code}.gain", one.gain, "index", "N-gain", one.before.n)


def _of_count(name: str, count: Count) -> Iterator[Figure]:
    if count.n:
        yield Figure(f"{name}.yes", count.yes, "count", ANSWERS, count.n)
        yield Figure(f"{name}.n", count.n, "count", ANSWERS)
        yield Figure(f"{name}.percent", Fraction(100 * count.yes, count.n), "percent", "ya dibagi penjawab", count.n)


def _of_totals(data: ReportData, found: Evaluation) -> Iterator[Figure]:
    own = [one for one in found.of_self if one.before.n and one.after.n]
    if not own:
        return
    yield Figure("statements.count", len(own), "count", ANSWERS)
    ps = [one.p_holm for one in own if one.p_holm is not None]
    if ps:
        tests = sum(one.p_holm is not None for one in found.main.statements)
        yield Figure("holm.count", tests, "count", "koreksi Holm")
        yield Figure("statements.below", sum(p < LEVEL for p in ps), "count", "koreksi Holm", len(ps))
    gained, lost = ([getattr(one.pairs, name) for one in own if one.pairs] for name in ("gained", "lost"))
    if gained:
        pairs = sum(one.pairs.n for one in own if one.pairs)
        yield Figure("statements.pairs", pairs, "count", ANSWERS)
        yield Figure("statements.gained", sum(gained), "count", ANSWERS, pairs)
        yield Figure("statements.lost", sum(lost), "count", ANSWERS, pairs)
    whole = class_gain(own)
    if whole is not None:
        yield Figure("gain.class", whole, "index", "N-gain dari rata-rata kelas", found.people.people)
        yield Figure("gain.band", BANDS[band(whole)], "text", "batas Hake 1998")
        yield Figure("gain.band_en", BANDS_EN[band(whole)], "text", "batas Hake 1998")
    if (items := mean_item_gain(own).mean) is not None:
        yield Figure("gain.items", items, "index", "rata-rata N-gain per pernyataan", len(own))
    weakest = min(own, key=lambda one: (one.after.share or 0, one.code))
    yield Figure("weakest.yes", weakest.after.yes, "count", ANSWERS, weakest.after.n)
    yield Figure("weakest.n", weakest.after.n, "count", ANSWERS)
    yield Figure("weakest.code", weakest.code, "text", ANSWERS)
    yield Figure("weakest.text", data.words_of(weakest.code), "text", "kuesioner")
    totals = found.self_rated.totals
    if totals is None:
        return
    yield Figure("totals.people", totals.people, "count", ANSWERS)
    yield Figure("totals.before", Fraction(totals.sum_before, totals.people), "sum", ANSWERS, totals.people)
    yield Figure("totals.after", Fraction(totals.sum_after, totals.people), "sum", ANSWERS, totals.people)
    yield Figure("totals.risen", totals.risen, "count", ANSWERS, totals.people)
    yield Figure("totals.fallen", totals.fallen, "count", ANSWERS, totals.people)
    yield Figure("totals.same", totals.wilcoxon.zeros, "count", ANSWERS, totals.people)
    if totals.gain.mean is not None:
        yield Figure("gain.persons", totals.gain.mean, "index", "rata-rata N-gain per orang", totals.gain.counted)
        yield Figure("gain.persons_counted", totals.gain.counted, "count", ANSWERS, totals.people)
    test = totals.wilcoxon
    if test.people < SMALLEST_DISCORDANT:
        yield from _flag("totals.few", ANSWERS, True)
        yield Figure("totals.changed", test.people, "count", ANSWERS, totals.people)
    elif test.p_exact is not None:
        yield Figure("wilcoxon.w", Fraction(test.w), "rank", "uji Wilcoxon eksak", test.people)
        yield Figure("wilcoxon.p", test.p_exact, "p", "uji Wilcoxon eksak", test.people)
    elif test.p_normal is not None:
        yield Figure("wilcoxon.p_normal", test.p_normal, "p", "uji Wilcoxon, pendekatan normal", test.people)


def _of_reliability(found: Evaluation) -> Iterator[Figure]:
    for wave, part in (("before", found.self_rated.before), ("after", found.self_rated.after)):
        if part.codes:
            yield from _of_alpha(f"kr20.{wave}", part)


def _of_alpha(name: str, part: Reliability) -> Iterator[Figure]:
    if isinstance(part.found, Alpha):
        alpha, name = part.found, name
    elif isinstance(part.varying, Alpha):
        yield Figure(f"{name}.constant", ", ".join(part.constant), "text", ANSWERS)
        alpha, name = part.varying, f"{name}.rest"
    else:
        yield from _flag(f"{name}.none", ANSWERS, True)
        return
    interval = alpha.interval()
    yield Figure(f"{name}.value", alpha.value, "mean", "KR-20", alpha.people)
    yield Figure(f"{name}.low", interval.low, "mean", "selang Feldt", alpha.people)
    yield Figure(f"{name}.high", interval.high, "mean", "selang Feldt", alpha.people)
    yield Figure(f"{name}.items", alpha.items, "count", ANSWERS)
    yield Figure(f"{name}.people", alpha.people, "count", ANSWERS)


def _of_knowledge(found: Evaluation) -> Iterator[Figure]:
    asked = [one for one in found.main.statements if one.kind == "knowledge" and one.before.n and one.after.n]
    if asked:
        yield Figure("knowledge.count", len(asked), "count", ANSWERS)
        if (whole := class_gain(asked)) is not None:
            yield Figure("knowledge.gain", whole, "index", "N-gain dari rata-rata kelas", asked[0].before.n)
    for one in found.against:
        name = f"against.{one.knowledge_code}.{one.wave}"
        yield Figure(f"{name}.n", one.n, "count", ANSWERS)
        for cell in ("both", "only_says", "only_right", "neither"):
            yield Figure(f"{name}.{cell}", getattr(one, cell), "count", ANSWERS, one.n)
    if found.against:
        says = sum(one.both + one.only_says for one in found.against)
        yield Figure("against.says", says, "count", ANSWERS)
        yield Figure("against.only_says", sum(one.only_says for one in found.against), "count", ANSWERS, says)


def _of_scales(data: ReportData, found: Evaluation) -> Iterator[Figure]:
    for scale in found.scales:
        yield from _of_scale(scale)
    sizes = [scale.answers.n for scale in found.scales]
    if not sizes or found.likert_mean is None:
        return
    yield Figure("likert.count", len(sizes), "count", ANSWERS)
    yield Figure("likert.mean", found.likert_mean, "mean", "rata-rata dari semua rata-rata", len(sizes))
    yield Figure("likert.n", max(sizes), "count", ANSWERS)
    yield from _flag("likert.uneven", ANSWERS, min(sizes) != max(sizes))
    attended = data.event.attended
    if attended is not None and max(sizes) > attended:
        yield from _flag("likert.more_sheets", ANSWERS, True)
        means = [_printed(scale) for scale in found.scales if scale.answers.mean is not None]
        impossible = sum(not mean.is_possible(attended) for mean in means)
        yield Figure("likert.impossible", impossible, "count", "uji GRIM", len(means))
        fit = sorted({n for rule in (half_up, half_even) for n in fitting_n(means, rule, range(1, MOST_FITTING + 1))})
        if len(fit) == 1:
            yield Figure("likert.fitting", fit[0], "count", "uji GRIM", MOST_FITTING)
            yield Figure("likert.most_fitting", MOST_FITTING, "count", CHOICE)


def _printed(scale: Scale) -> PrintedMean:
    mean = scale.answers.mean or Fraction(0)
    return PrintedMean(Printed(Fraction(half_up(100 * mean), 100), 2), low=1, high=5)


def _of_scale(scale: Scale) -> Iterator[Figure]:
    answers = scale.answers
    if answers.mean is None:
        return
    yield Figure(f"item.{scale.code}.n", answers.n, "count", ANSWERS)
    yield Figure(f"item.{scale.code}.mean", answers.mean, "mean", ANSWERS, answers.n)
    if answers.sd is not None:
        yield Figure(f"item.{scale.code}.sd", answers.sd, "mean", "simpangan baku, n - 1", answers.n)
    for step, count in enumerate(answers.counts, 1):
        yield Figure(f"item.{scale.code}.gave_{step}", count, "count", ANSWERS, answers.n)


def _of_questions(data: ReportData) -> Iterator[Figure]:
    if data.questions:
        answered = sum(bool(one.answer) for one in data.questions)
        yield Figure("questions.count", len(data.questions), "count", QUESTIONS)
        yield Figure("questions.answered", answered, "count", QUESTIONS, len(data.questions))
        yield Figure("questions.open", len(data.questions) - answered, "count", QUESTIONS, len(data.questions))
        yield from _flag("questions.some_open", QUESTIONS, answered < len(data.questions))


def _of_what_follows(data: ReportData) -> Iterator[Figure]:
    for number, one in enumerate(data.wanted, 1):
        yield Figure(f"wanted.{number}", one.count, "count", ANSWERS, one.base)
    for number, one in enumerate(data.ladder, 1):
        yield Figure(f"ladder.{number}", one.count, "count", "tonggak di daftar pedagang", one.base)


def _of_aid(data: ReportData) -> Iterator[Figure]:
    for number, item in enumerate(data.aid, 1):
        yield Figure(f"aid.{number}.handed", item.handed, "count", AID, item.stock)
        yield Figure(f"aid.{number}.stock", item.stock, "count", AID)
        yield Figure(f"aid.{number}.left", item.stock - item.handed, "count", AID, item.stock)
        yield Figure(f"aid.{number}.receivers", item.receivers, "count", AID)
        yield Figure(f"aid.{number}.without", item.without, "count", AID)
        if item.value is not None:
            yield Figure(f"aid.{number}.worth", item.value * item.handed, "rupiah", AID)
    if data.aid:
        yield Figure("aid.count", len(data.aid), "count", AID)
        known = [item.value * item.handed for item in data.aid if item.value is not None]
        if len(known) == len(data.aid):
            yield Figure("aid.worth", sum(known), "rupiah", AID)
        else:
            yield Figure("aid.without_value", len(data.aid) - len(known), "count", AID, len(data.aid))
