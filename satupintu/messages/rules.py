"""What a message may say, how it moves, when it is tried again, and what an answer means. Pure."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from pydantic import BaseModel, ConfigDict

EMAIL, WHATSAPP, SMS = CHANNELS = ("email", "whatsapp", "sms")
LANGUAGES = ("id", "en")
WAITING, SENDING, SENT, FAILED, GIVEN_UP, UNCERTAIN = STATES = (
    "waiting",
    "sending",
    "sent",
    "failed",
    "given_up",
    "uncertain",
)

BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240))
MOST_TRIES = len(BACK_OFF) + 1
# Longer than any gateway waits: what is still being sent after this was left by a worker that died.
SENDING_AT_MOST = timedelta(minutes=5)

# What an answer of a gateway means. "unknown" is only for a gateway that cannot recognise a second sending.
ACCEPTED, REFUSED, LATER, UNKNOWN = "accepted", "refused", "later", "unknown"

RETRY, GIVE_UP, MARK_SENT = "retry", "give_up", "mark_sent"
DELIVERY_MOVES = {
    WAITING: {SENDING},
    SENDING: {SENT, WAITING, FAILED, GIVEN_UP, UNCERTAIN},
    UNCERTAIN: {SENT},  # the answer came after all
}
DECISIONS = {
    RETRY: {FAILED: WAITING, GIVEN_UP: WAITING, UNCERTAIN: WAITING},
    GIVE_UP: {WAITING: GIVEN_UP, UNCERTAIN: GIVEN_UP},
    MARK_SENT: {UNCERTAIN: SENT},
}

# Whoever reads the text of these can act as the receiver: it is shown to nobody and goes once the message is settled.
SECRET = frozenset({"sign_in_code"})

LONGEST_VALUE = 200
LONGEST_SUBJECT = 78  # what a mail program shows whole (RFC 5322 2.1.1)
LONGEST_TEXT = 1000  # one screen of a small phone, and some parts of an SMS
LONGEST_ANSWER = 200
_KEY = re.compile(r"[a-z0-9][a-z0-9:._-]{2,119}")
_PHONE = re.compile(r"\+[1-9][0-9]{7,14}")
_EMAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;]+")
_PLACEHOLDER = re.compile(r"\{([a-z][a-z_]*)\}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]")
_ADDRESS_LIKE = re.compile(r"[^\s@<>]+@[^\s@<>]+|\+?\d(?:[ .-]?\d){7,}")


class UnusableMessage(ValueError):
    """A message that may not be kept or moved this way; the text is one Indonesian sentence."""


class Template(BaseModel):
    """A file of ``data/messages``: one message in two languages, and what each placeholder stands for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    about: str
    about_en: str
    subject: str
    subject_en: str
    text: str
    text_en: str
    placeholders: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class Written:
    """A message as it will be read."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Parcel:
    """What a gateway gets: all it needs to send, and nothing more. ``key`` is the same on every try."""

    key: str
    channel: str
    to: str
    template: str
    language: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a gateway said: its meaning, the provider's own number for the message, and short words."""

    meaning: str
    words: str
    provider_id: str = ""


def template_problems(template: Template, ours: Template | None = None) -> list[tuple[str, str, str]]:
    """What is wrong with a template: field, what, and what was expected, in Indonesian. Empty when it may be used.

    ``ours`` is the template of the house that this one takes the place of: the house fills its places, and no other.
    """
    parts = {name: getattr(template, name) for name in ("subject", "subject_en", "text", "text_en")}
    explained = {*template.placeholders}
    problems = [problem for name, text in parts.items() for problem in _part_problems(name, text, explained)]
    for first, second in (("subject", "subject_en"), ("text", "text_en")):
        if placeholders(parts[first]) != placeholders(parts[second]):
            problems.append((second, f"tempat isi berbeda dari {first}", _listed(placeholders(parts[first]))))
    unused = explained - set().union(*(placeholders(text) for text in parts.values()))
    problems += [("placeholders", f"{name} tidak dipakai", "dipakai di teks, atau dihapus") for name in sorted(unused)]
    if ours and explained != {*ours.placeholders}:
        problems.append(("placeholders", f"tempat isinya {_listed(explained)}", _listed({*ours.placeholders})))
    return problems


def _part_problems(name: str, text: str, explained: set[str]) -> Iterator[tuple[str, str, str]]:
    rest = _PLACEHOLDER.sub("", text)
    if "{" in rest or "}" in rest:
        wrong = "kurung kurawal tidak berpasangan atau nama tempat isi salah"
        yield name, wrong, "huruf kecil di antara kurung kurawal, misalnya {code}"
    for used in sorted(placeholders(text) - explained):
        yield name, f"tempat isi {{{used}}} tidak dijelaskan", f"{used} di bawah placeholders"
    if name.startswith("subject") and _CONTROL.search(text):
        yield name, "lebih dari satu baris", "satu baris"
    most = LONGEST_SUBJECT if name.startswith("subject") else LONGEST_TEXT
    if len(text) > most:
        yield name, f"{len(text)} huruf, terlalu panjang", f"paling banyak {most} huruf"


def _listed(names: set[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names)) or "tanpa tempat isi"


def placeholders(text: str) -> set[str]:
    """The names in braces: ``{code}`` gives ``code``."""
    return {*_PLACEHOLDER.findall(text)}


