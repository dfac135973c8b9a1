"""The soak of a field server: 50 submissions a second for 30 seconds, from ten phones, to a served house.

    python bench/sync_soak.py                              on SQLite
    scripts/with-postgresql python bench/sync_soak.py      on PostgreSQL (which does not wait for the disk there)
    --rate 50 --seconds 30 --keep FILE                     other measures; the figures as JSON
    --page FILE...                                         put kept figures into docs/reference/bench-sync.md

A submission is one record in one request, as a phone with a signal sends it: presses, questions and sheets with ten
answers in turn. Every 25th is sent again at once, as after a lost acknowledgement. Afterwards the database is read:
lost is what was made and is not there, doubled what is there twice. Exit 1 if anything is lost or doubled.
"""

from __future__ import annotations

import argparse
import hashlib
import http.client
import json
import platform
import queue
import statistics
import sys
import tempfile
import threading
import time
import uuid
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.deployment import Deployment, fresh_deployment, serving

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "docs" / "reference" / "bench-sync.md"
PHONES = 10
CARDS = 200
AGAIN = 25
BATCH = 200
PREPARE = f"""
import json
from datetime import UTC, datetime
from satupintu.accounts.models import User
from satupintu.accounts.queries import actor_of
from satupintu.audit.rules import SYSTEM
from satupintu.outreach import actions as outreach
from satupintu.surveys.actions import open_survey
from satupintu.sync import actions
now = datetime.now(UTC)
event = outreach.make_event(title="Uji beban", day=now.date(), region="32.75.11.1004", template="sosialisasi-perizinan",
                            by=SYSTEM, at=now)
outreach.add_cards(event=event, count={CARDS}, by=SYSTEM, at=now)
outreach.change_state(event=event, state="running", by=SYSTEM, at=now)
survey = open_survey(questionnaire="paper_statements", wave="before", subject=event.reference, region=event.region,
                     by=SYSTEM, at=now)
owner = User.objects.get(username="pendamping-01")
tokens = [actions.prepare_device(owner=owner, name=f"HP {{n}}", by=actor_of(owner), at=now)[1] for n in range({PHONES})]
print(json.dumps({{"event": str(event.ref), "survey": str(survey.ref), "tokens": tokens}}))
"""
KEPT = {
    "received": "SELECT client_uuid FROM sync_received WHERE state = 'done'",
    "tap": "SELECT ref FROM outreach_tap WHERE kind IN ('arrived', 'left')",
    "question": "SELECT ref FROM outreach_question",
    "sheet": "SELECT ref FROM surveys_answering",
}


@dataclass
class Soak:
    """What the phones did: answers by HTTP status, and how long each took in seconds."""

    sent: dict[str, str] = field(default_factory=dict)  # UUID: what of
    statuses: dict[str, int] = field(default_factory=dict)
    took: list[float] = field(default_factory=list)
    late: float = 0.0


