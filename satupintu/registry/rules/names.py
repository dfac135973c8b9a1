"""Names as they are searched: one spelling for many, words, trigrams and likeness. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence

from rapidfuzz import fuzz

# Older spellings and their present form (Soekardjo, Sukarjo), then letters that sound alike.
OLD_SPELLING = (("oe", "u"), ("dj", "j"), ("tj", "c"), ("nj", "ny"), ("sj", "sy"), ("ch", "h"), ("ph", "f"), ("v", "f"))
FORMS_OF_ADDRESS = frozenset(
    {"pak", "bapak", "bu", "ibu", "h", "hj", "haji", "hajah", "sdr", "sdri", "tn", "ny", "almarhum"}
)
MOST_WORDS = 8
LIKE_A_WORD = 72  # of 100: below this a word of the dictionary is not the one that was typed
LIKE_A_NAME = 78  # of 100: above this two names are similar


def words(text: str) -> list[str]:
    """The words of a name in one spelling each, at most eight; forms of address are left out when others remain."""
    plain = unicodedata.normalize("NFKD", text.lower())
    plain = "".join(c for c in plain if not unicodedata.combining(c)).replace("'", "").replace("`", "")
    found = [folded(word) for word in re.findall(r"[^\W_]+", plain)]
    named = [word for word in found if word not in FORMS_OF_ADDRESS]
    return (named or found)[:MOST_WORDS]


def folded(word: str) -> str:
    """One word in its present spelling, with doubled letters single; a number without its leading zeros."""
    if word.isdigit():
        return (word.lstrip("0") or "0")[:30]
    for old, new in OLD_SPELLING:
        word = word.replace(old, new)
    return re.sub(r"([^\W\d])\1+", r"\1", word)[:30]


def trigrams(word: str) -> frozenset[str]:
    """The pieces of three letters of a word with its edges marked; none for a number, which is found whole."""
    if word.isdigit():
        return frozenset()
    padded = f" {word} "
    return frozenset(padded[n : n + 3] for n in range(len(padded) - 2))


def sort_key(text: str) -> str:
    """By what lists are ordered: small letters, plain, single spaces, at most 60 signs."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())[:60]


def word_likeness(typed: str, known: str) -> float:
    """How alike two folded words are, 0 to 100; a beginning counts nearly as the word itself."""
    if typed == known:
        return 100.0
    if len(typed) >= 2 and known.startswith(typed):
        return 92.0
    return _ratio(typed, known)


def _ratio(one: str, other: str) -> float:
    """Letters may be mistyped; another number is another number."""
    return fuzz.ratio(one, other) if not (one.isdigit() or other.isdigit()) else 100.0 * (one == other)


def name_likeness(first: Sequence[str], second: Sequence[str]) -> float:
    """How alike two names are as folded words, 0 to 100: each word of the shorter meets its best of the longer."""
    short, long = sorted((list(first), list(second)), key=len)
    if not short:
        return 0.0
    total = sum(max(_ratio(word, other) for other in long) for word in short) / len(short)
    return total - 4 * (len(long) - len(short))


def answer_likeness(typed: Sequence[str], known: Collection[str]) -> float:
    """How well a name answers what was typed, 0 to 100: every typed word meets its best word."""
    if not typed or not known:
        return 0.0
    return sum(max(word_likeness(word, other) for other in known) for word in typed) / len(typed)
