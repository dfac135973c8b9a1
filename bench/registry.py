"""Measure search, list, filter, open and whole pages of the registry, on a made-up crowd.

    python bench/registry.py                                   203,000 people in a SQLite file of its own
    python bench/registry.py --people 20000 203000 2000000     how it grows
    DATABASE_URL=postgres://... python bench/registry.py       the same on an empty PostgreSQL database
    python bench/registry.py --keep FILE                       keep the figures, for --page
    python bench/registry.py --page FILE...                    write docs/reference/bench-registry.md from kept figures

At 203,000 the slowest twentieth (p95) must answer within 100 ms, a whole change of law within 2 seconds. Exit 1 if a
limit is broken. `bench/registry_page.py` says how the times are taken.
"""

import argparse
import json
import logging
import os
import platform
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1]))

LIMIT_AT = 203_000
ASKED = 100
SLOW_ASKED = 8
OWED = 1_000  # pairs of an officer's area, and half of the promises
KECAMATAN, KELURAHAN = "32.75.11", "32.75.11.1004"


class Question(NamedTuple):
    """What is asked about many people drawn by chance, and the limit of its p95 at 203,000 in milliseconds."""

    name: str
    ask: Callable[[Any], object]
    limit: int = 100
    asked: int = ASKED


class Clock:
    """Wall time, time stood in a queue for a core, and processor time, in seconds, with those of PostgreSQL's process.

    Linux counts both for every process; where it is not asked (another system, a server elsewhere) they are 0.
    """

    def __init__(self) -> None:
        from django.db import connection

        self.server = 0
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                self.server = cursor.fetchone()[0]

    def read(self) -> tuple[float, float, float]:
        ran, queued = scheduled(self.server) if self.server else (0.0, 0.0)
        return time.perf_counter(), scheduled("self")[1] + queued, time.process_time() + ran


def scheduled(process: int | str) -> tuple[float, float]:
    """Seconds a process ran, and stood in a queue."""
    try:
        ran, queued, _ = map(int, Path(f"/proc/{process}/schedstat").read_text().split())
    except OSError:
        return 0.0, 0.0
    return ran / 1e9, queued / 1e9


def typo(text: str) -> str:
    """Each word with two letters of its middle turned round."""
    turned = []
    for word in text.split():
        middle = len(word) // 2
        turned.append(word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :])
    return " ".join(turned)


def without_number(person: Any) -> str:
    """A name of the crowd without the number that makes it the only one."""
    return str(person.display_name.rsplit(" ", 1)[0])


def market() -> Any:
    """The made-up market of the kelurahan that is asked."""
    from satupintu.registry.models import Market

    return Market.objects.get(code__startswith="pasar-contoh-", region=KELURAHAN)


def queries(area: str) -> Iterator[Question]:
    """What the pages ask the database, without drawing a page."""
    from satupintu.audit.rules import Actor
    from satupintu.registry.queries.doubles import doubles_of, traits_of
    from satupintu.registry.queries.people import Filters, page, person_page
    from satupintu.registry.queries.search import search

    by = Actor("user:0", "bench", "administrator", "Bench", area)
    filters = {
        "list": Filters(),
        "list of one kelurahan": Filters(region=KELURAHAN),
        "list of one market": Filters(market=market().pk),
        "list without NIB": Filters(missing="nib"),
        "list with a barrier": Filters(barrier="red_zone"),
        "list with a barrier, without NIB": Filters(barrier="fears_cost", missing="nib"),
    }
    yield Question("search a whole name", lambda p: search(by, p.display_name))
    yield Question("search two words", lambda p: search(by, without_number(p)))
    yield Question("search two words, mistyped", lambda p: search(by, typo(without_number(p))))
    yield Question("search the first 3 letters", lambda p: search(by, p.display_name[:3]))
    yield Question("search a word all bear", lambda p: search(by, "dagangan"))
    yield Question("search a NIK", lambda p: search(by, p.nik))
    yield Question("search the last 4 digits", lambda p: search(by, p.phone[-4:]))
    for name, chosen in filters.items():
        yield Question(name, lambda p, chosen=chosen: page(by, chosen))
    yield Question("list from the middle", lambda p: page(by, Filters(), p.ref))
    yield Question("open one person", lambda p: person_page(by, p))
    yield Question("doubles of one person", lambda p: doubles_of(traits_of(p), p))


