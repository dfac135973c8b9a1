"""The house rules for Indonesian screen texts, as far as a program can check them.

For a person who reads little: short sentences, market words, no shouting. Used by tests only; a room
with texts in `data/` runs `flaws` over its own.
"""

import re
from collections.abc import Iterator

MOST_WORDS = 15

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
