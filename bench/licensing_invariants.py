"""What must hold in a database after many wrote into licensing at once; every break is one sentence."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

STANDING = ("active", "suspended")
ENDED = ("revoked", "expired", "superseded")


def broken(acknowledged: Mapping[str, int], last_written: Mapping[int, str]) -> Iterator[str]:
    """Every invariant that is broken.

    ``acknowledged`` counts what clients were told was done, by move or by ``audit:<action>``; ``last_written`` is the
    last address each file's applicant was told was kept, by key of the file.
    """
    from satupintu.audit.queries import breaks

    yield from _numbers()
    yield from _files()
    yield from _papers()
    yield from _messages()
    yield from _acknowledged(acknowledged, last_written)
    yield from (f"chain {found.chain} breaks at {found.number}: {found.what}" for found in breaks())


def _numbers() -> Iterator[str]:
    from satupintu.licensing.models import Application, Certificate, Series

    for model, name in ((Application, "number"), (Certificate, "code")):
        values = list(model.objects.values_list(name, flat=True))
        if len(values) != len(set(values)):
            yield f"{model.__name__}: {len(values) - len(set(values))} doubled {name}s"
    for series in Series.objects.all():
        first = {"office": series.office, "licence": series.kind, "year": series.year, "edition": 1}
        serials = sorted(Certificate.objects.filter(**first).values_list("serial", flat=True))
        if serials != list(range(1, series.last + 1)):
            yield f"series {series}: {len(serials)} papers, {len(set(serials))} numbers, up to {max(serials or [0])}"


def _steps() -> dict[int, list[Any]]:
    from satupintu.licensing.models import Step

    found = defaultdict(list)
    for step in Step.objects.order_by("application_id", "number").defer("note").iterator(chunk_size=2_000):
        found[step.application_id].append(step)
    return found


def _files() -> Iterator[str]:
    """State, revision and steps tell the same; every step was allowed where it was made; nobody decided their own."""
    from satupintu.licensing.models import Application
    from satupintu.licensing.rules.moves import DECIDING, EXAMINING, LICENSING

    steps = _steps()
    for file in Application.objects.defer("answers").iterator(chunk_size=2_000):
        state, examined = LICENSING.start, set()
        for number, step in enumerate(steps.get(file.pk, []), start=1):
            move = LICENSING.by_name[step.move]
            if step.number != number or state not in move.sources or step.state != move.target:
                yield f"{file.number}: step {step.number} ({step.move}) does not follow {state}"
            if step.role not in move.by:
                yield f"{file.number}: {step.move} by {step.role}"
            if step.move in DECIDING | {"uphold", "overturn"} and step.made_by in examined:
                yield f"{file.number}: {step.made_by} examined or decided and then made {step.move}"
            if step.move in EXAMINING | DECIDING:
                examined.add(step.made_by)
            state = step.state
        if file.state != state:
            yield f"{file.number}: is {file.state}, its steps end in {state}"
        if file.revision != len(steps.get(file.pk, [])):
            yield f"{file.number}: revision {file.revision}, {len(steps.get(file.pk, []))} steps"


def _papers() -> Iterator[str]:
    """A file with a paper has exactly one that stands; one that ended has none."""
    from satupintu.licensing.models import Application, Certificate

    papers = defaultdict(list)
    for key, status in Certificate.objects.values_list("application_id", "status"):
        papers[key].append(status)
    wanted = {"issued": ["active"], "handed_over": ["active"], "suspended": ["suspended"], "revoked": [], "renewed": []}
    for key, number, state in Application.objects.values_list("pk", "number", "state"):
        standing = [status for status in papers[key] if status in STANDING]
        if standing != wanted.get(state, []):
            yield f"{number}: {state}, its papers are {papers[key]}"
        if state in wanted and not papers[key]:
            yield f"{number}: {state} without any paper"


def _messages() -> Iterator[str]:
    """Each step that tells the applicant put one message into the outbox."""
    from satupintu.licensing.rules.moves import LICENSING
    from satupintu.messages.models import Message

    kept = Counter(Message.objects.values_list("key", flat=True))
    yield from (f"message {key} is kept {times} times" for key, times in kept.items() if times > 1)
    wanted = {
        f"{message}:{key}:{step.number}"
        for key, steps in _steps().items()
        for step in steps
        if (message := LICENSING.by_name[step.move].message)
    }
    if lost := wanted - set(kept):
        yield f"{len(lost)} messages were not kept, such as {min(lost)}"
    if more := set(kept) - wanted:
        yield f"{len(more)} messages that no step asked for, such as {min(more)}"


def _acknowledged(acknowledged: Mapping[str, int], last_written: Mapping[int, str]) -> Iterator[str]:
    """What a client was told was done is there, once; and nothing is there that nobody was told of."""
    from django.db.models import Count

    from satupintu.audit.models import Record
    from satupintu.licensing.models import Application, Step
    from satupintu.licensing.queries.standing import answers_of
    from satupintu.licensing.rules.moves import LICENSING

    moves = dict(_counted(Step.objects.values_list("move").annotate(Count("pk")).order_by()))
    records = dict(_counted(Record.objects.values_list("action").annotate(Count("pk")).order_by()))
    for name in LICENSING.by_name:
        told, event = acknowledged.get(name, 0), records.get(LICENSING.by_name[name].event, 0)
        if not told == moves.get(name, 0) == event:
            yield f"{name}: told done {told} times, {moves.get(name, 0)} steps, {event} records"
    for name, told in acknowledged.items():
        if name.startswith("audit:") and records.get(name.removeprefix("audit:"), 0) != told:
            yield f"{name}: told done {told} times, {records.get(name.removeprefix('audit:'), 0)} records"
    for file in Application.objects.filter(pk__in=last_written):
        if (kept := answers_of(file).get("home_address", "")) != last_written[file.pk]:
            yield f"{file.number}: the last address told as kept is {last_written[file.pk]!r}, kept is {kept!r}"


def _counted(rows: Iterable[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    yield from rows
