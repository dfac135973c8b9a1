"""Who may do what, who sees whom, and what makes usable names, cards and PINs. Pure."""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

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
# These decide, export or see whole areas: they may not enter before a second factor is on.
SECOND_FACTOR_ROLES = ("verifier", "signing_official", "leadership", "administrator")
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

DEMO_ACCOUNTS = {f"pedagang-{n:02}": f"Pedagang {n:02}" for n in range(1, 4)}
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
        return role is not None and (SIGNED_IN in self.roles or role in self.roles)


def may(table: Mapping[tuple[str, str], Permission], kind: str, name: str, role: str | None) -> bool:
    """Whether a role may use a page or an action; what has no row is for nobody."""
    row = table.get((kind, name))
    return row is not None and row.allows(role)


def sees_region(area: str | None, region: str) -> bool:
    """Whether an area covers a region: the city covers all, a kecamatan its kelurahan, None covers nothing."""
    return area is not None and (area == "" or region == area or region.startswith(f"{area}."))


def needs_second_factor(role: str) -> bool:
    """Whether this role may enter pages only after a second factor was given."""
    return role in SECOND_FACTOR_ROLES


def new_card_code(taken: Collection[str]) -> str:
    """A card code nobody has yet, as stored (no dash): six random signs and a check sign."""
    while True:
        body = "".join(secrets.choice(CARD_SIGNS) for _ in range(CARD_LENGTH - 1))
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


def new_pin() -> str:
    """A random PIN that is not easy to guess."""
    while True:
        pin = "".join(secrets.choice("0123456789") for _ in range(PIN_LENGTH))
        if pin_problem(pin) is None:
            return pin


def new_sign_in_code() -> str:
    """A random one-time code."""
    return "".join(secrets.choice("0123456789") for _ in range(CODE_LENGTH))


def is_locked(locked_until: datetime | None, at: datetime) -> bool:
    """Whether too many wrong tries still keep this out."""
    return locked_until is not None and at < locked_until
