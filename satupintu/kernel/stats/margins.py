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

    Those who stay hold ``kept`` in all, before and after. The fallers should have had as much as possible before and
    as little as possible after; what they dropped must be at least one each, and leave the risers one each.
    Every condition is a straight line in ``kept``, so it bounds it from one side.
    """
    needed = max(down, before[-1] - after[-1] + up)
    most_had, least_had = _most(before, down, same), _least(before, up, same)
    most_has, least_has = _most(after, down, same), _least(after, up, same)
    conditions = [
        *_at_least(most_had, least_had, 0),
        *_at_least(most_has, least_has, 0),
        *_at_least(most_had, least_has, needed),
        *((1, room[down + up] - room[-1]) for room in (before, after)),
        *((-1, room[same]) for room in (before, after)),
    ]
    if any(slope == 0 and constant < 0 for slope, constant in conditions):
        return False
    least = max(-constant for slope, constant in [*conditions, (1, 0)] if slope > 0)
    return least <= min(constant for slope, constant in conditions if slope < 0)


Line = tuple[int, int]  # slope and constant of a straight line in `kept`


def _most(room: list[int], down: int, same: int) -> list[Line]:
    """The fallers hold at most the least of these."""
    return [(0, room[down]), (-1, room[down + same]), (-1, room[-1])]


def _least(room: list[int], up: int, same: int) -> list[Line]:
    """The fallers hold at least the greatest of these: what the others have no room for."""
    return [(0, 0), (-1, room[-1] - room[up]), (0, room[-1] - room[up + same])]


def _at_least(upper: list[Line], lower: list[Line], needed: int) -> list[Line]:
    """Lines that must not be negative so that every upper one is ``needed`` above every lower one."""
    return [(a - c, b - d - needed) for a, b in upper for c, d in lower]


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
