"""Measure search, list, filter and open in the registry, on a made-up crowd.

    python bench/registry.py                          203,000 people in a SQLite file of its own
    python bench/registry.py --people 20000 203000 2000000   how it grows
    DATABASE_URL=postgres://... python bench/registry.py     the same on an empty PostgreSQL database

The limit is 100 ms for the slowest twentieth (p95) at 203,000. Wall time is what somebody waits; the processor
time beside it tells whether the machine was busy with something else. Exit 1 if a limit is broken.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

LIMIT_MS = 100
LIMIT_AT = 203_000
ASKED = 100


def typo(text: str) -> str:
    """Each word with two letters of its middle turned round."""
    turned = []
    for word in text.split():
        middle = len(word) // 2
        turned.append(word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :])
    return " ".join(turned)


def measures() -> Iterator[tuple[str, Callable[[object], object]]]:
    """Name and question; each question is asked about many people drawn by chance."""
    from satupintu.audit.rules import Actor
    from satupintu.registry.models import Market
    from satupintu.registry.queries.people import Filters, page, person_page
    from satupintu.registry.queries.search import search

    market = Market.objects.get(code="pasar-contoh-09").pk
    filters = {
        "list": Filters(),
        "one kelurahan": Filters(region="32.75.11.1004"),
        "market": Filters(market=market),
        "no NIB": Filters(missing="nib"),
        "barrier": Filters(barrier="red_zone"),
        "barrier and no NIB": Filters(barrier="fears_cost", missing="nib"),
    }
    for place, area in (("city", ""), ("kecamatan", "32.75.11")):
        by = Actor("user:0", "bench", "administrator", "Bench", area)
        yield f"{place}: whole name", lambda p, by=by: search(by, p.display_name)
        yield f"{place}: two words", lambda p, by=by: search(by, p.display_name.rsplit(" ", 1)[0])
        yield f"{place}: mistyped", lambda p, by=by: search(by, typo(p.display_name.rsplit(" ", 1)[0]))
        yield f"{place}: first 3 letters", lambda p, by=by: search(by, p.display_name[:3])
        yield f"{place}: a word all bear", lambda p, by=by: search(by, "dagangan")
        yield f"{place}: NIK", lambda p, by=by: search(by, p.nik)
        yield f"{place}: last 4 digits", lambda p, by=by: search(by, p.phone[-4:])
        for name, chosen in filters.items():
            yield f"{place}: {name}", lambda p, by=by, chosen=chosen: page(by, chosen)
        yield f"{place}: list from the middle", lambda p, by=by: page(by, Filters(), p.ref)
        yield f"{place}: open", lambda p, by=by: person_page(by, p)


def percentile(values: list[float], share: float) -> float:
    """In milliseconds."""
    return 1000 * sorted(values)[min(len(values) - 1, int(share * len(values)))]


def measure(people: int) -> bool:
    """Fill up to this many, ask, print; whether every limit was kept."""
    from datetime import UTC, datetime

    from satupintu.audit.rules import SYSTEM
    from satupintu.registry import actions
    from satupintu.registry.models import Person

    begun = time.perf_counter()
    new = actions.fill(people=people, seed=1, progress=lambda done: None, by=SYSTEM, at=datetime.now(UTC))
    print(f"\n{people:,} people ({new:,} new in {time.perf_counter() - begun:.0f} s)")
    first, last = (Person.objects.order_by(order).values_list("pk", flat=True)[0] for order in ("pk", "-pk"))
    drawn = random.Random(7).sample(range(first, last + 1), min(ASKED, last - first))  # noqa: S311  a sample, no secret
    asked = list(Person.objects.filter(pk__in=drawn))
    kept = True
    print(f"{'':<34}{'wall p50':>10}{'p95':>8}{'cpu p50':>10}{'p95':>8}   ms")
    for name, ask in measures():
        ask(asked[0])
        wall, cpu = [], []
        for person in asked:
            start, used = time.perf_counter(), time.process_time()
            ask(person)
            wall.append(time.perf_counter() - start)
            cpu.append(time.process_time() - used)
        slow = percentile(wall, 0.95)
        broken = people <= LIMIT_AT and slow > LIMIT_MS
        kept &= not broken
        figures = (
            f"{percentile(wall, 0.5):>10.1f}{slow:>8.1f}{percentile(cpu, 0.5):>10.1f}{percentile(cpu, 0.95):>8.1f}"
        )
        print(f"{name:<34}{figures}{'   over the limit' if broken else ''}")
    return kept


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", nargs="+", type=int, default=[LIMIT_AT])
    parser.add_argument("--home", type=Path, help="a folder that is kept, so that it is filled once")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SATUPINTU_HOME"] = str(options.home or folder)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "satupintu.config.settings")
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        kept = [measure(people) for people in sorted(options.people)]
    sys.exit(0 if all(kept) else 1)


if __name__ == "__main__":
    main()
