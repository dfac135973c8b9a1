"""The page on which parts of a file are sent back: its rows, and the message as it will be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from satupintu.audit.rules import Actor
from satupintu.licensing.models import Application
from satupintu.licensing.queries.clocks import page_language
from satupintu.licensing.queries.desk import held_by_other
from satupintu.licensing.queries.desk_file import answered, presets, slots_of, state_words
from satupintu.licensing.queries.standing import offered_to, service_of
from satupintu.licensing.queries.told import has_channel, paper_title, part_title, parts_of, preview, reasons_told
from satupintu.licensing.queries.visible import acts_for
from satupintu.messages.rules import UnusableMessage, Written

MOVE = {"return": "return_for_repair", "ask": "ask"}


@dataclass(frozen=True)
class Part:
    """A part that may be sent back: what stands there now, its reasons, and what was chosen."""

    name: str
    title: str
    now: str
    presets: list[tuple[str, str]]
    chosen: bool
    reason: str


def may_send(actor: Actor, file: Application, kind: str, at: datetime) -> bool:
    """Whether the actor may send parts of this file back now."""
    if not acts_for(actor, file, localdate(at)) or held_by_other(actor, file, at):
        return False
    return MOVE[kind] in {move.name for move in offered_to(file, actor.ref, actor.role, at)}


def chosen_parts(file: Application, kind: str, ticked: Sequence[str], sent: Mapping[str, Any]) -> dict[str, str]:
    """The parts that were ticked, each with its reason, in the order of the form."""
    return {part: str(sent.get(f"reason-{part}", "")) for part in parts_of(file, kind) if part in ticked}


def found_wrong(file: Application) -> dict[str, str]:
    """The documents found wrong while looking, each with its reason: where the form begins."""
    standing = file.attachments.filter(replaced_at=None, verdict="wrong")
    return {f"document:{one.slot}": one.reason for one in standing}


def return_page(file: Application, kind: str, parts: Mapping[str, str], words: str, template: str) -> dict[str, Any]:
    """Every part of the form, and the message that the chosen ones make, if any were chosen."""
    told = reasons_told(file, kind, parts, words) if parts else ""
    return {
        "file": file,
        "paper": paper_title(file.licence),
        "state": state_words(file.state),
        "rows": _rows(file, kind, parts),
        "typed": words,
        "message": _message(file, template, told) if told else None,
        "reachable": has_channel(file),
        "whose_language": file.person.language,
    }


def _message(file: Application, template: str, told: str) -> Written | None:
    try:
        return preview(file, template, {"reason": told})
    except UnusableMessage:
        return None


def _rows(file: Application, kind: str, parts: Mapping[str, str]) -> list[Part]:
    now = {f"field:{one.name}": told for one, (_, told) in zip(service_of(file).fields, answered(file), strict=True)}
    now |= {f"document:{slot.code}": slot.state for slot in slots_of(file)}
    documents = presets(kind, file.licence, "document")
    fields = [*presets(kind, file.licence, "field"), *presets(kind, file.licence, "place")]
    return [
        Part(
            name=name,
            title=part_title(file, name, page_language()),
            now=now.get(name, ""),
            presets=documents if name.startswith("document:") else fields,
            chosen=name in parts,
            reason=parts.get(name, ""),
        )
        for name in parts_of(file, kind)
    ]
