"""The house rules for Indonesian screen texts, as far as a program can check them.

For a person who reads little: short sentences, market words, no shouting. Used by tests only; a room
with texts in `data/` runs `flaws` over its own.
"""

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

MOST_WORDS = 15

# Where a data folder keeps texts that people read. Sources, cases and market words are not sentences of ours.
TEXT_KEYS = {
    *("title", "plain", "text", "says", "note", "question", "answer", "help", "label", "small", "about", "does"),
    *("ask", "why", "caution", "goods", "name", "labels", "in_force_note"),
}
TEXT_COLUMNS = ("text", "caution", "goods", "note")
NOT_FOR_READERS = {"sources.yaml", "cases.yaml"}
NOT_FOR_READERS_FOLDERS = {"cases", "demo", "words"}

# Word that must not appear, and what to write instead.
INSTEAD = {
    "kamu": "Bapak/Ibu",
    "user": "Bapak/Ibu, pemohon or petugas",
    "ijin": "izin",
    "unggah": "kirim",
    "mengunggah": "mengirim",
    "upload": "kirim",
    "download": "simpan",
    "unduh": "simpan",
    "verifikasi": "periksa",
    "submit": "kirim",
    "login": "masuk",
    "logout": "keluar",
    "password": "kata sandi",
    "klik": "tekan",
    "update": "perbarui",
    "input": "isi",
    "mohon maaf": "say what to do next",
    "!": "a full stop",
}
_BANNED = re.compile(
    "|".join(rf"(?<!\w){re.escape(word)}(?!\w)" if word != "!" else "!" for word in INSTEAD), re.IGNORECASE
)
_MARKUP = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\{?.*?\}\}?|<[^>]+>")
# A full stop ends a sentence only before a space or the end: Rp1.234.567, 08.30 and No. 13 stay whole.
_END = re.compile(r"(?<!\bNo)(?<!\bJl)(?<!\bKec)(?<!\bKel)[.?;:](?=\s|$)|\n")


def flaws(text: str) -> Iterator[str]:
    """One sentence for each word that is not ours and each sentence longer than MOST_WORDS words."""
    plain = _MARKUP.sub("x", text)
    for word in _BANNED.findall(plain):
        yield f"{word!r}: write {INSTEAD[word.lower()]}"
    for sentence in sentences(plain):
        count = len(sentence.split())
        if count > MOST_WORDS:
            yield f"{count} words, at most {MOST_WORDS}: {sentence!r}"


def sentences(text: str) -> list[str]:
    """The sentences of a text without their end marks; a colon, semicolon or line break also ends one."""
    return [part.strip() for part in _END.split(text) if part.strip()]


def texts_of_data(folder: Path) -> Iterator[tuple[str, str]]:
    """Every Indonesian text of a data folder that people read, with the file it stands in."""
    for path in sorted(folder.rglob("*.*")):
        inside = path.relative_to(folder)
        if path.name in NOT_FOR_READERS or NOT_FOR_READERS_FOLDERS & set(inside.parts):
            continue
        if path.suffix == ".yaml":
            texts = _under(yaml.safe_load(path.read_text()), "")
        elif path.suffix == ".csv":
            with path.open(newline="") as file:
                texts = iter([row.get(name) or "" for row in csv.DictReader(file) for name in TEXT_COLUMNS])
        elif path.name == "text.md":
            texts = (
                " ".join(paragraph.split()) for paragraph in re.split(r"\n\s*\n|^##.*$", path.read_text(), flags=re.M)
            )
        else:
            continue
        yield from ((inside.as_posix(), text) for text in texts if text)


def _under(node: Any, key: str) -> Iterator[str]:
    if isinstance(node, dict):
        for name, value in node.items():
            yield from _under(value, "label" if key == "labels" else str(name))
    elif isinstance(node, list):
        for value in node:
            yield from _under(value, key)
    elif isinstance(node, str) and key in TEXT_KEYS:
        yield node
