"""What a table of before and after tells when only the sums are printed, and what it leaves open.

x of n said yes before, y after. Who they were is not printed, so how many lost their yes lies between two ends; each
figure built on it is an interval whose ends are reached by some table with these sums.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from satupintu.kernel.stats.pairs import Pairs, mcnemar_exact


@dataclass(frozen=True, slots=True)
class Margin:
    """Yes before and after among the same n people."""

    before: int
    after: int
    n: int

    @property
    def fewest_lost(self) -> int:
        return max(0, self.before - self.after)

    @property
    def most_lost(self) -> int:
        return min(self.before, self.n - self.after)

    @property
    def identified(self) -> bool:
        """Whether only one table has these sums, so that every figure is a fact."""
        return self.fewest_lost == self.most_lost

    def pairs(self, lost: int) -> Pairs:
        """The table in which ``lost`` people went from yes to no."""
        gained = self.after - self.before + lost
        return Pairs(self.before - lost, gained, lost, self.n - self.before - gained)

    @property
    def ends(self) -> tuple[Pairs, Pairs]:
        """The table with the fewest and the one with the most people who lost."""
        return self.pairs(self.fewest_lost), self.pairs(self.most_lost)

    @property
    def p_exact(self) -> tuple[float, float]:
        """The least and the greatest exact p of McNemar; it only grows with how many lost."""
        first, last = self.ends
        return first.p_exact, last.p_exact


@dataclass(frozen=True, slots=True)
class Balance:
    """How many people ended higher and lower, and the exact p of the sign test on them."""

    up: int
    down: int

    @property
    def p_exact(self) -> float:
        return mcnemar_exact(self.up, self.down)


def balances(before: Sequence[int], after: Sequence[int], n: int) -> list[Balance]:
    """Every (up, down) of people's totals that some answers of n people with these sums per statement give.

    Answers before and after may be dealt out freely, so a group of s people can have had at most
    sum(min(x, s)) yeses together, and this suffices (Gale and Ryser; the flow that deals them is whole). Nothing is
    enumerated but the sizes of the groups and the total of those who stayed.
    """
    room_before, room_after = _room(before, n), _room(after, n)
    found = []
    for up in range(n + 1):
        for down in range(n - up + 1):
            if _can_be(room_before, room_after, up, down, n - up - down):
                found.append(Balance(up, down))
    return found


def _room(sums: Sequence[int], n: int) -> list[int]:
    """The most yeses that s people can hold together, for s from 0 to n."""
    return [sum(min(x, s) for x in sums) for s in range(n + 1)]


def _can_be(before: list[int], after: list[int], up: int, down: int, same: int) -> bool:
    """Whether totals can be dealt so that ``up`` people rise, ``down`` fall and ``same`` stay.

    Those who stay hold ``kept`` in all, before and after. Then the fallers should have had as much as possible
    before and as little as possible after; what they dropped must be at least one each, and leave the risers one.
    """
    whole_before, whole_after = before[-1], after[-1]
    needed = max(down, whole_before - whole_after + up)
    for kept in range(min(before[same], after[same]) + 1):
        had = _limits(before, whole_before, down, up, same, kept)
        has = _limits(after, whole_after, down, up, same, kept)
        if had and has and had[1] - has[0] >= needed:
            return True
    return False


def _limits(room: list[int], whole: int, group: int, other: int, same: int, kept: int) -> tuple[int, int] | None:
    """The least and most that ``group`` can hold if ``same`` people hold ``kept`` and ``other`` the rest."""
    if kept < whole - room[group + other]:
        return None
    least = max(0, whole - kept - room[other], whole - room[other + same])
    most = min(room[group], room[group + same] - kept, whole - kept)
    return (least, most) if least <= most else None


def kr20_bounds(sums: Sequence[int], n: int) -> tuple[Fraction | None, Fraction] | None:
    """The least and greatest KR-20 that answers of n people with these sums per statement can have.

    Greatest when the answers nest (the same people say yes to all), least when totals are as equal as possible; the
    least is None if totals can be all equal, for then it has no bound. None if no statement varies.
    """
    k = len(sums)
    spreads = sum(n * x - x * x for x in sums)  # n squared times the variance of each, added
    if k < 2 or spreads == 0:
        return None
    nested = [sum(1 for x in sums if x > person) for person in range(n)]
    base, more = divmod(sum(sums), n)
    even = [base + 1] * more + [base] * (n - more)
    ends = []
    for totals in (even, nested):
        whole = n * sum(t * t for t in totals) - sum(totals) ** 2
        ends.append(Fraction(k, k - 1) * (1 - Fraction(spreads, whole)) if whole else None)
    least, greatest = ends
    return None if greatest is None else (least, greatest)
