"""Measure reads, writes, search, submissions and certificates of licensing on a made-up city.

    python bench/licensing.py                                200,000 businesses, 1,000,000 files, in a SQLite file
    python bench/licensing.py --people 20000 --files 100000  a smaller one
    DATABASE_URL=postgres://... python bench/licensing.py    the same on an empty PostgreSQL database
    python bench/licensing.py --home FOLDER --keep FILE      keep what was filled, and the figures
    python bench/licensing.py --page FILE...                 write docs/reference/bench-licensing.md from kept figures

All files are of one office. `bench/licensing_page.py` says how the times are taken and what the aims are; a missed aim
is told, exit 1 only if something fails.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import random
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.registry import Clock, database, machine, percentile

READ, WRITE, SEARCH = 150, 300, 100
SIGNED = 4
RATE = 50
THREADS = 4
KELURAHAN = "32.75.11.1004"


class Question(NamedTuple):
    """What is asked, for each of many things drawn by chance, and the aim of its p95 in milliseconds."""

    name: str
    ask: Callable[[Any], object]
    aim: int
    address: Callable[[Any], str] | None = None


def drawn(model: Any, asked: int, **narrowed: Any) -> list[Any]:
    """Rows by chance."""
    keys = list(model.objects.filter(**narrowed).order_by("pk").values_list("pk", flat=True)[:20_000])
    chosen = random.Random(7).sample(keys, min(asked, len(keys)))  # noqa: S311  no secret
    return list(model.objects.filter(pk__in=chosen))


def staff(role: str) -> Any:
    """Somebody of the office, the same one each time."""
    from satupintu.accounts.models import User
    from satupintu.accounts.tests.factories import make_office, make_user, set_second_factor
    from satupintu.licensing.tests.factories import OFFICE

    name = f"bench-{role.replace('_', '-')}"
    user = User.objects.filter(username=name).first()
    if user is None:
        user = make_user(role, username=name, office=make_office(OFFICE, "dinas"))
        set_second_factor(user)
    return user


def pages(asked: int) -> Iterator[tuple[Question, list[Any]]]:
    """Whole pages, with what each is asked about."""
    from django.test import Client

    from satupintu.accounts.tests.factories import sign_in
    from satupintu.licensing.models import Application, Certificate

    visitor = Client(HTTP_HOST="localhost")
    desks = {
        role: sign_in(Client(HTTP_HOST="localhost"), staff(role))
        for role in ("front_office", "verifier", "signing_official")
    }
    serial = iter(range(1, 10**6))

    def page(name: str, client: Any, address: Callable[[Any], str], aim: int = READ) -> Question:
        def ask(thing: Any) -> object:
            # Each from another address: who asks for many numbers is slowed down on purpose.
            number = next(serial)
            remote = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
            answer = client.get(address(thing), REMOTE_ADDR=remote)
            if answer.status_code != 200:
                raise SystemExit(f"{address(thing)}: {answer.status_code}")
            return answer

        return Question(name, ask, aim, address)

    waiting = drawn(Application, asked, state="complete")
    known = drawn(Application, asked, pk__lte=200)
    papers = list(Certificate.objects.filter(application__pk__lte=200, status="active")[:asked])
    anybody = waiting
    front, verifier = desks["front_office"], desks["verifier"]
    yield page("queue, first page (front office)", front, lambda f: "/kerja/antrean/"), anybody
    yield page("queue, first page (verifier)", verifier, lambda f: "/kerja/antrean/"), anybody
    yield page("queue, first page (signing official)", desks["signing_official"], lambda f: "/kerja/antrean/"), anybody
    unclaimed = "/kerja/antrean/?lihat=tanpa-petugas"
    yield page("queue, not held by anybody", verifier, lambda f: unclaimed), anybody
    yield page("queue, a later page", verifier, lambda f: f"{unclaimed}&sesudah={f.number}"), waiting
    yield (
        page("queue, everything, a later page", verifier, lambda f: f"/kerja/antrean/?lihat=semua&sesudah={f.number}"),
        waiting,
    )
    yield page("queue, ended", verifier, lambda f: "/kerja/antrean/?lihat=selesai"), anybody
    yield page("queue, one kelurahan", verifier, lambda f: f"{unclaimed}&wilayah={KELURAHAN}"), anybody
    yield page("queue, past its time", verifier, lambda f: "/kerja/antrean/?lihat=lewat"), anybody
    yield page("one file at the desk", verifier, lambda f: f"/kerja/{f.number}/"), waiting
    yield page("track a number", visitor, lambda f: f"/lacak/{f.number}/"), known
    yield page("public register", visitor, lambda f: "/daftar-surat/"), anybody
    yield page("public register, one kelurahan", visitor, lambda f: f"/daftar-surat/?wilayah={KELURAHAN}"), anybody
    yield page("check a code", visitor, lambda c: f"/cek/{c.code}/"), papers
    yield page("service standards", visitor, lambda f: "/standar/"), anybody
    yield page("standard of one paper", visitor, lambda f: "/standar/tdu_pkl/"), anybody
    yield page("search a number", verifier, lambda f: f"/kerja/antrean/?cari={f.number}", SEARCH), known
    yield page("search a name", verifier, lambda f: f"/kerja/antrean/?cari={f.person.display_name}", SEARCH), known
    two = lambda f: f"/kerja/antrean/?cari={f.person.display_name.rsplit(' ', 1)[0]}"  # noqa: E731
    yield page("search two words of a name", verifier, two, SEARCH), known


def taken(act: Callable[[Any], object], things: list[Any]) -> dict[str, float]:
    """How long each took: as on a free machine, by the clock on the wall, and the processor alone."""
    clock, answer, wall, cpu = Clock(), [], [], []
    for thing in things:
        start = clock.read()
        act(thing)
        lasted, waited, used = (after - before for before, after in zip(start, clock.read(), strict=True))
        answer.append(max(used, lasted - waited))
        wall.append(lasted)
        cpu.append(used)
    shares = {f"answer{s}": percentile(answer, s / 100) for s in (50, 95, 99)}
    return shares | {"wall95": percentile(wall, 0.95), "cpu95": percentile(cpu, 0.95)}


def bare(question: Question, thing: Any) -> tuple[Callable[[Any], object], int]:
    """A bare Django view that does the same SQL as a page and answers with as many bytes, and how many statements."""
    from django.db import connection
    from django.http import HttpRequest, HttpResponse
    from django.test import RequestFactory

    asked: list[tuple[str, Any]] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("SELECT"):
            asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        size = len(question.ask(thing).content)  # type: ignore[attr-defined]

    def view(request: HttpRequest) -> HttpResponse:
        for sql, params in asked:
            with connection.cursor() as cursor:
                cursor.execute(sql, params)
                cursor.fetchall()
        return HttpResponse("x" * size)

    factory = RequestFactory()
    return lambda _: view(factory.get("/")), len(asked)


def read_rows(asked: int) -> Iterator[dict[str, Any]]:
    """Every page: how long, and beside a bare view with the same statements."""
    for question, things in pages(asked):
        if not things:
            raise SystemExit(f"nothing to ask about: {question.name}")
        question.ask(things[0])
        found = taken(question.ask, things)
        plain, statements = bare(question, things[0])
        beside = taken(plain, things)
        ratio = round(found["answer50"] / max(beside["answer50"], 0.01), 2)
        aim = {"aim": question.aim, "missed": found["answer95"] > question.aim}
        yield {
            "name": question.name,
            **aim,
            "statements": statements,
            "bare50": beside["answer50"],
            "ratio": ratio,
            **found,
        }


def write_rows(made: int, at: datetime) -> Iterator[dict[str, Any]]:
    """A file's whole way, each act on many files one after the other; then submissions and papers from four threads."""
    from satupintu.licensing.actions import claims, decisions, examining, files, filling, intake, papers, visits
    from satupintu.licensing.models import Application, Certificate
    from satupintu.licensing.queries.standing import missing_parts, service_of
    from satupintu.licensing.tests.factories import front, sample_answers, signer, verifier
    from satupintu.registry.models import Person

    by, look, sign = front(area=""), verifier(), signer()
    answers, day = sample_answers("tdu_pkl", at), next_working_day()
    # In a house that was kept, whoever went this way in an earlier run has a file already.
    people = Person.objects.filter(source="crowd").exclude(applications__business__isnull=True)
    chosen = list(people.order_by("-pk")[: 3 * made])
    fresh: dict[int, Application] = {}

    def now() -> datetime:
        return datetime.now(UTC)

    def begin(person: Person) -> None:
        given = {"person": person, "licence": "tdu_pkl", "by": by}
        fresh[person.pk] = files.start_file(**given, at=now())

    def bring(person: Person) -> None:
        for part in missing_parts(fresh[person.pk]):
            if part.startswith("document:"):
                slot = part.removeprefix("document:")
                filling.bring_original(application=fresh[person.pk], slot=slot, by=by, at=now())

    def save(person: Person) -> None:
        fresh[person.pk] = filling.save_answers(application=fresh[person.pk], values=answers, by=by, at=now())

    def act(what: Callable[..., Any], who: Any, **given: Any) -> Callable[[Person], None]:
        def done(person: Person) -> None:
            moved = what(application=fresh[person.pk], by=who, at=now(), **given)
            fresh[person.pk] = moved if isinstance(moved, Application) else moved.application

        return done

    def look_at(person: Person) -> None:
        file = fresh[person.pk]
        for one in list(file.attachments.filter(replaced_at=None)):
            examining.judge_document(application=file, slot=one.slot, verdict="fits", by=look, at=now())
        for item in service_of(file).checklist:
            fresh[person.pk] = examining.tick_check(application=file, item=item.code, by=look, at=now())

    first = day + timedelta(days=1)
    days = {"valid_from": first, "valid_until": first + timedelta(days=365)}
    one_by_one, rest = chosen[:made], chosen[made:]
    way: list[tuple[str, Callable[[Person], None]]] = [
        ("start a file", begin),
        ("save answers", save),
        ("promise four documents (4 acts)", bring),
        ("submit", act(files.submit, by)),
        ("accept", act(intake.accept, by)),
        ("claim", act(claims.claim, look)),
        ("plan a visit", act(visits.plan_visit, look, day=day)),
        ("report a visit", act(visits.report_visit, look, fits=True, findings="Sesuai.")),
        ("judge documents, tick checklist (11 acts)", look_at),
        ("examine", act(examining.examine, look)),
        ("grant and issue", act(decisions.grant, sign, **days)),
    ]
    for name, step in way:
        found = taken(step, one_by_one)
        acts = 4 if "4 acts" in name else 11 if "11 acts" in name else 1
        yield {"name": name, "aim": WRITE * acts, "missed": found["answer95"] > WRITE * acts, **found}
    issued = [Certificate.objects.get(application=fresh[person.pk]) for person in one_by_one[:SIGNED]]
    found = taken(lambda paper: papers.sign_paper(certificate=paper, by=sign, at=now()), issued)
    yield {"name": "make and sign the PDF", "aim": 0, "missed": False, **found}
    for _name, step in way[:3]:
        together([lambda step=step, person=person: step(person) for person in rest])
    yield rate("submissions", [lambda person=person: way[3][1](person) for person in rest])
    for _name, step in way[4:10]:
        together([lambda step=step, person=person: step(person) for person in rest])
    yield rate("certificates, without PDF", [lambda person=person: way[10][1](person) for person in rest])


