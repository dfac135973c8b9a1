"""The seven characters under a QR, for whoever types: six that name a certificate and one that checks them.

23 characters, a prime: none looks like another (no 0 O, 1 I L, and of 2 Z, 5 S, 8 B only the digit), and without
vowels no word appears. The sum of each character's number times its place (1 to 7) is a multiple of 23. A wrong
character changes it by place x difference, two neighbours swapped by their difference: never by a multiple of 23.
"""

from __future__ import annotations

ALPHABET = "23456789CDFGHJKMNPRTWXY"
LENGTH = 7
CODES = len(ALPHABET) ** (LENGTH - 1)  # 148,035,889
READ_AS = str.maketrans({"Z": "2", "S": "5", "B": "8", " ": None, "-": None, ".": None})


def typed_code(number: int) -> str:
    """The code of a certificate's number from 0 to ``CODES`` - 1. Draw it by chance, so that no code leads to the next.

    >>> typed_code(0), typed_code(1)
    ('2222222', '222223D')
    """
    if not 0 <= number < CODES:
        raise ValueError(f"a typed code holds a number from 0 to {CODES - 1}")
    digits = [number // len(ALPHABET) ** power % len(ALPHABET) for power in reversed(range(LENGTH - 1))]
    # The last place weighs 7, and 10 x 7 = 70 = 1 (mod 23).
    check = -_weighed(digits) * 10 % len(ALPHABET)
    return "".join(ALPHABET[digit] for digit in (*digits, check))


def number_of(typed: str) -> int | None:
    """The number behind a code as a person types it (small letters, spaces, dashes), None for a mistyped one."""
    code = typed.upper().translate(READ_AS)
    if len(code) != LENGTH or not {*code} <= {*ALPHABET}:
        return None
    digits = [ALPHABET.index(character) for character in code]
    if _weighed(digits) % len(ALPHABET):
        return None
    number = 0
    for digit in digits[:-1]:
        number = number * len(ALPHABET) + digit
    return number


def is_code(text: str) -> bool:
    """Whether ``text`` is a code written exactly as we write it."""
    number = number_of(text)
    return number is not None and typed_code(number) == text


def _weighed(digits: list[int]) -> int:
    return sum(place * digit for place, digit in enumerate(digits, start=1))
