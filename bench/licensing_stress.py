"""40 officers and 400 applicants hammer one office at once; afterwards the database is read for anything broken.

    python bench/licensing_stress.py                              a minute on SQLite
    scripts/with-postgresql python bench/licensing_stress.py      on PostgreSQL (which does not wait for the disk there)
    --seconds 20 --processes 4 --threads 20 --keep FILE           other measures; the figures as JSON

Each thread has a connection of its own and serves whoever comes next, as the threads of the web server do: on SQLite
2 processes with 4 threads, which is how `satupintu serve` starts; on PostgreSQL 4 with 20. Nobody thinks between two
acts, each act is a transaction of the room's actions, and every second turn is an officer's. All officers are of one
office, so all of them write into the same chain of the audit. What is refused (somebody else
was faster, four eyes) is counted apart; what a busy database refused is tried again and counted as well. Exit 1 if
anything of `bench/licensing_invariants.py` is broken.
"""

from __future__ import annotations

import argparse
import itertools
import json
import logging
import multiprocessing
import os
import random
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

APPLICANTS = 400
OFFICERS = {"front_office": 14, "verifier": 14, "signing_official": 12}
SERVED = {"sqlite": (2, 4), "postgresql": (4, 20)}  # processes, threads of each
OFFICE, REGION, LICENCE = "diskop-ukm", "32.75.11.1004", "tdu_pkl"
TRIES = 40
# Signing officials who are verifiers too: four eyes must keep them from what they looked at.
DOUBLE_ROLES = 4


class Done:
    """What the clients of one process were told, how long it took, what was refused, what was tried again."""

    def __init__(self) -> None:
        self.acknowledged: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.again: Counter[str] = Counter()
        self.failed: Counter[str] = Counter()
        self.took: dict[str, list[float]] = defaultdict(list)
        self.written: dict[int, str] = {}
        self.lock = threading.Lock()

    def run(self, name: str, act: Callable[[datetime], Any], *moves: str) -> Any:
        """Act until the database took it or the room refused it; None if refused. ``moves`` is what was done then."""
        from django.core.exceptions import ValidationError
        from django.db import OperationalError

        from satupintu.accounts.gate import NotAllowed

        started = time.perf_counter()
        for _ in range(TRIES):
            try:
                made = act(datetime.now(UTC))
            except (ValidationError, NotAllowed) as refused:
                with self.lock:
                    self.refused[f"{name}: {type(refused).__name__}"] += 1
                return None
            except OperationalError as busy:
                with self.lock:
                    self.again[str(busy).split("\n")[0]] += 1
                time.sleep(random.uniform(0.01, 0.2))  # noqa: S311  no secret
                continue
            with self.lock:
                self.took[name].append(time.perf_counter() - started)
                self.acknowledged.update(moves)
            return made
        with self.lock:
            self.failed[name] += 1
        return None

    def kept(self) -> dict[str, Any]:
        return {name: dict(value) for name, value in vars(self).items() if name != "lock"}


