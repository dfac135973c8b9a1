"""A city's licensing, made up in bulk: some files through the room's own actions, the rest as their copies in SQL."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import Any

PATTERNS = 200
# Of two hundred files, how many stand where: most have ended, one in fifteen waits for somebody.
STANDING = {
    "draft": 4,
    "submitted": 3,
    "returned": 2,
    "complete": 3,
    "site_visit": 2,
    "examined": 2,
    "issued": 4,
    "handed_over": 138,
    "refused": 18,
    "withdrawn": 12,
    "lapsed": 12,
}
PAPER = ("issued", "handed_over")
RUNNING = ("complete", "site_visit", "examined")
# Columns of a copy that are not those of its pattern: on PostgreSQL and on SQLite. {n}: which copy.
SHIFTED = ("made_at", "moved_at", "submitted_at", "accepted_at", "decided_at", "deadline", "claimed_at", "status_at")
DIALECT = {
    "postgresql": {
        "series": "generate_series(1, {copies}) AS copies(n)",
        "shift": "t.{column} - n * interval '3 hours'",
        "ref": "gen_random_uuid()",
        "number": "'SP-' || lpad(({id})::text, 9, '0')",
        "code": "'Z' || lpad(({id})::text, 6, '0')",
    },
    "sqlite": {
        "series": "(WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c LIMIT {copies}) SELECT n FROM c)",
        "shift": "strftime('%Y-%m-%d %H:%M:%f', t.{column}, '-' || (n * 3) || ' hours')",
        "ref": "lower(hex(randomblob(16)))",
        "number": "'SP-' || substr('000000000' || ({id}), -9)",
        "code": "'Z' || substr('000000' || ({id}), -6)",
    },
}


def fill(files: int, at: datetime) -> float:
    """Bring licensing to this many files of everybody who is there already; how many seconds it took."""
    from django.db import connection

    from satupintu.licensing.models import Application, Attachment, Certificate, Series, Step

    begun = time.perf_counter()
    if Application.objects.count() < PATTERNS:
        make_patterns(at)
    copies = files // PATTERNS - 1
    if Application.objects.count() == PATTERNS and copies > 0:
        base = Application.objects.order_by("pk").values_list("pk", flat=True)[0] - 1
        papers = Certificate.objects.count()
        spread = _spread()
        # Nobody holds two papers of a kind at once: what is older than everybody's newest has ended.
        ended = f"CASE WHEN t.state IN ('issued', 'handed_over') AND n > {_people()[1] // PATTERNS}"
        state = {"state": f"{ended} THEN 'expired' ELSE t.state END"}
        _copy(Application, copies, PATTERNS, {"number": "number", **state, **spread})
        _copy(Step, copies, Step.objects.count(), {"application_id": f"t.application_id + n * {PATTERNS}"})
        _copy(Attachment, copies, Attachment.objects.count(), {"application_id": f"t.application_id + n * {PATTERNS}"})
        own = {"application_id": f"t.application_id + n * {PATTERNS}", "code": "code", "decision_id": "NULL"}
        own |= {"serial": f"t.serial + n * {papers}", "number": f"(t.serial + n * {papers}) || '/TDU-PKL/' || t.year"}
        own |= {"status": "CASE WHEN a.state = 'expired' THEN 'expired' ELSE t.status END"}
        _copy(Certificate, copies, papers, own | {"person_id": "a.person_id", "business_id": "a.business_id"})
        Series.objects.update(last=Certificate.objects.order_by("-serial").values_list("serial", flat=True)[0])
        assert base == 0, "the patterns must be the first files"  # noqa: S101  what the copies' keys rest on
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return time.perf_counter() - begun


def make_patterns(at: datetime) -> None:
    """The first files, each made as the room makes it."""
    from django.utils.timezone import localdate

    from satupintu.licensing.actions.decisions import grant
    from satupintu.licensing.models import Application
    from satupintu.licensing.tests.factories import application, signer
    from satupintu.registry.models import Person

    people = list(Person.objects.filter(source="crowd").order_by("pk")[:PATTERNS])
    states = [state for state, count in STANDING.items() for _ in range(count)]
    for number, (person, state) in enumerate(zip(people, states, strict=True)):
        given = {"person": person, "business": person.businesses.first(), "at": at - timedelta(hours=1)}
        made = application("examined" if state in PAPER else state, **given)
        if state in PAPER:
            days = {"valid_from": localdate(at), "valid_until": localdate(at) + timedelta(days=365)}
            grant(application=made, **days, by=signer(), at=at)
        late = {"deadline": at + timedelta(hours=number)} if state in RUNNING else {}
        decided = state in (*PAPER, "refused")
        measured = {"working_hours": 8 + number % 60, "in_time": number % 9 > 0, "first_time_right": number % 4 > 0}
        known = {"state": state} | late | (measured if decided else {})
        Application.objects.filter(pk=made.pk).update(**known)


def _spread() -> dict[str, str]:
    """Whom a copy is about, everybody in turn, with their business and where they are: on a grid of some 11 m."""
    place = {"latitude": "t.latitude - {} * 0.0001", "longitude": "t.longitude - {} * 0.0001"}
    apart = {"latitude": "((t.id * 31 + n * 17) % 1009)", "longitude": "((t.id * 13 + n * 71) % 997)"}
    spread = {column: told.format(apart[column]) for column, told in place.items()}
    return {"person_id": "p.id", "business_id": "b.id", "region": "p.region", "market_id": "b.market_id", **spread}


def _copy(model: Any, copies: int, rows: int, own: dict[str, str]) -> None:
    """Every row of a table again and again; the nth copy of key k has the key k + n * rows."""
    from django.db import connection, transaction

    say = DIALECT[connection.vendor]
    key = f"t.id + n * {rows}"
    table = model._meta.db_table
    columns = [field.column for field in model._meta.local_fields]
    told = []
    for column in columns:
        if column == "id":
            told.append(key)
        elif own.get(column) in ("number", "code"):
            told.append(say[column].format(id=key))
        elif column in own:
            told.append(own[column])
        elif column == "ref":
            told.append(say["ref"])
        elif column in SHIFTED:
            told.append(say["shift"].format(column=column))
        else:
            told.append(f"t.{column}")
    names = ", ".join(f'"{column}"' for column in columns)
    source = f"{table} t, {say['series'].format(copies=copies)}"
    if "region" in own:
        first, count = _people()
        who = f"{first} + (t.id * 7919 + n * 104729) % {count}"
        source += f" JOIN registry_person p ON p.id = {who} JOIN registry_business b ON b.person_id = p.id"
        source = source.replace(f"{table} t, ", f"{table} t CROSS JOIN ")
    if "person_id" in own and "region" not in own:
        source += f", licensing_application a WHERE a.id = t.application_id + n * {PATTERNS}"
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # a copy points where its pattern does; millions of checks take long
            cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(f"INSERT INTO {table} ({names}) SELECT {', '.join(told)} FROM {source}")  # noqa: S608  our own
        if connection.vendor == "postgresql":
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")  # noqa: S608


def _people() -> tuple[int, int]:
    from satupintu.registry.models import Person

    crowd = Person.objects.filter(source="crowd")
    first, last = (crowd.order_by(order).values_list("pk", flat=True)[0] for order in ("pk", "-pk"))
    return first, last - first + 1
