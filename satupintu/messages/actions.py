"""Every write to the outbox. A message is kept once, claimed by one worker at a time, and settled by its answer."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import Q, QuerySet

from satupintu.audit.actions import record
from satupintu.audit.fields import lookup
from satupintu.audit.rules import Actor
from satupintu.messages import gateways, queries, rules
from satupintu.messages.gateways import files
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
    person: str = "",
    expires_at: datetime | None = None,
    not_before: datetime | None = None,
    by: Actor,
    at: datetime,
) -> Message:
    """Keep a message for sending and return it; with a key that is known, return that message and keep nothing.

    ``key`` names the occasion by number (``sign-in:812``), never a person: it travels to the provider. ``to`` is an
    e-mail address or a phone number in E.164 form, ``person`` the reference of whom it is for, if the caller knows.
    It leaves after the surrounding transaction is committed, not before ``not_before`` and not after ``expires_at``.
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
            "person": person,
            "expires_at": expires_at,
            "template": template,
            "language": language,
            "subject": text.subject if channel == rules.EMAIL else "",
            "text": text.text,
            "next_try_at": max(at, not_before or at),
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
    due = Message.objects.filter(_in_time(at), state=rules.WAITING, next_try_at__lte=at).order_by("next_try_at", "pk")
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
    settled = settle(message=message, answer=answer, by=by, at=at)
    if settled.is_blank:  # the person was forgotten while it was being sent
        files.remove(message.key)
    return settled


@transaction.atomic
def settle(*, message: Message, answer: rules.Answer, by: Actor, at: datetime) -> Message:
    """Keep the answer to a claimed message. An answer to a claim that somebody else holds by now changes nothing."""
    now = Message.objects.select_for_update().get(pk=message.pk)
    state, next_try_at = rules.after(answer.meaning, now.tries, at)
    if now.claim != message.claim or state not in rules.DELIVERY_MOVES.get(now.state, ()):
        return now
    now.answer, now.provider_id = answer.words, answer.provider_id
    return _moved(now, state, next_try_at, by, at)


@transaction.atomic
def give_up_expired(*, by: Actor, at: datetime) -> int:
    """Stop the waiting messages whose time is over; returns how many."""
    over = Message.objects.select_for_update(skip_locked=True).filter(state=rules.WAITING, expires_at__lte=at)
    messages = list(over.order_by("pk"))
    for message in messages:
        message.answer = "Lewat waktunya, tidak dikirim"
        _moved(message, rules.GIVEN_UP, None, by, at)
    return len(messages)


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
    state = rules.decided(decision, message.state)
    if message.is_blank or (state == rules.WAITING and not queries.can_be_sent(message, at)):
        raise rules.UnusableMessage("Isi pesan ini sudah dihapus. Buat pesan baru.")
    message.state = state
    message.next_try_at = at if message.state == rules.WAITING else None
    message.sent_at = at if message.state == rules.SENT else None
    message.tries = 0 if message.state == rules.WAITING else message.tries
    message.claim = ""
    message.save(update_fields=["state", "next_try_at", "sent_at", "tries", "claim"])
    _keep_no_secret(message)
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
    count = _blank(old)
    record(action="messages.blanked", object="messages", values={"messages": count}, by=by, at=at)
    return count


@transaction.atomic
def forget_person(*, people: Collection[str], receivers: Collection[str], by: Actor, at: datetime) -> int:
    """Stop what still waits for somebody and erase receiver and text of all their messages; returns how many.

    ``people`` are the references of the person, ``receivers`` the lookups of their phone numbers and e-mail addresses:
    by those the messages are found that name nobody. A message that is being sent counts as stopped, for its text is
    gone (UU 27/2022 art. 42-44).
    """
    theirs = Q(person__in=people) | Q(person="", receiver_lookup__in=[lookup for lookup in receivers if lookup])
    return _forget(Message.objects.filter(theirs), by, at)


@transaction.atomic
def forget_messages(*, keys: Collection[str], by: Actor, at: datetime) -> int:
    """The same for the messages of some occasions, for which nobody may be written to any more; returns how many."""
    return _forget(Message.objects.filter(key__in=list(keys)), by, at)


def _forget(chosen: QuerySet[Message], by: Actor, at: datetime) -> int:
    messages = chosen.select_for_update().exclude(receiver_lookup="")
    open_ones = messages.filter(state__in=(rules.WAITING, rules.SENDING, rules.UNCERTAIN))
    for message in open_ones.order_by("pk"):
        message.claim = ""  # an answer that still comes changes nothing
        _moved(message, rules.GIVEN_UP, None, by, at)
    return _blank(messages)


@transaction.atomic
def reveal(*, message_id: int, why: str, by: Actor, at: datetime) -> Message:
    """The message with its text, witnessed with the reason for reading it, about the person if one is known.

    Raises UnusableMessage for a text that only its receiver may read.
    """
    message = Message.objects.get(pk=message_id)
    if message.is_secret:
        raise rules.UnusableMessage("Isi pesan ini rahasia penerimanya. Minta dia membuat kode baru.")
    _witness(message, "messages.revealed", by, at, why, message.person)
    return message


def _moved(message: Message, state: str, next_try_at: datetime | None, by: Actor, at: datetime) -> Message:
    """The message in its new state; every state but waiting is witnessed."""
    message.state, message.next_try_at = state, next_try_at
    message.sent_at = at if state == rules.SENT else None
    if state == rules.WAITING:
        message.claim = ""
    message.save(update_fields=["state", "next_try_at", "sent_at", "claim", "answer", "provider_id"])
    _keep_no_secret(message)
    if state != rules.WAITING:
        _witness(message, f"messages.{state}", by, at)
    return message


def _witness(message: Message, action: str, by: Actor, at: datetime, why: str = "", person: str = "") -> None:
    values = {"channel": message.channel, "template": message.template, "tries": message.tries}
    record(action=action, object=queries.reference(message), person=person, why=why, values=values, by=by, at=at)


def _in_time(at: datetime) -> Q:
    return Q(expires_at=None) | Q(expires_at__gt=at)


def _keep_no_secret(message: Message) -> None:
    """Erase a text that only the receiver may read, once it is not sent any more."""
    if message.is_secret and message.state not in (rules.WAITING, rules.SENDING):
        message.subject = message.text = ""
        message.save(update_fields=["subject", "text"])


def _blank(messages: QuerySet[Message]) -> int:
    """Erase receiver and text, and the files that the file gateway wrote; returns how many messages."""
    keys = list(messages.values_list("key", flat=True))
    transaction.on_commit(partial(_remove_files, keys), robust=True)
    return messages.update(receiver="", receiver_lookup="", subject="", text="")


def _remove_files(keys: Iterable[str]) -> None:
    for key in keys:
        files.remove(key)


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
