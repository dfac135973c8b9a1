"""Numbers of files, drawn by chance, and names as cards show them. Pure: chance is handed in."""

from __future__ import annotations

from collections.abc import Callable

from satupintu.accounts.rules import CARD_SIGNS, check_sign

Choose = Callable[[str], str]
BODY = 7


def new_number(choose: Choose) -> str:
    """A file number such as ``SP-7K29-4QXB``: seven signs by chance, so nobody counts up, and a check sign."""
    body = "".join(choose(CARD_SIGNS) for _ in range(BODY))
    return shown(body + check_sign(body))


def shown(signs: str) -> str:
    """The eight signs as printed."""
    return f"SP-{signs[:4]}-{signs[4:]}"


def read_number(typed: str) -> str | None:
    """A typed file number in its printed form, or None if it cannot be one. Spaces, dashes, small letters are fine."""
    signs = "".join(sign for sign in typed.upper() if sign.isalnum())
    signs = signs.removeprefix("SP") if len(signs) == BODY + 3 else signs
    if len(signs) != BODY + 1 or any(sign not in CARD_SIGNS for sign in signs):
        return None
    return shown(signs) if check_sign(signs[:-1]) == signs[-1] else None


def masked_name(name: str) -> str:
    """A holder's name on a card: the first word whole, of the others the first letter.

    >>> masked_name("Siti Aminah Putri")
    'SITI A. P.'
    """
    first, *rest = name.split() or [""]
    return " ".join([first, *(f"{word[0]}." for word in rest)]).upper()


def masked_number(number: str) -> str:
    """A number of a paper on a card: two signs at each end, the rest hidden.

    >>> masked_number("9120304050627")
    '91•••••••••27'
    """
    return number[:2] + "\N{BULLET}" * max(0, len(number) - 4) + number[-2:] if len(number) > 4 else ""
