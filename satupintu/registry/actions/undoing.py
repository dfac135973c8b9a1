"""What goes back when a merge is undone: the rows that moved, and those made since then that are as clearly theirs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction

from satupintu.registry.models import Double, Merge, NameUse, Person

# Rows that stay with the entry they speak of.
STAYING = (NameUse, Double, Merge)
# How a milestone names the row it rests on.
NAMED = {"paper": "registry.PaperHeld", "document": "registry.Document", "plan": "registry.KeptPlan"}

Key = tuple[str, int]


@dataclass(frozen=True)
class SinceMerge:
    """Rows of the kept entry made since a merge: those that go to the removed one, and those nobody can tell."""

    theirs: list[dict[str, Any]]
    unclear: list[dict[str, Any]]


def _relations() -> Iterator[Any]:
    """Every foreign key to a person, in this room and in those above, but for rows that stay."""
    for relation in Person._meta.related_objects:
        if relation.related_model not in STAYING and isinstance(relation.field, models.ForeignKey):
            yield relation


def _since_merge(merge: Merge) -> SinceMerge:
    """Sort the rows that the kept entry got since a merge.

    Theirs is what hangs on a row of theirs (business, plan, evidence), or what their own account made if it hangs on
    no row of the other. Unclear is what staff made and hangs on nothing, and what hangs on rows of both.
    """
    moved = {(row["model"], row["key"]) for row in merge.moved}
    rows = {key: row for key, row in _rows(merge.kept) if key not in moved}
    new = {key for key, row in rows.items() if row.made_at > merge.made_at}
    ours, others = _accounts_of(merge)
    hangs = {key: _hangs_on(rows[key]) & (moved | {*rows}) for key in new}
    theirs: set[Key] = set()
    while True:
        known = moved | theirs
        found = {key for key in new if hangs[key] <= known and (hangs[key] or rows[key].made_by in ours)}
        if found <= theirs:
            break
        theirs |= found
    unclear = {key for key in new - theirs if _is_unclear(hangs[key], rows[key].made_by, moved | theirs, ours, others)}
    return SinceMerge(_told(theirs), _told(unclear))


def _give_back(rows: list[dict[str, Any]], removed: Person) -> list[dict[str, Any]]:
    """Hang rows on the entry they belong to; returns those that it may not have because it has one already."""
    stuck = []
    for row in rows:
        model = apps.get_model(row["model"])
        try:
            with transaction.atomic():
                model._base_manager.filter(pk=row["key"]).update(**{row["field"]: removed})
        except IntegrityError:
            stuck.append(row)
    return stuck


def _rows(person: Person) -> Iterator[tuple[Key, Any]]:
    for relation in _relations():
        model = relation.related_model
        if model is not Person:
            for row in model._base_manager.filter(**{relation.field.name: person}).order_by("pk"):
                yield (model._meta.label, row.pk), row


def _accounts_of(merge: Merge) -> tuple[set[str], set[str]]:
    """The accounts of the removed entry with those merged into it, and of the kept one, as ``made_by`` names them."""
    inside = [row["key"] for row in merge.moved if row["model"] == Person._meta.label]
    theirs = set(Person.objects.filter(pk__in=[merge.removed_id, *inside]).values_list("user", flat=True))
    kept = Person.objects.filter(models.Q(pk=merge.kept_id) | models.Q(merged_into=merge.kept_id))
    others = set(kept.exclude(pk__in=[merge.removed_id, *inside]).values_list("user", flat=True))
    if _moved_account(merge) and merge.kept.user_id is not None:
        theirs.add(merge.kept.user_id)
        others.discard(merge.kept.user_id)
    return {f"user:{pk}" for pk in theirs if pk}, {f"user:{pk}" for pk in others if pk}


def _moved_account(merge: Merge) -> bool:
    """Whether the merge gave the removed entry's account to the kept one."""
    return bool(merge.values and json.loads(merge.values)["account"])


def _hangs_on(row: Any) -> set[Key]:
    """The rows that a row points to, by its own keys and by the reference that a milestone keeps."""
    found = {
        (field.related_model._meta.label, getattr(row, field.attname))
        for field in row._meta.fields
        if isinstance(field, models.ForeignKey) and field.related_model is not Person and getattr(row, field.attname)
    }
    kind, _, ref = str(getattr(row, "evidence", "") or "").partition(":")
    if kind in NAMED:
        named = apps.get_model(NAMED[kind])._base_manager.filter(ref=ref).first()
        if named is not None:
            found.add(_anchor(named))
    return found


def _anchor(row: Any) -> Key:
    """A plan belongs to whom its business belongs to."""
    business = getattr(row, "business_id", None)
    if row._meta.label == NAMED["plan"] and business:
        return ("registry.Business", business)
    return (row._meta.label, row.pk)


def _is_unclear(hangs: set[Key], made_by: str, theirs: set[Key], ours: set[str], others: set[str]) -> bool:
    if hangs:
        return bool(hangs & theirs) or made_by in ours
    return made_by not in others


def _told(keys: set[Key]) -> list[dict[str, Any]]:
    fields = {relation.related_model._meta.label: relation.field.name for relation in _relations()}
    return [{"model": model, "field": fields[model], "key": key} for model, key in sorted(keys)]