class Applicant:
    """Somebody who asks for papers: fills in, sends in, repairs, objects, takes back, asks again."""

    def __init__(self, done: Done, person: Any, business: Any, chance: random.Random) -> None:
        from satupintu.licensing.tests.factories import sample_answers, vendor_of

        self.done, self.person, self.business, self.chance = done, person, business, chance
        self.by, self.answers, self.said = vendor_of(person), sample_answers(LICENCE, datetime.now(UTC)), 0

    def turn(self) -> None:
        """One thing that the state of the newest file lets them do."""
        from satupintu.licensing.models import Application

        file = Application.objects.filter(person=self.person).order_by("-pk").first()
        if file is None or file.state in ("handed_over", "withdrawn", "revoked", "renewed"):
            self.begin(file)
        elif file.state == "draft":
            self.fill(file)
        elif file.state in ("returned", "asked", "asked_again"):
            self.repair(file)
        elif file.state == "refused":
            self.object(file)
        elif file.state in ("submitted", "complete") and self.chance.random() < 0.05:
            self.withdraw(file)

    def begin(self, before: Any) -> None:
        from satupintu.licensing.actions.files import start_file
        from satupintu.licensing.models import Certificate

        old = None
        if before is not None and before.state == "handed_over" and self.chance.random() < 0.5:
            old = Certificate.objects.filter(application=before, status="active").first()
        given = {"person": self.person, "licence": LICENCE, "business": self.business, "renews": old}
        file = self.done.run("start", lambda at: start_file(**given, by=self.by, at=at), "audit:licensing.file_started")
        if file is not None:
            self.fill(file)

    def fill(self, file: Any) -> None:
        from satupintu.licensing.actions.files import submit
        from satupintu.licensing.actions.filling import bring_original
        from satupintu.licensing.queries.standing import missing_parts

        self.answer(file, self.answers)
        for part in missing_parts(file):
            if part.startswith("document:"):
                slot = part.removeprefix("document:")
                self.done.run(
                    "promise document",
                    lambda at, slot=slot: bring_original(application=file, slot=slot, by=self.by, at=at),
                    "audit:licensing.document_attached",
                )
        sent = {"application": file, "revision": file.revision, "by": self.by}
        self.done.run("submit", lambda at: submit(**sent, at=at), "submit")
        if self.chance.random() < 0.1:  # pressed twice
            self.done.run("submit again", lambda at: submit(**sent, at=at), "submit")

    def answer(self, file: Any, answers: dict[str, Any]) -> None:
        from satupintu.licensing.actions.filling import save_answers

        self.said += 1
        values = answers | {"home_address": f"Jalan Uji {self.person.pk}, nomor {self.said}"}
        kept = self.done.run(
            "save answers",
            lambda at: save_answers(application=file, values=values, by=self.by, at=at),
            "audit:licensing.answers_saved",
        )
        if kept is not None:
            self.done.written[file.pk] = values["home_address"]

    def repair(self, file: Any) -> None:
        from satupintu.licensing.actions.files import send_repair
        from satupintu.licensing.actions.filling import bring_original

        for part in file.open_parts:
            kind, _, name = part.partition(":")
            if kind == "field":
                self.answer(file, {})
            else:
                self.done.run(
                    "promise document",
                    lambda at, name=name: bring_original(application=file, slot=name, by=self.by, at=at),
                    "audit:licensing.document_attached",
                )
        move = {"returned": "repair", "asked": "answer", "asked_again": "answer_again"}[file.state]
        revision = file.revision
        self.done.run("repair", lambda at: send_repair(application=file, revision=revision, by=self.by, at=at), move)

    def object(self, file: Any) -> None:
        from satupintu.licensing.actions.files import object_to_decision

        if file.steps.filter(move="object").exists() or self.chance.random() < 0.5:
            self.begin(file)
            return
        given = {"application": file, "reason": "Tempatnya bukan di situ.", "revision": file.revision, "by": self.by}
        self.done.run("object", lambda at: object_to_decision(**given, at=at), "object")

    def withdraw(self, file: Any) -> None:
        from satupintu.licensing.actions.files import withdraw

        # Its revision goes along: a file that was accepted meanwhile is not taken back unseen.
        move = "withdraw" if file.state == "submitted" else "withdraw_complete"
        given = {"application": file, "reason": "stopped", "revision": file.revision, "by": self.by}
        self.done.run("withdraw", lambda at: withdraw(**given, at=at), move)


