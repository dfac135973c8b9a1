"""Who may do what, who sees whom, and what makes usable names, cards and PINs. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import phonenumbers

from satupintu.audit.rules import CITY, Actor

ROLES = (
    "vendor",
    "facilitator",
    "front_office",
    "verifier",
    "signing_official",
    "partner",
    "leadership",
    "administrator",
)
STAFF_ROLES = ROLES[1:]
OFFICE_KINDS = ("dpmptsp", "kecamatan", "kelurahan", "dinas", "pegadaian", "university")

# No 0 O 1 I L U: nobody mistakes one for another when reading a card aloud.
CARD_SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
CARD_LENGTH = 7
PIN_LENGTH = 6
CODE_LENGTH = 6
MOST_WRONG = 5
LOCKED_FOR = timedelta(minutes=15)
CODE_LASTS = timedelta(minutes=10)
CODE_AGAIN_AFTER = timedelta(seconds=60)
PUBLIC, SIGNED_IN, SYSTEM_ONLY = "public", "signed_in", "system"
Choose = Callable[[str], str]  # picks one sign of a text by chance; actions hand in the machine's own

# More codes than this in an hour are not sent to one number, so that five tries each stay far from a guess.
MOST_CODES_AN_HOUR = 5
VENDOR_STAYS = timedelta(days=30)

# Pages somebody may still reach whose second factor, or first password of their own, is missing.
BEFORE_SECOND_FACTOR = frozenset(
    {
        "account_logout",
        "account_reauthenticate",
        "api-1:ping",  # these two look at no session: a phone that captures has a token of its own
        "api-1:sync-records",
        "healthz",
        "metrics",
        "mfa_activate_totp",
        "mfa_reauthenticate",
        "readyz",
        "web:language",
        "web:manifest",
        "web:offline",
        "web:service-worker",
    }
)
BEFORE_OWN_PASSWORD = BEFORE_SECOND_FACTOR | {
    "account_change_password",
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
}

# Who acts before anybody has signed in.
VISITOR = Actor("visitor", CITY, "visitor", "Pengunjung")

DEMO_VENDORS = {f"pedagang-{n:02}": f"Pedagang {n:02}" for n in range(1, 4)}
_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,149}")


def username_problem(username: str) -> str | None:
    """What is wrong with `username` in one Indonesian sentence, or None when it is fine.

    3 to 150 lower-case letters, digits, dots, dashes: the same on a paper card, a phone and in a URL.
    """
    if _USERNAME.fullmatch(username):
        return None
    return "Nama akun berisi 3 sampai 150 huruf kecil, angka, titik, atau tanda hubung. Periksa lalu isi lagi."


@dataclass(frozen=True, slots=True)
class Permission:
    """One row of the table of roles: a page (URL name) or an action, and who may use it."""

    kind: str
    name: str
    roles: frozenset[str]

    def allows(self, role: str | None) -> bool:
        """Whether somebody with this role may; None is a visitor who has not signed in."""
        if PUBLIC in self.roles or role == SYSTEM_ONLY:
            return True
        return role in self.roles or (SIGNED_IN in self.roles and role in ROLES)


def may(table: Mapping[tuple[str, str], Permission], kind: str, name: str, role: str | None) -> bool:
    """Whether a role may use a page or an action; what has no row is for nobody."""
    row = table.get((kind, name))
    return row is not None and row.allows(role)


def sees_region(area: str | None, region: str) -> bool:
    """Whether an area covers a region: the city covers all, a kecamatan its kelurahan, None covers nothing."""
    return area is not None and (area == "" or region == area or region.startswith(f"{area}."))


def needs_second_factor(role: str) -> bool:
    """Whether this role may enter pages only after a second factor was given: all of staff, who read about others."""
    return role in STAFF_ROLES


def new_card_code(taken: Collection[str], choose: Choose) -> str:
    """A card code nobody has yet, as stored (no dash): six random signs and a check sign."""
    while True:
        body = "".join(choose(CARD_SIGNS) for _ in range(CARD_LENGTH - 1))
        code = body + check_sign(body)
        if code not in taken:
            return code


def check_sign(body: str) -> str:
    """The last sign of a card code: a weighted sum, so that one wrong or two swapped neighbours are noticed."""
    total = sum(weight * CARD_SIGNS.index(sign) for weight, sign in enumerate(body, start=2))
    return CARD_SIGNS[total % len(CARD_SIGNS)]


def read_card_code(typed: str) -> str | None:
    """A typed card code as stored, or None if it cannot be one. Spaces, dashes and small letters are fine."""
    code = re.sub(r"[\s-]", "", typed).upper()
    if len(code) != CARD_LENGTH or any(sign not in CARD_SIGNS for sign in code):
        return None
    return code if check_sign(code[:-1]) == code[-1] else None


def shown_card_code(code: str) -> str:
    """A stored card code as printed: ``7K2-94QX``."""
    return f"{code[:3]}-{code[3:]}"


def pin_problem(pin: str) -> str | None:
    """What is wrong with a PIN in one Indonesian sentence, or None."""
    if not (pin.isascii() and pin.isdigit() and len(pin) == PIN_LENGTH):
        return f"PIN harus {PIN_LENGTH} angka. Isi lagi."
    if len(set(pin)) == 1 or pin in "0123456789" or pin in "9876543210":
        return "PIN ini mudah ditebak. Pilih angka yang lain."
    return None


def new_pin(choose: Choose) -> str:
    """A random PIN that is not easy to guess."""
    while True:
        pin = "".join(choose("0123456789") for _ in range(PIN_LENGTH))
        if pin_problem(pin) is None:
            return pin


def new_password(choose: Choose) -> str:
    """A random password for a first sign-in, easy to read aloud: three groups of four signs."""
    return "-".join("".join(choose(CARD_SIGNS) for _ in range(4)) for _ in range(3))


def new_sign_in_code(choose: Choose) -> str:
    """A random one-time code."""
    return "".join(choose("0123456789") for _ in range(CODE_LENGTH))


def is_locked(locked_until: datetime | None, at: datetime) -> bool:
    """Whether too many wrong tries still keep this out."""
    return locked_until is not None and at < locked_until


def minutes(wait: timedelta) -> int:
    """Whole minutes to wait, as told to somebody: rounded up, at least one."""
    return max(1, -(-wait // timedelta(minutes=1)))


def wait_for_code(made: Sequence[datetime], at: datetime) -> timedelta:
    """How long until a number may be sent another code, given when its last ones were made, newest first.

    Zero: now. A minute after the last at the earliest, and at most five in an hour.
    """
    until = [made[0] + CODE_AGAIN_AFTER] if made else []
    if len(made) >= MOST_CODES_AN_HOUR:
        until.append(made[MOST_CODES_AN_HOUR - 1] + timedelta(hours=1))
    return max([moment - at for moment in until if moment > at], default=timedelta())


def read_digits(typed: str) -> str:
    """The digits of a code or PIN as somebody typed or pasted it: spaces, dots and dashes do not count."""
    return re.sub(r"[\s.\u00a0-]", "", typed)


def read_phone(typed: str) -> str | None:
    """A typed phone number in E.164 form (+62812...), or None if it cannot receive a message.

    Indonesian spellings are fine: 0812-3456-7890, +62 812 3456 7890, 62812.... Landlines are refused.
    """
    text = re.sub(r"^\s*62", "+62", typed)
    try:
        number = phonenumbers.parse(text, "ID")
    except phonenumbers.NumberParseException:
        return None
    kinds = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE)
    if not phonenumbers.is_valid_number(number) or phonenumbers.number_type(number) not in kinds:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def shown_phone(phone: str) -> str:
    """A stored phone number with all but its last four digits hidden."""
    return f"••••{phone[-4:]}" if phone else ""


def code_is_open(made_at: datetime, used_at: datetime | None, wrong: int, at: datetime) -> bool:
    """Whether a one-time code may still be tried: unused, not too old, not tried too often."""
    return used_at is None and wrong < MOST_WRONG and at < made_at + CODE_LASTS


class NotSignedIn(Exception):
    """A sign-in that did not come about; its text is the reason: ``wrong``, ``locked`` or ``closed``.

    ``left`` is how many tries there still are, ``wait`` how long it stays locked.
    """

    def __init__(self, reason: str, *, left: int = 0, wait: timedelta = timedelta()) -> None:
        super().__init__(reason)
        self.left, self.wait = left, wait
