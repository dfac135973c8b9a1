"""Announcing events, taking sign-ups from the public, reminding of them, and erasing them."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import get_current_timezone, localdate
from django.utils.translation import gettext as _

from satupintu.accounts.gate import guarded, require_area
from satupintu.audit import actions as audit
from satupintu.audit.fields import lookup
from satupintu.audit.rules import Actor
from satupintu.messages.actions import enqueue, forget_messages
from satupintu.messages.models import Message
from satupintu.messages.rules import LONGEST_VALUE, UnusableMessage
from satupintu.outreach.actions.events import _checked, _one_line, _record
from satupintu.outreach.actions.people import add_cards, invite_person
from satupintu.outreach.models import Announcement, Event, Participant, SignUp
from satupintu.outreach.models.sign_up import CHANNELS, WAYS
from satupintu.outreach.queries.after import standing_person
from satupintu.outreach.queries.schedule import PURPOSE, consent_words, signed_up, times_of
from satupintu.registry.actions import give_consent
from satupintu.registry.models import Person
from satupintu.registry.queries.known import region_name
from satupintu.registry.queries.people import agrees
from satupintu.registry.rules.identity import BadPhone, read_phone
from satupintu.web.formats import clock_range, weekday_date

MORNING = time(8, 0)
KEPT = timedelta(days=30)
PLACE = "Halaman jadwal"
SIGNED_UP, REMINDER = TEMPLATES = ("event_signed_up", "event_reminder")


@guarded
@transaction.atomic
def announce_event(
    *, event: Event, way: str, how: str = "", capacity: int | None = None, by: Actor, at: datetime
) -> Announcement:
    """Show an event to the public, or change how one signs up. Raises ValidationError, NotAllowed."""
    require_area(by, event.region)
    if way not in dict(WAYS):
        raise ValidationError({"way": _("Pilih cara mendaftar.")})
    if way == "counter" and not how.strip():
        raise ValidationError({"how": _("Tulis di mana orang mendaftar.")})
    if event.day < localdate(at):
        raise ValidationError(_("Tanggal acara sudah lewat. Ubah tanggalnya dulu."))
    if event.state == "closed":
        raise ValidationError(_("Acara ini sudah ditutup. Umumkan acara lain."))
    known = Announcement.objects.select_for_update().filter(event=event).first()
    made = known or Announcement(event=event)
    made.way, made.how, made.capacity, made.withdrawn_at = way, _one_line(how), capacity, None
    made.made_by, made.made_at = by.ref, at
    _checked(made)
    made.save()
    _record("event_announced", event, {"way": way, "how": made.how, "capacity": capacity}, by=by, at=at)
    return made


@guarded
@transaction.atomic
def withdraw_announcement(*, event: Event, by: Actor, at: datetime) -> None:
    """Show an event to nobody outside any more; who signed up is not told by us."""
    require_area(by, event.region)
    if Announcement.objects.filter(event=event, withdrawn_at=None).update(withdrawn_at=at):
        _record("announcement_withdrawn", event, {}, by=by, at=at)


@guarded
@transaction.atomic
def sign_up(*, event: Event, phone: str, channel: str, language: str, link: str, by: Actor, at: datetime) -> None:
    """Keep a number that means to come, and confirm it by message. Raises ValidationError, NotAllowed.

    A number that is signed up already changes nothing and is told nothing else. ``link`` is the absolute address of
    the page to cancel, with ``{ref}`` where the reference goes.
    """
    standing = Announcement.objects.select_for_update(of=("self",)).select_related("event")
    announced = standing.filter(event=event, withdrawn_at=None, way="phone").first()
    if announced is None or announced.event.state != "planned" or announced.event.day < localdate(at):
        raise ValidationError(_("Pendaftaran acara ini sudah ditutup. Lihat jadwal lain."))
    if channel not in dict(CHANNELS):
        raise ValidationError({"agree": _("Pilih satu jawaban.")})
    try:
        number = read_phone(phone)
    except BadPhone as error:
        raise ValidationError({"phone": str(error)}) from error
    if announced.capacity is not None and signed_up(event) >= announced.capacity:
        raise ValidationError(_("Tempatnya sudah penuh. Lihat jadwal lain."))
    values = {"phone": number, "channel": channel, "language": language, "made_by": by.ref, "made_at": at}
    made, new = SignUp.objects.get_or_create(
        event=event,
        phone_lookup=lookup("phone", number),
        cancelled_at=None,
        defaults={**values, "consent": f"{PURPOSE}:{consent_words(localdate(at)).version}"},
    )
    if new:
        _record("signed_up", event, {"sign_up": made.pk, "consent": made.consent}, by=by, at=at)
        _tell(made, SIGNED_UP, link, at, by, at)


@guarded
@transaction.atomic
def cancel_sign_up(*, sign_up: SignUp, by: Actor, at: datetime) -> None:
    """Take a sign-up back and erase its number, here and in its messages; twice changes nothing."""
    known = SignUp.objects.select_for_update().select_related("event").get(pk=sign_up.pk)
    if known.cancelled_at is None:
        known.cancelled_at = at
        known.phone = known.phone_lookup = ""
        known.save(update_fields=["cancelled_at", "phone", "phone_lookup"])
        forget_messages(keys=_keys(known.pk), by=by, at=at)
        _record("sign_up_cancelled", known.event, {"sign_up": known.pk}, by=by, at=at)


@guarded
@transaction.atomic
def admit_sign_up(*, sign_up: SignUp, person: Person | None = None, by: Actor, at: datetime) -> Participant:
    """Put a sign-up on the list: as somebody of the registry, or as the next card without a name.

    Their consent is kept with the person from then on, and can be withdrawn there. Raises ValidationError for one that
    was cancelled, NotAllowed.
    """
    require_area(by, sign_up.event.region)
    known = SignUp.objects.select_for_update(of=("self",)).select_related("event", "participant").get(pk=sign_up.pk)
    if known.participant:
        return known.participant
    if known.cancelled_at:
        raise ValidationError(_("Pendaftaran ini sudah dibatalkan."))
    if person is None:
        made = add_cards(event=known.event, count=1, by=by, at=at)[0]
    else:
        made = invite_person(event=known.event, person=person, by=by, at=at)
        purpose, _colon, version = known.consent.partition(":")
        when = known.made_at
        give_consent(person=person, purpose=purpose, place=PLACE, version=version, said_at=when, by=by, at=at)
    known.participant = made
    known.save(update_fields=["participant"])
    _record("sign_up_admitted", known.event, {"sign_up": known.pk, "card": made.card}, by=by, at=at)
    return made


@guarded
@transaction.atomic
def remind_signed_up(*, link: str, by: Actor, at: datetime) -> int:
    """Write the reminders of tomorrow's announced events, to leave at eight; returns how many are new.

    ``link`` as for `sign_up`; without one nobody is reminded, for they could not cancel.
    """
    tomorrow = localdate(at) + timedelta(days=1)
    told = 0
    coming = SignUp.objects.filter(cancelled_at=None, event__day=tomorrow, event__state="planned")
    coming = coming.filter(event__announcement__withdrawn_at=None, event__announcement__isnull=False)
    coming = coming.exclude(phone_lookup="").select_related("event", "participant__person__merged_into")
    for one in coming if link else ():
        if not _still_agrees(one):
            continue
        eight = datetime.combine(localdate(at), MORNING, get_current_timezone())
        told += _tell(one, REMINDER, link, max(at, eight), by, at)
    audit.record(action="outreach.signed_up_reminded", object="events", values={"messages": told}, by=by, at=at)
    return told


@guarded
@transaction.atomic
def erase_sign_ups(*, by: Actor, at: datetime) -> int:
    """Erase the numbers of events 30 days ago, and of people who were forgotten; returns how many."""
    old = Q(event__day__lt=localdate(at) - KEPT) | Q(participant__person__forgotten_at__isnull=False)
    kept = list(SignUp.objects.filter(old).exclude(phone_lookup="").values_list("pk", flat=True))
    count = SignUp.objects.filter(pk__in=kept).update(phone="", phone_lookup="")
    forget_messages(keys=[key for pk in kept for key in _keys(pk)], by=by, at=at)
    audit.record(action="outreach.sign_ups_erased", object="events", values={"sign_ups": count}, by=by, at=at)
    return count


def _still_agrees(one: SignUp) -> bool:
    """Whether nobody withdrew the consent since: a number without a person cannot, they cancel."""
    person = standing_person(one.participant.person) if one.participant else None
    return person is None or agrees(person, PURPOSE)


def _tell(one: SignUp, template: str, link: str, not_before: datetime, by: Actor, at: datetime) -> bool:
    """Whether a message was made now. Its key is the sign-up's number, so each is made once."""
    event, (begins, ends) = one.event, times_of([one.event])[one.event.pk]
    english = one.language == "en"
    place = event.place or region_name(event.region)
    hours = clock_range(begins, ends, one.language) if begins and ends else ""
    values = {
        "event": _short(event.title),
        "day": weekday_date(event.day, one.language),
        "time": hours or ("ask at the desk" if english else "jamnya tanyakan di loket"),
        "place": _short(place),
        "link": link.replace("{ref}", str(one.ref)),
    }
    end = datetime.combine(event.day, ends or time(23, 59), get_current_timezone())
    try:
        message: Message = enqueue(
            key=_key(template, one.pk),
            channel=one.channel,
            to=one.phone,
            template=template,
            language=one.language,
            values=values,
            expires_at=end,
            not_before=not_before,
            by=by,
            at=at,
        )
    except UnusableMessage:
        return False  # a number that no gateway takes: they may still come
    return message.created_at == at


def _keys(sign_up: int) -> list[str]:
    return [_key(template, sign_up) for template in TEMPLATES]


def _key(template: str, sign_up: int) -> str:
    return f"{template.replace('_', '-')}:{sign_up}"


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE else f"{text[: LONGEST_VALUE - 1]}…"