class Officer:
    """Somebody of the office: takes the next file, or one that another has just opened, and does what is next."""

    def __init__(self, done: Done, number: int, role: str, chance: random.Random) -> None:
        from satupintu.licensing.tests.factories import front, signer, verifier

        make = {"front_office": front, "verifier": verifier, "signing_official": signer}[role]
        key = 920_000 + number
        if role == "signing_official" and number < 100 + DOUBLE_ROLES:
            key -= 100 - OFFICERS["front_office"]  # the key of a verifier
        self.by = make(key, area="") if role == "front_office" else make(key, OFFICE)
        self.done, self.role, self.chance = done, role, chance

    def turn(self) -> None:
        from satupintu.licensing.actions.claims import claim, take_next

        if self.role == "front_office" and self.chance.random() < 0.4:
            self.hand_over()
            return
        if self.role == "signing_official" and self.chance.random() < 0.25:
            self.change_a_paper()
            return
        if self.chance.random() < 0.2:  # two officers on one file
            file = self.someone_elses()
            if file is not None and self.chance.random() < 0.3:
                found = self.done.run("claim", lambda at: (at, claim(application=file, by=self.by, at=at)))
                if found is not None and found[1].claimed_at == found[0]:
                    self.done.acknowledged["audit:licensing.claimed"] += 1
        else:
            file = self.done.run("take next", lambda at: take_next(by=self.by, at=at))
            if file is not None:
                with self.done.lock:
                    self.done.acknowledged["audit:licensing.claimed"] += 1
        if file is None:
            return
        {"front_office": self.receive, "verifier": self.look, "signing_official": self.decide}[self.role](file)

    def someone_elses(self) -> Any:
        from satupintu.licensing.models import Application
        from satupintu.licensing.queries.desk import turn_states

        waiting = Application.objects.filter(state__in=turn_states(self.role)).order_by("-claimed_at", "moved_at")
        found = list(waiting[:6])
        return self.chance.choice(found) if found else None

    def receive(self, file: Any) -> None:
        from satupintu.licensing.actions.intake import accept, return_for_repair

        given = {"application": file, "revision": file.revision, "by": self.by}
        if self.chance.random() < 0.2:
            parts = {"document:ktp": "blurred", "field:home_address": "address_incomplete"}
            self.done.run("return", lambda at: return_for_repair(**given, parts=parts, at=at), "return_for_repair")
        else:
            self.done.run("accept", lambda at: accept(**given, at=at), "accept")

    def hand_over(self) -> None:
        from satupintu.licensing.actions.intake import hand_over
        from satupintu.licensing.models import Application

        for file in Application.objects.filter(state="issued").order_by("moved_at")[:3]:
            given = {"application": file, "receipt": file.number, "revision": file.revision, "by": self.by}
            self.done.run("hand over", lambda at, given=given: hand_over(**given, at=at), "hand_over")

    def look(self, file: Any) -> None:
        """Visit, then checklist and documents, then hand it to who decides; some are asked about."""
        from satupintu.licensing.actions import visits
        from satupintu.licensing.actions.examining import examine, judge_document, tick_check
        from satupintu.licensing.actions.intake import ask
        from satupintu.licensing.queries.standing import service_of

        run, by = self.done.run, self.by
        now = {"application": file, "by": by}
        if file.state == "complete" and self.chance.random() < 0.1:
            parts = {"document:foto_lapak": "new_photo"}
            run("ask", lambda at: ask(**now, revision=file.revision, parts=parts, at=at), "ask")
            return
        if file.state == "complete" and not file.visits.filter(made_at__isnull=False).exists():
            day = working_day()
            planned = run(
                "plan visit", lambda at: visits.plan_visit(**now, day=day, revision=file.revision, at=at), "plan_visit"
            )
            file = planned.application if planned is not None else file
            now["application"] = file
        if file.state == "site_visit":
            seen = {"fits": True, "findings": "Sesuai.", "revision": file.revision}
            made = run("report visit", lambda at: visits.report_visit(**now, **seen, at=at), "report_visit")
            if made is None:
                return
            file = made.application
            now["application"] = file
        for one in file.attachments.filter(replaced_at=None).exclude(verdict="fits"):
            run(
                "judge",
                lambda at, slot=one.slot: judge_document(**now, slot=slot, verdict="fits", at=at),
                "audit:licensing.document_judged",
            )
        ticked = file.checks
        for item in (one.code for one in service_of(file).checklist if not ticked.get(one.code, {}).get("ok")):
            found = run("tick", lambda at, item=item: (at, tick_check(**now, item=item, at=at)))
            if found is not None and found[1].checks[item]["at"] == found[0].isoformat():
                with self.done.lock:
                    self.done.acknowledged["audit:licensing.checked"] += 1
        run("examine", lambda at: examine(**now, revision=file.revision, at=at), "examine")

    def decide(self, file: Any) -> None:
        from django.utils.timezone import localdate

        from satupintu.licensing.actions import decisions
        from satupintu.licensing.actions.examining import send_back

        run, chance = self.done.run, self.chance.random()
        given: dict[str, Any] = {"application": file, "revision": file.revision, "by": self.by}
        first = localdate() + timedelta(days=1)
        days = {"valid_from": first, "valid_until": first + timedelta(days=365)}
        if file.state == "objection":
            if chance < 0.5:
                run("uphold", lambda at: decisions.uphold(**given, note="Tetap.", at=at), "uphold")
            else:
                run(
                    "overturn",
                    lambda at: decisions.overturn(**given, **days, note="Benar.", at=at),
                    "overturn",
                    "issue",
                )
        elif chance < 0.05:
            run("send back", lambda at: send_back(**given, reason="check_again", items=["zone"], at=at), "send_back")
        elif chance < 0.2:
            run("refuse", lambda at: decisions.refuse(**given, reasons=["red_zone"], at=at), "refuse")
        else:
            conditions = ["clean"] if chance < 0.3 else []
            move = "grant_with_conditions" if conditions else "grant"
            made = run(
                "grant and issue",
                lambda at: decisions.grant(**given, **days, conditions=conditions, at=at),
                *(move, "issue"),
            )
            # The old paper of a renewal becomes a renewed one, unless it was revoked meanwhile.
            if made is not None and file.renews and file.renews.application.steps.filter(move="renew").exists():
                with self.done.lock:
                    self.done.acknowledged["renew"] += 1

    def change_a_paper(self) -> None:
        """Suspend, lift, revoke or correct one of the newest papers."""
        from satupintu.licensing.actions import certificates
        from satupintu.licensing.models import Certificate

        found = list(Certificate.objects.filter(status__in=("active", "suspended")).order_by("-pk")[:30])
        if not found:
            return
        paper = self.chance.choice(found)
        run, given = self.done.run, {"certificate": paper, "by": self.by}
        if paper.status == "suspended":
            run("lift", lambda at: certificates.lift(**given, note="Sudah dibetulkan.", at=at), "lift")
        elif self.chance.random() < 0.5:
            run("suspend", lambda at: certificates.suspend(**given, reasons=["hours_differ"], at=at), "suspend")
        elif self.chance.random() < 0.5:
            run("revoke", lambda at: certificates.revoke(**given, reasons=["not_put_right"], at=at), "revoke")
        else:
            changes = {"address": f"Jalan Betul {self.chance.randrange(10**6)}"}
            fix = {**given, "changes": changes, "reason": "Salah ketik."}
            run("correct", lambda at: certificates.correct(**fix, at=at), "correct")