def pages(area: str) -> Iterator[Question]:
    """Whole pages as a browser gets them: middleware, rights, queries, drawing."""
    get = browser(area)
    yield Question("page: list", lambda p: get("/pedagang/"))
    yield Question("page: list without NIB", lambda p: get("/pedagang/?belum=nib"))
    yield Question("page: list of a kelurahan", lambda p: get(f"/pedagang/?wilayah={KELURAHAN}"))
    yield Question("page: list with a barrier", lambda p: get("/pedagang/?hambatan=red_zone"))
    yield Question("page: next 50", lambda p: get(f"/pedagang/?sesudah={p.ref}"))
    yield Question("page: search two words", lambda p: get("/pedagang/", cari=without_number(p)))
    yield Question("page: search box", lambda p: get("/cari/", cari=without_number(p)))
    yield Question("page: one person", lambda p: get(f"/pedagang/{p.ref}/"))
    yield Question("page: markets", lambda p: get("/pasar/"))
    yield Question("page: one market", lambda p: get(f"/pasar/{market().code}/"))
    yield Question("page: doubles", lambda p: get("/pedagang/ganda/"))
    yield Question("page: work of today", lambda p: get("/kerja/"))
    change = "/perubahan-hukum/?before=2025-06-04&after=2025-06-05&draft="
    yield Question("page: change of law", lambda p: get(change), limit=2_000, asked=SLOW_ASKED)


def officer(area: str) -> Any:
    """A verifier of an area, the same one each time."""
    from satupintu.accounts.models import User
    from satupintu.accounts.tests.factories import make_office, make_user, set_second_factor

    name = f"bench-{area or 'city'}"
    user = User.objects.filter(username=name).first()
    if user is None:
        office = make_office(name.replace(".", "-"), "kecamatan" if area else "dpmptsp", area)
        user = make_user("verifier", username=name, office=office)
        set_second_factor(user)
    return user


def browser(area: str) -> Callable[..., None]:
    """Asks for an address as a signed-in verifier of an area; anything but a page is an error."""
    from django.test import Client

    from satupintu.accounts.tests.factories import sign_in

    client = sign_in(Client(HTTP_HOST="localhost"), officer(area))

    def get(address: str, **query: str) -> None:
        answer = client.get(address, query or None)
        if answer.status_code != 200:
            raise SystemExit(f"{address}: {answer.status_code}")

    return get


def percentile(values: list[float], share: float) -> float:
    """In milliseconds."""
    return round(1000 * sorted(values)[min(len(values) - 1, int(share * len(values)))], 1)


def times(question: Question, people: list[Any], clock: Clock) -> dict[str, float]:
    """Ask once to warm up, then about each person once."""
    question.ask(people[0])
    answer, wall, cpu = [], [], []
    for person in people[: question.asked]:
        start = clock.read()
        question.ask(person)
        lasted, waited, used = (after - before for before, after in zip(start, clock.read(), strict=True))
        answer.append(max(used, lasted - waited))
        wall.append(lasted)
        cpu.append(used)
    taken = {"answer": answer, "wall": wall, "cpu": cpu}
    return {f"{name}{share}": percentile(v, share / 100) for name, v in taken.items() for share in (50, 95)}


def fill(people: int) -> float:
    """Fill up to this many; how many seconds it took."""
    from satupintu.audit.rules import SYSTEM
    from satupintu.registry import actions

    begun = time.perf_counter()
    actions.fill(people=people, seed=1, progress=lambda done: None, by=SYSTEM, at=datetime.now(UTC))
    return time.perf_counter() - begun