def written(template: Template, language: str, values: Mapping[str, str]) -> Written:
    """The template in a language (id or en) with every placeholder filled once; braces in values stay as they are.

    Raises UnusableMessage for another language, a value that is missing, unknown, empty, of more than 200 letters
    or of more than one line.
    """
    if language not in LANGUAGES:
        raise UnusableMessage(f"Bahasa {language} tidak dikenal. Pilih id atau en.")
    wanted = {*template.placeholders}
    if missing := sorted(wanted - {*values}):
        raise UnusableMessage(f"Isi pesan kurang: {', '.join(missing)}.")
    if unknown := sorted({*values} - wanted):
        raise UnusableMessage(f"Isi pesan tidak dikenal: {', '.join(unknown)}.")
    for name, value in values.items():
        if not value.strip() or len(value) > LONGEST_VALUE or _CONTROL.search(value):
            raise UnusableMessage(f"Isi {name} harus satu baris, 1 sampai {LONGEST_VALUE} huruf.")
    english = language == "en"
    subject = template.subject_en if english else template.subject
    text = template.text_en if english else template.text
    return Written(_filled(subject, values), _filled(text, values).strip())


def _filled(text: str, values: Mapping[str, str]) -> str:
    return _PLACEHOLDER.sub(lambda found: values[found[1]].strip(), text)


def checked_key(key: str) -> str:
    """An idempotency key as given: 3 to 120 small letters, digits, ``: . _ -``. It leaves the house in a header,
    so it names things by number and never a person. Raises UnusableMessage."""
    if not _KEY.fullmatch(key):
        raise UnusableMessage("Kunci pesan berisi 3 sampai 120 huruf kecil, angka, atau tanda : . _ -")
    return key


def checked_receiver(channel: str, to: str) -> str:
    """A receiver that the channel can reach: E.164 (+62812...) or an e-mail address. Raises UnusableMessage."""
    if channel not in CHANNELS:
        raise UnusableMessage(f"Saluran {channel} tidak dikenal. Pilih {', '.join(CHANNELS)}.")
    if channel == EMAIL and not (_EMAIL.fullmatch(to) and to.isascii() and len(to) <= 254):
        raise UnusableMessage("Alamat e-mail tidak lengkap. Contoh: nama@contoh.id")
    if channel != EMAIL and not _PHONE.fullmatch(to):
        raise UnusableMessage("Nomor HP harus seperti +6281234567890.")
    return to


def masked(channel: str, to: str) -> str:
    """A receiver as an administrator sees it: the last 3 digits, or the first letter and the domain."""
    if not to:
        return ""
    if channel == EMAIL:
        name, _, domain = to.partition("@")
        return f"{name[:1]}•••@{domain}"
    return f"{to[:3]}\u00a0•••\u00a0{to[-3:]}"


def decisions_in(state: str, can_be_sent: bool = True) -> list[str]:
    """What a person may decide about a message in this state; one whose text or time is gone is not sent again."""
    return [decision for decision, moves in DECISIONS.items() if state in moves and (can_be_sent or decision != RETRY)]


def decided(decision: str, state: str) -> str:
    """The state after a person's decision. Raises UnusableMessage when it is not theirs to decide (any more)."""
    if state not in DECISIONS[decision]:
        raise UnusableMessage("Pesan ini sudah berubah. Periksa keadaannya, lalu putuskan lagi.")
    return DECISIONS[decision][state]


def after(meaning: str, tries: int, at: datetime) -> tuple[str, datetime | None]:
    """The state after an answer to try number ``tries`` (from 1), and when to try again.

    1, 5, 15, 60 and 240 minutes after the first five tries; after the sixth nobody tries again by himself.
    """
    if meaning != LATER:
        return {ACCEPTED: SENT, REFUSED: FAILED, UNKNOWN: UNCERTAIN}[meaning], None
    return (WAITING, at + BACK_OFF[tries - 1]) if tries < MOST_TRIES else (GIVEN_UP, None)


def after_a_crash(same_key_is_sent_once: bool, tries: int, at: datetime) -> tuple[str, datetime | None]:
    """The state of a message whose worker died while sending it.

    A gateway that knows the key may be asked again; where a second sending would arrive twice, a person decides.
    """
    return after(LATER if same_key_is_sent_once else UNKNOWN, tries, at)


def http_meaning(status: int) -> str:
    """What an HTTP status means: 2xx accepted; 409 accepted before under this key; 408, 425 and 429 ask for patience;
    other 4xx are final; everything else may pass."""
    if 200 <= status < 300 or status == 409:
        return ACCEPTED
    if 400 <= status < 500 and status not in (408, 425, 429):
        return REFUSED
    return LATER


def smtp_meaning(code: int) -> str:
    """What an SMTP reply of refusal means (RFC 5321 4.2.1): 5yz is final, 4yz may pass."""
    return REFUSED if code >= 500 else LATER


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """HMAC-SHA256 (RFC 2104) over ``timestamp.body`` in hex: proves who asks, when, and that nothing was changed."""
    return hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def short_words(text: str) -> str:
    """A provider's words fit to be kept: one line, without addresses and phone numbers, at most 200 letters."""
    return _ADDRESS_LIKE.sub("•••", " ".join(_CONTROL.sub(" ", text).split()))[:LONGEST_ANSWER]