def main() -> int:
    """One soak, or the page of several."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rate", type=int, default=50)
    parser.add_argument("--seconds", type=int, default=30)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--page", type=Path, nargs="+")
    asked = parser.parse_args()
    if asked.page:
        _write([json.loads(path.read_text()) for path in asked.page])
        return 0
    with tempfile.TemporaryDirectory() as folder, fresh_deployment(Path(folder) / "home") as house:
        house.run("migrate")
        house.run("demo")
        before = _kept(house)
        given = json.loads(house.python(PREPARE))
        with serving(house) as address:
            soak = _soak(address, given, asked.rate, asked.seconds)
            batch = _one_batch(address, given, soak)
        figures = _figures(house, before, soak, batch, asked)
    for name, value in figures.items():
        print(f"{name:28} {value}")
    if asked.keep:
        asked.keep.write_text(json.dumps(figures))
    return bool(figures["lost"] or figures["doubled"])


def _record(given: dict[str, Any], number: int) -> tuple[str, dict[str, Any]]:
    """The nth thing captured, and of what kind it is."""
    card = f"P{number % CARDS + 1:03}"
    what = ("tap", "sheet", "tap", "question")[number % 4]
    content: dict[str, Any]
    if what == "tap":
        content = {"event": given["event"], "kind": "arrived" if number % 8 else "left", "card": card}
    elif what == "sheet":
        values = {f"s{n}": "yes" if (number + n) % 3 else "no" for n in range(1, 11)}
        content = {"survey": given["survey"], "card": card, "values": values}
    else:
        content = {"event": given["event"], "text": f"Pertanyaan {number}", "card": card}
    text = json.dumps(content)
    kind = {"tap": "outreach.tap", "sheet": "surveys.sheet", "question": "outreach.question"}[what]
    return what, {
        "uuid": str(uuid.uuid4()),
        "kind": kind,
        "content": text,
        "hash": hashlib.sha256(text.encode()).hexdigest(),
        "made_at": datetime.now(UTC).isoformat(),
        "sequence": number,
        "shown": {},
    }


def _soak(address: str, given: dict[str, Any], rate: int, seconds: int) -> Soak:
    """Send on time whatever the server does: a phone does not wait for the others."""
    soak, lock, waiting = Soak(), threading.Lock(), queue.Queue[tuple[float, int] | None]()
    begin = time.perf_counter() + 0.5

    def phone(token: str) -> None:
        link = _link(address)
        while (turn := waiting.get()) is not None:
            due, number = turn
            what, record = _record(given, number)
            for _ in range(2 if number % AGAIN == 0 else 1):
                started = time.perf_counter()
                status, results = _post(link, token, [record])
                ended = time.perf_counter()
                with lock:
                    soak.sent[record["uuid"]] = what
                    told = f"{status} {results[0]['state'] if results else ''}".strip()
                    soak.statuses[told] = soak.statuses.get(told, 0) + 1
                    soak.took.append(ended - started)
                    soak.late = max(soak.late, ended - begin - due)

    phones = [threading.Thread(target=phone, args=(token,)) for token in given["tokens"]]
    for thread in phones:
        thread.start()
    for number in range(rate * seconds):
        due = number / rate
        time.sleep(max(0.0, begin + due - time.perf_counter()))
        waiting.put((due, number))
    for _ in phones:
        waiting.put(None)
    for thread in phones:
        thread.join()
    return soak


def _one_batch(address: str, given: dict[str, Any], soak: Soak) -> float:
    """Seconds for what a phone brings that was without a signal all morning: 200 records at once."""
    records = [_record(given, number) for number in range(100_000, 100_000 + BATCH)]
    soak.sent.update({record["uuid"]: what for what, record in records})
    started = time.perf_counter()
    status, results = _post(_link(address), given["tokens"][0], [record for _, record in records])
    took = time.perf_counter() - started
    if status != 200 or {result["state"] for result in results} != {"done"}:
        raise SystemExit(f"the batch was answered {status}: {results[:2]}")
    return took


def _link(address: str) -> http.client.HTTPConnection:
    parts = urlsplit(address)
    return http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)


def _post(link: http.client.HTTPConnection, token: str, records: list[dict[str, Any]]) -> tuple[int, Any]:
    body = json.dumps({"sent_at": datetime.now(UTC).isoformat(), "records": records})
    head = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    link.request("POST", "/api/v1/sync/records", body, head)
    answer = link.getresponse()
    told = json.loads(answer.read() or b"null")
    return answer.status, told["results"] if answer.status == 200 else None


def _kept(house: Deployment) -> dict[str, list[str]]:
    """The UUIDs in each table, written the same way for both databases."""
    return {name: [str(uuid.UUID(str(row[0]))) for row in house.sql(statement)] for name, statement in KEPT.items()}


def _figures(
    house: Deployment, before: dict[str, list[str]], soak: Soak, batch: float, asked: argparse.Namespace
) -> dict[str, Any]:
    after = _kept(house)
    found = {name: [ref for ref in after[name] if ref not in set(before[name])] for name in KEPT}
    wanted = {name: {ref for ref, what in soak.sent.items() if name in (what, "received")} for name in KEPT}
    house.run("verify-audit")
    ordered = sorted(soak.took)
    return {
        "database": "PostgreSQL" if house.on_postgresql else "SQLite",
        "day": date.today().isoformat(),
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "submissions": asked.rate * asked.seconds,
        "rate": asked.rate,
        "seconds": asked.seconds,
        "requests": len(soak.took),
        "answers": soak.statuses,
        "lost": sum(len(wanted[name] - set(found[name])) for name in KEPT),
        "doubled": sum(len(found[name]) - len(set(found[name])) for name in KEPT),
        "unasked for": sum(len(set(found[name]) - wanted[name]) for name in KEPT),
        "median ms": round(statistics.median(ordered) * 1000),
        "p95 ms": round(ordered[int(len(ordered) * 0.95)] * 1000),
        "last answer late by s": round(soak.late, 2),
        f"batch of {BATCH} s": round(batch, 2),
    }


def _write(runs: list[dict[str, Any]]) -> None:
    names = [name for name in runs[0] if name not in ("database", "day", "machine")]
    lines = [
        "# The soak of what phones send",
        "",
        f"Made by `bench/run sync --write` on {runs[0]['day']} ({runs[0]['machine']}).",
        "Sender and server share a machine. PostgreSQL does not wait for the disk here (`scripts/with-postgresql`).",
        f"A submission is one record in one request; every {AGAIN}th is sent twice.",
        "After each run `satupintu verify-audit` found the chain whole.",
        "",
        "| | " + " | ".join(run["database"] for run in runs) + " |",
        "|---|" + "---|" * len(runs),
    ]
    lines += [f"| {name} | " + " | ".join(_cell(run[name]) for run in runs) + " |" for name in names]
    REPORT.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _cell(value: Any) -> str:
    return ", ".join(f"{key}: {count}" for key, count in value.items()) if isinstance(value, dict) else str(value)


if __name__ == "__main__":
    sys.exit(main())
