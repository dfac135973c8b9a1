"""How words are written: plain small letters, one key for writings that sound alike, and stems."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

LONGEST_QUERY = 200  # letters that are read; a vendor's sentence is shorter
MOST_WORDS = 24
LONGEST_WORD = 24
SHORTEST_STEM = 3

_TOKEN = re.compile(r"[a-z0-9]+|[,;&+/]")
_TWICE = re.compile(r"([a-z]{2,})2(an|nan|nya)?")
_AMOUNT = re.compile(r"([0-9]+)([a-z]+)")
_LETTER_DIGITS = str.maketrans("013457", "oieast", "2689")
_SOUNDS = [
    (re.compile(pattern), into)
    for pattern, into in (
        (r"dj|dz", "j"),
        (r"tj", "c"),
        (r"oe", "u"),
        (r"[qk]h?|ck", "k"),
        (r"x", "ks"),
        (r"sh", "s"),
        (r"([cgtdb])h(?=.)", r"\1"),
        (r"ph|[vf]", "p"),
        (r"y", "i"),
        (r"au", "o"),
        (r"(.)\1+", r"\1"),
        (r"ie", "i"),
        (r"a[ie]$", "e"),
        (r"([aiueo])h(?=[aiueo])", r"\1"),
        (r"(..)h$", r"\1"),
        (r"([bcdgjkpst])e(?=[lr][aiueo])", r"\1"),
        (r"o(?=[bcdgjklmnprst]$)", "u"),
        (r"([^aiueo])e([bcdgjklmnprst])$", r"\1a\2"),
    )
]
_PREFIXES = (
    ("menge", ("",)),
    ("meng", ("", "k")),
    ("meny", ("s", "c")),
    ("mem", ("", "p")),
    ("men", ("", "t")),
    ("me", ("",)),
    ("nge", ("",)),
    ("ng", ("", "k")),
    ("ny", ("s", "c")),
    ("ber", ("",)),
    ("di", ("",)),
    ("ter", ("",)),
    ("peng", ("", "k")),
    ("peny", ("s", "c")),
    ("pem", ("", "p")),
    ("pen", ("", "t")),
    ("per", ("",)),
    ("pe", ("",)),
    ("se", ("",)),
    ("n", ("t",)),
    ("m", ("p",)),
)
_SUFFIXES = ("nya", "kan", "an", "in", "i", "ku")


def plain(spellings: Mapping[str, list[str]], text: str) -> list[str]:
    """The words of a text in plain small letters: chat spellings replaced, "sayur2" and "gado-gado" said once.

    Marks that list things (comma, &, +, /) become the word "dan". Only the first 200 letters and 24 words are read.
    """
    cut = unicodedata.normalize("NFKD", text[:LONGEST_QUERY]).lower()
    letters = "".join(c for c in cut if c not in "'\u2019" and not unicodedata.category(c).startswith("M"))
    words: list[str] = []
    for typed in _TOKEN.findall(letters):
        for word in _spelled(spellings, typed):
            if not words or not _says_again(words[-1], word):
                words.append(word)
    return words[:MOST_WORDS]


def _spelled(spellings: Mapping[str, list[str]], typed: str) -> list[str]:
    if typed in ",;&+/":
        return ["dan"]
    if typed in spellings:
        return spellings[typed]
    twice, amount = _TWICE.fullmatch(typed), _AMOUNT.fullmatch(typed)
    if twice:
        return [twice[1] + twice[2]] if twice[2] else _spelled(spellings, twice[1])
    if amount:
        return [amount[1], amount[2]]
    if not typed.isdigit() and not typed.isalpha():
        typed = typed.translate(_LETTER_DIGITS)
    return [typed[:LONGEST_WORD]] if typed else []


def _says_again(before: str, word: str) -> bool:
    if len(before) < 3:
        return before == word
    return word.startswith(before) and word[len(before) :] in ("", "an", "nan", "nya")


def sound(word: str) -> str:
    """The key of a word: writings that sound alike in Indonesian share it ("kripik", "keripik"; "prozen", "frozen")."""
    for pattern, into in _SOUNDS:
        word = pattern.sub(into, word)
    return word


def stems(word: str) -> list[str]:
    """What may be left of a word without Indonesian prefix and suffix ("nambal": "tambal")."""
    ends = [word] + [word[: -len(end)] for end in _SUFFIXES if word.endswith(end)]
    found = ends[1:]
    for stem in ends:
        for start, initials in _PREFIXES:
            if stem.startswith(start) and len(stem) - len(start) >= SHORTEST_STEM:
                found += [initial + stem[len(start) :] for initial in initials]
    return [stem for stem in dict.fromkeys(found) if len(stem) >= SHORTEST_STEM]