def working_day() -> date:
    """The first day, today or later, on which the office works."""
    from django.utils.timezone import localdate

    from satupintu.licensing.queries.clocks import calendar_of

    day, calendar = localdate(), calendar_of(OFFICE)
    while calendar.is_off(day):
        day += timedelta(days=1)
    return day


def start_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "satupintu.config.settings")
    import django

    django.setup()
    logging.disable(logging.CRITICAL)


def prepare() -> list[tuple[int, int]]:
    """An empty house with the office and the applicants; keys of each person and business."""
    from satupintu.accounts.tests.factories import make_office, make_user
    from satupintu.audit.rules import SYSTEM
    from satupintu.licensing.actions.certificates import paper_key
    from satupintu.licensing.tests.factories import a_business
    from satupintu.registry.rules.identity import impossible_phone
    from satupintu.registry.tests.factories import register

    make_office(OFFICE, "dinas")
    found = []
    for number in range(1, APPLICANTS + 1):
        person = register(f"Pedagang {number:04}", user=make_user("vendor"))
        person.phone, person.channel = impossible_phone(number), "whatsapp"
        person.save(update_fields=["phone", "channel"])
        found.append((person.pk, a_business(person).pk))
    paper_key(by=SYSTEM, at=datetime.now(UTC))
    return found


def process(
    number: int, of: int, threads: int, seconds: float, people: list[tuple[int, int]], go: Any, out: Any
) -> None:
    """One process: its share of the officers and of the applicants, until the time is over."""
    start_django()
    from satupintu.registry.models import Business, Person

    done = Done()
    begun = {"front_office": 0, "verifier": OFFICERS["front_office"], "signing_official": 100}
    desks = [(begun[role] + place, role) for role, count in OFFICERS.items() for place in range(count)]
    known, owned = Person.objects.in_bulk(), Business.objects.in_bulk()
    officers = deque(Officer(done, key, role, random.Random(key)) for key, role in desks[number::of])  # noqa: S311
    applicants = deque(
        Applicant(done, known[person], owned[business], random.Random(person))  # noqa: S311
        for person, business in people[number::of]
    )
    out.put("ready")
    go.wait()
    end = time.monotonic() + seconds
    serving = [threading.Thread(target=serve, args=(officers, applicants, end)) for _ in range(threads)]
    for thread in serving:
        thread.start()
    for thread in serving:
        thread.join()
    out.put(done.kept())