def next_working_day() -> date:
    """The first day, today or later, on which the office works."""
    from bench.licensing_stress import working_day

    return working_day()


def together(work: list[Callable[[], object]]) -> tuple[float, int]:
    """Do all from four threads, each with a connection of its own; seconds, and how many failed."""
    from django.db import connections

    left, failed, lock = list(work), [], threading.Lock()

    def serve() -> None:
        try:
            while True:
                with lock:
                    if not left:
                        return
                    one = left.pop()
                try:
                    one()
                except Exception as fault:  # every failure is told, whatever it is
                    failed.append(repr(fault))
        finally:
            connections.close_all()

    begun = time.perf_counter()
    threads = [threading.Thread(target=serve) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        print(f"{len(failed)} failed, such as {failed[0]}")
    return time.perf_counter() - begun, len(failed)


def rate(name: str, work: list[Callable[[], object]]) -> dict[str, Any]:
    """How many a second."""
    seconds, failed = together(work)
    second = round((len(work) - failed) / seconds, 1)
    return {"name": name, "rate": second, "failed": failed, "aim": RATE, "missed": second < RATE or failed > 0}


def tell(row: dict[str, Any]) -> dict[str, Any]:
    """Print a row and give it back."""
    end = "  missed" if row["missed"] else ""
    if "rate" in row:
        print(f"{row['name']:<44}{row['rate']:>9.1f} a second, {row['failed']} failed{end}", flush=True)
        return row
    told = "".join(f"{row[name]:>9.1f}" for name in ("answer50", "answer95", "answer99", "wall95", "cpu95"))
    beside = f"{row['statements']:>6}{row['bare50']:>9.1f}{row['ratio']:>7.2f}" if "ratio" in row else ""
    print(f"{row['name']:<44}{told}{beside}{end}", flush=True)
    return row


def measure(people: int, files: int, asked: int, made: int) -> dict[str, Any]:
    """Fill, ask, write, print, and return all figures."""
    from bench.licensing_fill import fill
    from bench.registry import fill as fill_people
    from satupintu.licensing.models import Application, Certificate
    from satupintu.registry.models import Business

    at = datetime.now(UTC)
    filled = fill_people(people) + fill(files, at)
    sizes = {"businesses": Business.objects.count(), "files": Application.objects.count()}
    sizes["papers"] = Certificate.objects.count()
    print(f"{database()}: {sizes}, filled in {filled:.0f} s. Load: {os.getloadavg()[0]:.1f}")
    print(f"{'ms':<44}{'p50':>9}{'p95':>9}{'p99':>9}{'clock95':>9}{'cpu95':>9}{'SQL':>6}{'bare':>9}{'ratio':>7}")
    load = round(os.getloadavg()[0], 1)
    rows = [tell({**row, "kind": "read"}) for row in read_rows(asked)] + [
        tell({**row, "kind": "write"}) for row in write_rows(made, at)
    ]
    about = {"database": database(), "machine": machine(), "on": date.today().isoformat()}
    return {**about, **sizes, "asked": asked, "made": made, "load": load, "rows": rows}


def main() -> int:
    """One database, or the page of several."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=200_000)
    parser.add_argument("--files", type=int, default=1_000_000)
    parser.add_argument("--asked", type=int, default=60, help="of how many things each page is asked")
    parser.add_argument(
        "--made", type=int, default=100, help="how many files go their whole way, and twice as many more"
    )
    parser.add_argument("--home", type=Path, help="a folder that is kept, so that it is filled once")
    parser.add_argument("--keep", type=Path, help="a file for the figures")
    parser.add_argument("--page", nargs="+", type=Path, help="kept figures to write a page from; nothing is measured")
    options = parser.parse_args()
    if options.page:
        from bench.licensing_page import write

        write([json.loads(path.read_text()) for path in options.page])
        return 0
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SATUPINTU_HOME"] = str(options.home or folder)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "satupintu.config.settings")
        import django
        from django.core.management import call_command

        django.setup()
        logging.disable(logging.CRITICAL)
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        found = measure(options.people, options.files, options.asked, options.made)
        if options.keep:
            options.keep.write_text(json.dumps(found))
    return int(any(row.get("failed") for row in found["rows"]))


if __name__ == "__main__":
    sys.exit(main())
