"""Indonesian sentences about a printed table. They say what is known, what is an interval, and accuse nobody."""

from __future__ import annotations

from collections.abc import Iterator

from satupintu.kernel.stats.pairs import SMALLEST_DISCORDANT
from satupintu.outreach.rules.printed_tables import PercentFinding, TableFinding
from satupintu.outreach.rules.words import FEW_CHANGED, decimal, of_people, p_value, whole_or_decimal


def sentences(found: TableFinding) -> list[str]:
    """What the table says about n people, in the order a reader asks."""
    return [*_about_percents(found), *_about_people(found), *_about_means(found), *_limits(found)]


def _about_percents(found: TableFinding) -> Iterator[str]:
    for finding in found.percents:
        yield f"{finding.row.label}: {_statement(finding)}"


def _statement(finding: PercentFinding) -> str:
    margin, p, lost = finding.margin, finding.p_exact, finding.lost
    if p is None or lost is None:
        wrong = [
            f"{whole_or_decimal(percent.value)} %"
            for percent, counts in (
                (finding.row.before, finding.before_counts),
                (finding.row.after, finding.after_counts),
            )
            if not counts
        ]
        return f"{' dan '.join(wrong)} tidak bisa didapat dari {finding.n} orang."
    told = f"{_fitting(finding.before_counts, finding.n)} sebelum, {_fitting(finding.after_counts, finding.n)} sesudah."
    if margin and finding.identified:
        changed = margin.pairs(lost[0]).discordant
        few = f" {FEW_CHANGED}; di sini {changed} orang." if changed < SMALLEST_DISCORDANT else ""
        return f"{told} Yang berbalik ke tidak pasti {lost[0]} orang; p = {p_value(p[0])}.{few}"
    return (
        f"{told} Yang berbalik ke tidak antara {lost[0]} dan {lost[1]} orang; "
        f"p antara {p_value(p[0])} dan {p_value(p[1])}."
    )


def _fitting(counts: range, n: int) -> str:
    """The count with its percent, or the several that are printed alike."""
    return of_people(counts[0], n) if len(counts) == 1 else f"{counts[0]} sampai {counts[-1]} dari {n} orang"


def _about_people(found: TableFinding) -> Iterator[str]:
    if found.p_holm:
        best, worst = (sum(p[end] < 0.05 for p in found.p_holm.values()) for end in (0, 1))
        count = len(found.p_holm)
        between = f"{best}" if best == worst else f"antara {worst} dan {best}"
        yield f"Dengan koreksi Holm, {between} dari {count} pernyataan di bawah 0,05."
    if found.class_gain is not None:
        yield f"N-gain dari rata-rata kelas {decimal(found.class_gain, 3)}."
    if found.mean_item_gain is not None:
        yield f"Rata-rata N-gain per pernyataan {decimal(found.mean_item_gain, 3)}; ini angka lain."
    if found.balances:
        ups, downs = ([getattr(b, way) for b in found.balances] for way in ("up", "down"))
        least, greatest = found.balances[0].p_exact, found.balances[-1].p_exact
        yield (
            f"Skor per orang tidak tercetak. Yang naik antara {min(ups)} dan {max(ups)} orang, "
            f"yang turun antara {min(downs)} dan {max(downs)}. Uji tanda: p antara {p_value(least)} "
            f"dan {p_value(greatest)}."
        )


def _about_means(found: TableFinding) -> Iterator[str]:
    for row in found.means:
        if not row.mean.is_possible(found.n):
            printed = decimal(row.mean.printed.value, row.mean.printed.decimals)
            near = " dan ".join(dict.fromkeys(decimal(mean, 2) for mean in row.mean.nearest(found.n)))
            yield (
                f"{row.label}: rata-rata {printed} tidak bisa didapat dari {found.n} jawaban bulat. Terdekat: {near}. "
                "Mungkin penjawabnya lebih banyak, ada pembobotan, atau salah salin."
            )
    if found.means:
        fit = sorted({*found.fitting_n["half_up"], *found.fitting_n["half_even"]})
        listed = ", ".join(map(str, fit)) or "tidak ada"
        yield f"Banyak penjawab (1 sampai 60) yang cocok dengan semua rata-rata: {listed}."
    if found.mean_of_means is not None:
        yield f"Rata-rata dari semua rata-rata {decimal(found.mean_of_means, 2)}."


def _limits(found: TableFinding) -> Iterator[str]:
    if found.percents:
        yield (
            f"Batas: semua ini hanya berlaku kalau {found.n} orang yang sama menjawab semua pernyataan dua kali. "
            "Tabel tanpa kelompok pembanding tidak menunjukkan sebabnya."
        )
