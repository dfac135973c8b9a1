"""Every write to the outbox. A message is kept once, claimed by one worker at a time, and settled by its answer."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from satupintu.audit.actions import record
from satupintu.audit.fields import lookup
from satupintu.audit.rules import Actor
from satupintu.messages import gateways, queries, rules
from satupintu.messages.models import Message


@transaction.atomic
def enqueue(
    *,
    key: str,
    channel: str,
    to: str,
    template: str,
    language: str,
    values: Mapping[str, str],
    by: Actor,
    at: datetime,
) -> Message:
    """Keep a message for sending and return it; with a key that is known, return that message and keep nothing.

    ``key`` names the occasion by number (``sign-in:812``), never a person: it travels to the provider. ``to`` is an
    e-mail address or a phone number in E.164 form. It leaves after the surrounding transaction is committed.
    Raises UnusableMessage with an Indonesian sentence.
    """
    known = Message.objects.filter(key=rules.checked_key(key)).first()
    if known is not None:
        return known
    to = rules.checked_receiver(channel, to)
    text = rules.written(queries.template(template), language, values)
    message, made = Message.objects.get_or_create(
        key=key,
        defaults={
            "channel": channel,
            "receiver": to,
            "receiver_lookup": lookup("email" if channel == rules.EMAIL else "phone", to),
            "template": template,
            "language": language,
            "subject": text.subject if channel == rules.EMAIL else "",
            "text": text.text,
            "next_try_at": at,
            "created_by": by.ref,
            "created_at": at,
        },
    )
    if made:
        transaction.on_commit(_wake, robust=True)
    return message


@transaction.atomic(durable=True)
def take_due(*, by: Actor, at: datetime) -> Message | None:
    """Claim the message that has waited longest, or None if nothing is due.

    A transaction of its own: when it returns, no other worker can take the message, whatever happens to this one.
    """
    due = Message.objects.filter(state=rules.WAITING, next_try_at__lte=at).order_by("next_try_at", "pk")
    message = due.select_for_update(skip_locked=True).first()
    if message is None:
        return None
    message.state = rules.SENDING
    message.tries += 1
    message.next_try_at = at + rules.SENDING_AT_MOST
    message.claim = secrets.token_hex(16)
    message.gateway = gateways.name_for(message.channel)
    message.save(update_fields=["state", "tries", "next_try_at", "claim", "gateway"])
    return message


def deliver_one(*, by: Actor, at: datetime) -> Message | None:
    """Claim a due message, send it, keep what came of it; None if nothing is due. Not inside a transaction."""
    message = take_due(by=by, at=at)
    if message is None:
        return None
    answer = gateways.GATEWAYS[message.gateway].send(_parcel(message), at)
    return settle(message=message, answer=answer, by=by, at=at)


@transaction.atomic
def settle(*, message: Message, answer: rules.Answer, by: Actor, at: datetime) -> Message:
    """Keep the answer to a claimed message. An answer to a claim that somebody else holds by now changes nothing."""
    now = Message.objects.select_for_update().get(pk=message.pk)
    state, next_try_at = rules.after(answer.meaning, now.tries, at)
    if now.claim != message.claim or state not in rules.DELIVERY_MOVES.get(now.state, ()):
        return now
    now.answer, now.provider_id = answer.words, answer.provider_id
    return _moved(now, state, next_try_at, by, at)


def recover(*, by: Actor, at: datetime) -> int:
    """Free the messages whose worker was lost while sending; returns how many.

    What the gateway sends once per key waits for its next try. An e-mail may have left: it becomes uncertain.
    """
    count = 0
    while _recover_one(by, at):
        count += 1
    return count


@transaction.atomic
def _recover_one(by: Actor, at: datetime) -> bool:
    lost = Message.objects.filter(state=rules.SENDING, next_try_at__lte=at).order_by("next_try_at", "pk")
    message = lost.select_for_update(skip_locked=True).first()
    if message is None:
        return False
    safe = gateways.GATEWAYS[message.gateway].SAME_KEY_IS_SENT_ONCE
    state, next_try_at = rules.after_a_crash(safe, message.tries, at)
    message.answer = "Terputus saat mengirim"
    _moved(message, state, next_try_at, by, at)
    return True


@transaction.atomic
def decide(*, message_id: int, decision: str, by: Actor, at: datetime) -> Message:
    """Carry out a person's decision: retry (with six new tries), give_up or mark_sent.

    Raises UnusableMessage when the message is in a state where this is not theirs to decide.
    """
    message = Message.objects.select_for_update().get(pk=message_id)
    if message.is_blank:
        raise rules.UnusableMessage("Isi pesan ini sudah dihapus. Buat pesan baru.")
    message.state = rules.decided(decision, message.state)
    message.next_try_at = at if message.state == rules.WAITING else None
    message.sent_at = at if message.state == rules.SENT else None
    message.tries = 0 if message.state == rules.WAITING else message.tries
    message.claim = ""
    message.save(update_fields=["state", "next_try_at", "sent_at", "tries", "claim"])
    _witness(message, f"messages.{decision}", by, at)
    if message.state == rules.WAITING:
        transaction.on_commit(_wake, robust=True)
    return message


@transaction.atomic
def blank_old(*, ended_before: datetime, by: Actor, at: datetime) -> int:
    """Erase receiver and text of messages that ended before a moment; returns how many.

    Sent ones count from their sending, refused and stopped ones from their making; what still waits for an answer or
    for somebody to decide is left. Key, template, outcome and times stay, so that nothing is ever sent twice.
    """
    sent = Q(state=rules.SENT, sent_at__lt=ended_before)
    not_sent = Q(state__in=(rules.FAILED, rules.GIVEN_UP), created_at__lt=ended_before)
    old = Message.objects.filter(sent | not_sent).exclude(receiver_lookup="")
    count = old.update(receiver="", receiver_lookup="", subject="", text="")
    record(action="messages.blanked", object="messages", values={"messages": count}, by=by, at=at)
    return count


@transaction.atomic
def reveal(*, message_id: int, why: str, by: Actor, at: datetime) -> Message:
    """The message with its text, witnessed with the reason for reading it."""
    message = Message.objects.get(pk=message_id)
    _witness(message, "messages.revealed", by, at, why)
    return message


def _moved(message: Message, state: str, next_try_at: datetime | None, by: Actor, at: datetime) -> Message:
    """The message in its new state; every state but waiting is witnessed."""
    message.state, message.next_try_at = state, next_try_at
    message.sent_at = at if state == rules.SENT else None
    if state == rules.WAITING:
        message.claim = ""
    message.save(update_fields=["state", "next_try_at", "sent_at", "claim", "answer", "provider_id"])
    if state != rules.WAITING:
        _witness(message, f"messages.{state}", by, at)
    return message


def _witness(message: Message, action: str, by: Actor, at: datetime, why: str = "") -> None:
    values = {"channel": message.channel, "template": message.template, "tries": message.tries}
    record(action=action, object=queries.reference(message), why=why, values=values, by=by, at=at)


def _parcel(message: Message) -> rules.Parcel:
    return rules.Parcel(
        message.key,
        message.channel,
        message.receiver,
        message.template,
        message.language,
        message.subject,
        message.text,
    )


def _wake() -> None:
    """Ask the worker to deliver now, unless it is asked already."""
    from satupintu.messages.delivery import deliver, is_asked  # imported late: the task itself calls these actions

    if not is_asked():
        deliver.enqueue()