def serve(officers: deque[Any], applicants: deque[Any], end: float) -> None:
    """Serve whoever waits longest, officers and applicants in turn; nobody is served by two threads at once."""
    from django.db import connections

    try:
        for queue in itertools.cycle((officers, applicants)):
            if time.monotonic() > end:
                break
            try:
                one = queue.popleft()
            except IndexError:  # all of them are being served
                continue
            one.turn()
            queue.append(one)
    finally:
        connections.close_all()


def hammer(
    seconds: float, processes: int, threads: int, people: list[tuple[int, int]]
) -> tuple[list[dict[str, Any]], float]:
    """What every process was told, and how long it lasted."""
    context = multiprocessing.get_context("spawn")
    go, out = context.Event(), context.Queue()
    workers = [
        context.Process(target=process, args=(n, processes, threads, seconds, people, go, out))
        for n in range(processes)
    ]
    for worker in workers:
        worker.start()
    for _ in workers:
        out.get()
    begun = time.monotonic()
    go.set()
    told = [out.get(timeout=seconds + 300) for _ in workers]
    lasted = time.monotonic() - begun
    for worker in workers:
        worker.join()
    return told, lasted


def figures(told: list[dict[str, Any]], lasted: float) -> dict[str, Any]:
    """All processes together, and what is broken."""
    from bench.licensing_invariants import broken
    from bench.registry import database, machine, percentile

    sums = {name: Counter[str]() for name in ("acknowledged", "refused", "again", "failed")}
    took: dict[str, list[float]] = defaultdict(list)
    written: dict[int, str] = {}
    for one in told:
        for name, counter in sums.items():
            counter.update(one[name])
        for name, times in one["took"].items():
            took[name] += times
        written |= one["written"]
    rows = [
        {"name": name, "done": len(v), **{f"p{s}": percentile(v, s / 100) for s in (50, 95, 99)}}
        for name, v in sorted(took.items())
    ]
    return {
        "database": database(),
        "machine": machine(),
        "on": date.today().isoformat(),
        "load": round(os.getloadavg()[0], 1),
        "lasted": round(lasted, 1),
        "done": sum(row["done"] for row in rows),
        "rows": rows,
        **{name: dict(counter) for name, counter in sums.items() if name != "acknowledged"},
        "broken": list(broken(sums["acknowledged"], written)),
        "state": states(),
    }


def states() -> dict[str, int]:
    """How many files stand in each state, papers, and records of the audit."""
    from satupintu.audit.models import Record
    from satupintu.licensing.models import Application, Certificate

    found = Counter(Application.objects.values_list("state", flat=True))
    return {**dict(sorted(found.items())), "papers": Certificate.objects.count(), "records": Record.objects.count()}


def report(found: dict[str, Any]) -> Iterator[str]:
    """The figures as lines."""
    rate = found["done"] / found["lasted"]
    yield f"{found['database']}, {found['processes']} processes with {found['threads']} threads. Load {found['load']}."
    yield f"{found['done']:,} acts in {found['lasted']} s, {rate:.0f} a second."
    yield f"{'ms':<20}{'done':>8}{'a second':>10}{'p50':>10}{'p95':>10}{'p99':>10}"
    for row in found["rows"]:
        told = "".join(f"{row[name]:>10,.1f}" for name in ("p50", "p95", "p99"))
        yield f"{row['name']:<20}{row['done']:>8,}{row['done'] / found['lasted']:>10.1f}{told}"
    for name in ("refused", "again", "failed", "state"):
        yield f"{name}: " + (", ".join(f"{what} {count:,}" for what, count in sorted(found[name].items())) or "nothing")
    yield from (f"BROKEN: {what}" for what in found["broken"][:20])
    yield f"{len(found['broken'])} broken." if found["broken"] else "Every invariant held."


def main() -> int:
    """One run on the database of the environment, in a house of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--processes", type=int)
    parser.add_argument("--threads", type=int)
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SATUPINTU_HOME"] = folder
        start_django()
        from django.core.management import call_command
        from django.db import connection, connections

        usual = SERVED[connection.vendor]
        call_command("migrate", verbosity=0)
        people = prepare()
        connections.close_all()
        processes, threads = asked.processes or usual[0], asked.threads or usual[1]
        found = {"processes": processes, "threads": threads}
        found |= figures(*hammer(asked.seconds, processes, threads, people))
        print("\n".join(report(found)))
        if asked.keep:
            asked.keep.write_text(json.dumps(found))
        connections.close_all()
    return bool(found["broken"] or found["failed"])


if __name__ == "__main__":
    sys.exit(main())