def owe() -> None:
    """Give the two officers promises to keep and pairs to decide on, once: the crowd itself has none."""
    from satupintu.registry.models import Double, FollowUp, Person

    if Double.objects.exists():
        return
    at = datetime.now(UTC)
    for area in ("", KECAMATAN):
        user = officer(area)
        near = {"district": area} if area else {}
        keys = list(Person.objects.filter(**near).order_by("pk").values_list("pk", flat=True)[: 2 * OWED])
        given = {"why": "bench", "due": at.date(), "office": user.office.code, "made_by": "bench", "made_at": at}
        FollowUp.objects.bulk_create(
            FollowUp(person_id=key, owner=f"user:{user.pk}" if n % 2 else "", **given) for n, key in enumerate(keys)
        )
        pairs = zip(keys[::2], keys[1::2], strict=True)
        Double.objects.bulk_create(
            [Double(first_id=a, second_id=b, score=80, found_at=at) for a, b in pairs], ignore_conflicts=True
        )


def drawn() -> dict[str, list[Any]]:
    """People by chance: of the whole city, and of the kecamatan that is asked."""
    from satupintu.registry.models import Person

    first, last = (Person.objects.order_by(order).values_list("pk", flat=True)[0] for order in ("pk", "-pk"))
    keys = random.Random(7).sample(range(first, last + 1), min(40 * ASKED, last - first))  # noqa: S311  no secret
    city = list(Person.objects.filter(pk__in=keys[:ASKED]))
    return {"": city, KECAMATAN: list(Person.objects.filter(pk__in=keys, district=KECAMATAN)[:ASKED])}


def measure(people: int) -> dict[str, Any]:
    """Fill, ask, print, and return all figures of one size."""
    filled = fill(people)
    owe()
    print(f"\n{people:,} people on {database()}, filled in {filled:.0f} s. Load: {os.getloadavg()[0]:.1f}")
    print(f"{'ms':<48}{'p50':>8}{'p95':>8}{'wall p95':>10}{'cpu p95':>9}")
    rows, asked = [], drawn()
    for place, area in (("city", ""), ("kecamatan", KECAMATAN)):
        for question in (*queries(area), *pages(area)):
            found = times(question, asked[area], Clock())
            over = people <= LIMIT_AT and found["answer95"] > question.limit
            figures = (found[name] for name in ("answer50", "answer95", "wall95", "cpu95"))
            told = "{:>8.1f}{:>8.1f}{:>10.1f}{:>9.1f}".format(*figures)
            print(f"{place + ': ' + question.name:<48}{told}{'  over the limit' if over else ''}", flush=True)
            rows.append({"place": place, "name": question.name, "limit": question.limit, "over": over, **found})
    return {"people": people, "filled": round(filled), "load": os.getloadavg()[0], "rows": rows}


def database() -> str:
    """Name and version."""
    import sqlite3

    from django.db import connection

    if connection.vendor == "sqlite":
        return f"SQLite {sqlite3.sqlite_version}"
    connection.ensure_connection()
    return f"PostgreSQL {connection.pg_version // 10_000}.{connection.pg_version % 10_000}"


def machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()}, Python {platform.python_version()}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", nargs="+", type=int, default=[LIMIT_AT])
    parser.add_argument("--home", type=Path, help="a folder that is kept, so that it is filled once")
    parser.add_argument("--keep", type=Path, help="a file for the figures")
    parser.add_argument("--page", nargs="+", type=Path, help="kept figures to write a page from; nothing is measured")
    options = parser.parse_args()
    if options.page:
        from bench.registry_page import write

        sys.exit(write([json.loads(path.read_text()) for path in options.page]))
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SATUPINTU_HOME"] = str(options.home or folder)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "satupintu.config.settings")
        import django
        from django.core.management import call_command

        django.setup()
        logging.disable(logging.CRITICAL)
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        sizes = []
        for people in sorted(options.people):
            sizes.append(measure(people))
            if options.keep:
                about = {"database": database(), "machine": machine(), "on": date.today().isoformat()}
                options.keep.write_text(json.dumps({**about, "sizes": sizes}))
    sys.exit(any(row["over"] for size in sizes for row in size["rows"]))


if __name__ == "__main__":
    main()
