"""Noting likely doubles, merging two entries, keeping them apart, undoing a merge."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from satupintu.accounts.gate import guarded
from satupintu.audit.fields import lookup
from satupintu.audit.rules import Actor
from satupintu.registry.actions.consents import add_follow_up
from satupintu.registry.actions.names import _reindex
from satupintu.registry.actions.one_nik import _one_nik
from satupintu.registry.actions.undoing import _give_back, _moved_account, _relations, _since_merge
from satupintu.registry.actions.values import _put, _values
from satupintu.registry.actions.witness import _record
from satupintu.registry.models import Double, Merge, Person
from satupintu.registry.queries.doubles import doubles_of, traits_of
from satupintu.registry.queries.visible import require_sees
from satupintu.registry.rules.doubles import CHOOSABLE, SCORES, Likeness, merged_values, undo_problem

LOOKUPS = ("sort_name", "nik_lookup", "phone_lookup", "phone_ending", "district")


@guarded
@transaction.atomic
def merge_people(
    *, kept: Person, removed: Person, take: frozenset[str] = frozenset(), reason: str, by: Actor, at: datetime
) -> Merge:
    """Make two entries one: every row of ``removed`` moves to ``kept``; ``take`` names values to take from it.

    Nothing is deleted; ``undo_merge`` puts all of it back. Raises ValidationError, NotAllowed.
    """
    require_sees(by, kept)
    require_sees(by, removed)
    if kept.pk == removed.pk:
        raise ValidationError(_("Ini orang yang sama. Pilih dua data yang berbeda."))
    kept, removed = _locked(kept, removed)
    if kept.merged_into_id or removed.merged_into_id or kept.forgotten_at or removed.forgotten_at:
        raise ValidationError(_("Salah satu data sudah digabung atau dihapus. Buka daftar data ganda lagi."))
    if not reason.strip():
        raise ValidationError({"reason": _("Tulis alasannya, misalnya: KTP sama.")})
    before = _all_values(kept)
    after = merged_values(_values(kept), _values(removed), take)
    moved = list(_move(removed, kept))
    gave_account = _move_account(removed, kept)
    # First, so that the kept entry may take the NIK: of two that stand only one may have it.
    removed.merged_into = kept
    removed.save(update_fields=["merged_into"])
    with _one_nik():
        _apply(kept, after, removed, at)
    _reindex(removed)
    _reindex(kept)
    sealed = {"before": before, "after": _all_values(kept), "account": gave_account}
    merge = Merge.objects.create(
        kept=kept,
        removed=removed,
        moved=moved,
        values=json.dumps(sealed, default=str),
        reason=reason.strip()[:250],
        made_by=by.ref,
        made_at=at,
    )
    _settle(kept, removed, "merged", by, at)
    counts = {"merge": merge.pk, "rows": len(moved)}
    after_chosen = {"person": removed.reference, "values": _values(kept)}
    _record(
        "people_merged",
        kept,
        why=merge.reason,
        values=counts,
        before=_values_of(before),
        after=after_chosen,
        by=by,
        at=at,
    )
    _record("merged_away", removed, why=merge.reason, values=counts, after={"into": kept.reference}, by=by, at=at)
    return merge


@guarded
@transaction.atomic
def undo_merge(*, merge: Merge, by: Actor, at: datetime) -> Merge:
    """Put back every row and value that a merge moved, within 30 days. Raises ValidationError, NotAllowed.

    What was made since then goes along if it hangs on a row that goes back or if the other's own account made it.
    A value of the kept entry that was changed since then stays as it was changed. What is unclear stays, with a
    follow-up for somebody to look at.
    """
    require_sees(by, merge.kept)
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    kept, removed = _locked(merge.kept, merge.removed)
    later = Merge.objects.filter(kept=kept, undone_at=None, pk__gt=merge.pk).exists()
    again = kept.merged_into_id is not None or later
    if problem := undo_problem(merged_at=merge.made_at, undone_at=merge.undone_at, merged_again=again, at=at):
        raise ValidationError(problem)
    if kept.forgotten_at or not merge.values:
        raise ValidationError(_("Data orang ini sudah dihapus. Penggabungan tidak bisa diurungkan."))
    since = _since_merge(merge)
    stuck = _give_back([*merge.moved, *since.theirs], removed)
    with _one_nik("NIK ini sekarang ada di dua data. Betulkan NIK-nya dulu, lalu urungkan lagi."):
        _stand_apart(merge, kept, removed)
    merge.undone_at, merge.undone_by = at, by.ref
    merge.save(update_fields=["undone_at", "undone_by"])
    pair = _pair(kept, removed)
    Double.objects.filter(first=pair[0], second=pair[1]).update(settled="", settled_by="", settled_at=None)
    told = {"merge": merge.pk, "rows": len(merge.moved), "since": len(since.theirs), "unclear": len(since.unclear)}
    _record("merge_undone", kept, values=told, by=by, at=at)
    _record("merge_undone", removed, values=told, by=by, at=at)
    if unclear := len(since.unclear) + len(stuck):
        _ask_whose(kept, unclear, by, at)
    return merge


@guarded
@transaction.atomic
def keep_apart(*, double: Double, by: Actor, at: datetime) -> None:
    """Say that two entries are two people. Raises NotAllowed."""
    require_sees(by, double.first)
    require_sees(by, double.second)
    _settle(double.first, double.second, "apart", by, at)
    for person in (double.first, double.second):
        _record("kept_apart", person, values={"double": double.pk}, by=by, at=at)


def _stand_apart(merge: Merge, kept: Person, removed: Person) -> None:
    """Both entries with their own values and accounts; the kept one first, because it may give a NIK back."""
    stored = json.loads(merge.values)
    if _moved_account(merge):
        kept.user, account = None, kept.user
        kept.save(update_fields=["user"])
        removed.user = account
    _restore(kept, stored["before"], stored["after"])
    removed.merged_into = None
    removed.save(update_fields=["merged_into", "user"])
    _reindex(removed)
    _reindex(kept)


def _ask_whose(kept: Person, count: int, by: Actor, at: datetime) -> None:
    why = f"Penggabungan diurungkan. Periksa {count} catatan baru: milik siapa."
    add_follow_up(person=kept, why=why, due=localtime(at).date(), by=by, at=at)


def _note_doubles(person: Person, at: datetime) -> None:
    """Write every likely double of a person for review; pairs already decided stay decided."""
    # By the NIK itself: an entry that shares one with another has no lookup of its own.
    traits = replace(traits_of(person), nik_lookup=lookup("nik", person.nik))
    for suspect in doubles_of(traits, but=person):
        _note_pair(person, suspect.person, suspect.likeness, at)


def _note_pair(one: Person, other: Person, likeness: Likeness, at: datetime) -> None:
    """Write a likely double for review; what is known of an undecided pair is added to."""
    first, second = _pair(one, other)
    double, new = Double.objects.get_or_create(
        first=first,
        second=second,
        defaults={"score": likeness.score, "reasons": list(likeness.reasons), "found_at": at},
    )
    more = [reason for reason in likeness.reasons if reason not in double.reasons]
    if not new and more and double.settled_at is None:
        double.reasons = [*double.reasons, *more]
        double.score += sum(SCORES[reason] for reason in more)
        double.save(update_fields=["reasons", "score"])


def _pair(one: Person, other: Person) -> tuple[Person, Person]:
    return (one, other) if one.pk < other.pk else (other, one)


def _locked(*people: Person) -> list[Person]:
    """Both entries, locked in the order of their keys so that two merges never wait for each other."""
    rows = Person.objects.select_for_update().filter(pk__in=[p.pk for p in people]).order_by("pk")
    found = {person.pk: person for person in rows}
    return [found[person.pk] for person in people]


def _settle(one: Person, other: Person, how: str, by: Actor, at: datetime) -> None:
    first, second = _pair(one, other)
    Double.objects.update_or_create(
        first=first,
        second=second,
        defaults={"settled": how, "settled_by": by.ref, "settled_at": at},
        create_defaults={
            "settled": how,
            "settled_by": by.ref,
            "settled_at": at,
            "score": 0,
            "reasons": [],
            "found_at": at,
        },
    )


def _move(removed: Person, kept: Person) -> Iterator[dict[str, Any]]:
    for relation in _relations():
        model, field = relation.related_model, relation.field.name
        for key in model._base_manager.filter(**{field: removed}).order_by("pk").values_list("pk", flat=True):
            try:
                with transaction.atomic():
                    model._base_manager.filter(pk=key).update(**{field: kept})
            except IntegrityError:
                continue  # the kept entry has one already and may have no second: it stays with the other
            yield {"model": model._meta.label, "field": field, "key": key}


def _move_account(removed: Person, kept: Person) -> bool:
    """Give the removed entry's account to the kept one if that has none."""
    if kept.user_id is not None or removed.user_id is None:
        return False
    account, removed.user = removed.user, None
    removed.save(update_fields=["user"])
    kept.user = account
    return True


def _all_values(person: Person) -> dict[str, Any]:
    names = (*CHOOSABLE, *LOOKUPS, "changed_at", "retention_until")
    return {name: getattr(person, name) for name in names}


def _values_of(stored: dict[str, Any]) -> dict[str, Any]:
    return {name: stored[name] for name in CHOOSABLE}


def _apply(kept: Person, values: dict[str, Any], removed: Person, at: datetime) -> None:
    _put(kept, values, at)
    kept.retention_until = max(kept.retention_until, removed.retention_until)
    kept.save()


def _restore(kept: Person, before: dict[str, Any], after: dict[str, Any]) -> None:
    """Each value as it was before, unless somebody changed it after the merge."""
    now = json.loads(json.dumps(_all_values(kept), default=str))
    changed = [name for name in before if now[name] == after[name] and before[name] != after[name]]
    for name in changed:
        setattr(kept, name, Person._meta.get_field(name).to_python(before[name]))  # type: ignore[union-attr]  # own columns
    kept.save()
