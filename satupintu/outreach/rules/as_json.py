"""The evaluation with the keys of the public interface. Percents and points are of 100; nothing is rounded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from satupintu.kernel.stats.likert import Likert
from satupintu.kernel.stats.proportions import wilson
from satupintu.kernel.stats.reliability import Alpha, Refused
from satupintu.kernel.stats.signed_rank import SignedRank
from satupintu.outreach.rules.agenda import Session, finished_late
from satupintu.outreach.rules.evaluation import AgainstKnowledge, Comparison, Evaluation, Groups, Part, Scale
from satupintu.outreach.rules.paired import Count, Reliability, Statement, Totals, class_gain, mean_item_gain
from satupintu.outreach.rules.tables_as_json import number
from satupintu.outreach.rules.wording import limits, sentences, statement_sentence, warnings


def evaluation_as_json(found: Evaluation, agenda: Sequence[Session]) -> dict[str, Any]:
    """The whole answer of `satupintu evaluate --json`."""
    people = found.people
    return {
        "n": {
            "people": people.people,
            "paired": people.paired,
            "unpaired_before": people.unpaired_before,
            "unpaired_after": people.unpaired_after,
            "missing_answers": found.missing,
        },
        "statements": [_statement(one) for one in found.main.statements],
        "class_gain": number(class_gain(found.of_self)),
        "mean_item_gain": number(mean_item_gain(found.of_self).mean),
        **_part(found.self_rated),
        "knowledge": _knowledge(found),
        "knowledge_against_self": [_against(one) for one in found.against],
        "comparisons": [_comparison(other) for other in found.others],
        "three_waves": [
            {"code": w.code, "n": w.people, "q": w.q, "df": w.freedom, "p_chi_square": w.p} for w in found.waves
        ],
        "likert": [_scale(scale) for scale in found.scales],
        "likert_mean": number(found.likert_mean),
        "groups": _groups(found.groups),
        "agenda": [_session(session) for session in agenda],
        "finished_late": finished_late(agenda),
        "warnings": [*warnings(found, agenda), *limits(found)],
        "sentences": sentences(found, agenda),
    }


def _statement(one: Statement) -> dict[str, Any]:
    pairs, difference, interval = one.pairs, one.difference, one.interval
    told: dict[str, Any] = {
        "code": one.code,
        "kind": one.kind,
        "paired": pairs is not None,
        "before": _count(one.before),
        "after": _count(one.after),
        "all_before": _count(one.all_before),
        "all_after": _count(one.all_after),
    }
    for name in ("kept", "gained", "lost", "never"):
        told[name] = getattr(pairs, name) if pairs else None
    return told | {
        "p_exact": pairs.p_exact if pairs else None,
        "p_holm": one.p_holm,
        "p_fisher": one.p_fisher,
        "difference": {
            "points": number(None if difference is None else 100 * difference),
            "low": 100 * interval.low if interval else None,
            "high": 100 * interval.high if interval else None,
        },
        "n_gain": number(one.gain),
        "sentence": statement_sentence(one),
    }


def _count(count: Count) -> dict[str, Any]:
    if not count.n:
        return {"yes": 0, "n": 0, "percent": None, "low": None, "high": None}
    interval = wilson(count.yes, count.n)
    percent = 100 * count.yes / count.n
    return {
        "yes": count.yes,
        "n": count.n,
        "percent": percent,
        "low": 100 * interval.low,
        "high": 100 * interval.high,
    }


def _part(part: Part) -> dict[str, Any]:
    return {
        "mean_person_gain": number(part.totals.gain.mean) if part.totals else None,
        "totals": _totals(part.totals),
        "wilcoxon": _wilcoxon(part.totals.wilcoxon) if part.totals else None,
        "reliability": {"before": _reliability(part.before), "after": _reliability(part.after)},
    }


def _knowledge(found: Evaluation) -> dict[str, Any] | None:
    if found.knowledge is None:
        return None
    asked = [one for one in found.main.statements if one.kind == "knowledge"]
    return {"class_gain": number(class_gain(asked)), **_part(found.knowledge)}


def _totals(totals: Totals | None) -> dict[str, Any] | None:
    if totals is None:
        return None
    return {
        "people": totals.people,
        "statements": totals.statements,
        "mean_before": totals.sum_before / totals.people,
        "mean_after": totals.sum_after / totals.people,
        "risen": totals.risen,
        "fallen": totals.fallen,
        "same": totals.wilcoxon.zeros,
        "gain_counted": totals.gain.counted,
        "full_before": totals.gain.full_before,
    }


def _wilcoxon(test: SignedRank) -> dict[str, Any]:
    return {
        "w": float(test.w),
        "w_plus": float(test.plus),
        "w_minus": float(test.minus),
        "n": test.people,
        "zeros": test.zeros,
        "p_exact": test.p_exact,
        "p_normal": test.p_normal,
        "rank_biserial": number(test.rank_biserial),
    }


def _reliability(found: Reliability) -> dict[str, Any]:
    told: dict[str, Any] = {"kind": "kr20", **_alpha(found.found)}
    told |= {"people": found.people, "items": len(found.codes), "constant": list(found.constant)}
    told["without_constant"] = None
    if found.varying is not None:
        items = len(found.codes) - len(found.constant)
        told["without_constant"] = {"items": items, "people": found.people, **_alpha(found.varying)}
    return told


def _alpha(found: Alpha | Refused) -> dict[str, Any]:
    if isinstance(found, Refused):
        return {"alpha": None, "low": None, "high": None, "reason": found.reason}
    interval = found.interval()
    return {"alpha": float(found.value), "low": interval.low, "high": interval.high, "reason": None}


def _against(one: AgainstKnowledge) -> dict[str, Any]:
    return {
        "self": one.self_code,
        "knowledge": one.knowledge_code,
        "wave": one.wave,
        "n": one.n,
        "both": one.both,
        "only_says": one.only_says,
        "only_right": one.only_right,
        "neither": one.neither,
    }


def _comparison(comparison: Comparison) -> dict[str, Any]:
    return {
        "from": comparison.first,
        "to": comparison.second,
        "statements": [_statement(one) for one in comparison.statements],
    }


def _scale(scale: Scale) -> dict[str, Any]:
    return {
        "code": scale.code,
        "wave": scale.wave,
        **_likert(scale.answers),
        "before": _likert(scale.before) if scale.before else None,
        "change": _wilcoxon(scale.change) if scale.change else None,
    }


def _likert(answers: Likert) -> dict[str, Any]:
    return {"n": answers.n, "mean": number(answers.mean), "sd": answers.sd, "counts": list(answers.counts)}


def _groups(groups: Groups | None) -> dict[str, Any] | None:
    if groups is None:
        return None
    shown = []
    for name, cells in groups.shown.items():
        pairs = zip(groups.codes, cells[::2], cells[1::2], strict=True)
        shown.append(
            {
                "group": name,
                "statements": [
                    {"code": code, "n": before.n, "before_yes": before.yes, "after_yes": after.yes}
                    for code, before, after in pairs
                ],
            }
        )
    return {"shown": shown, "hidden": list(groups.hidden)}


def _session(session: Session) -> dict[str, Any]:
    return {
        "section": session.section,
        "session": session.name,
        "speaker": session.speaker,
        "planned": session.planned,
        "actual": session.actual,
        "overrun": session.overrun,
        "delay": session.delay,
    }
