"""From Indonesian screen texts to the English translation: collect, compare, compile.

The texts in code and templates are Indonesian. `locale/en` holds English for each of them; the compiled
file (.mo) is made at set-up. Collecting needs xgettext; compiling needs nothing but `polib`.
"""

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polib

PACKAGE = Path(__file__).resolve().parent.parent
LOCALE = PACKAGE / "locale"
PO = LOCALE / "en" / "LC_MESSAGES" / "django.po"
WIDTH = 110
KEYWORDS = (
    *("_", "gettext", "gettext_lazy", "gettext_noop", "ngettext:1,2", "ngettext_lazy:1,2"),
    *("pgettext:1c,2", "pgettext_lazy:1c,2", "npgettext:1c,2,3", "npgettext_lazy:1c,2,3"),
)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


class CannotExtract(Exception):
    """Why the texts could not be collected, and what to do."""


def catalogue() -> polib.POFile:
    """The committed English translation."""
    return polib.pofile(str(PO), wrapwidth=WIDTH)


def extract(package: Path = PACKAGE) -> polib.POFile:
    """Every text that the code and templates of the package mark for translation, without English.

    Raises CannotExtract when xgettext is not installed or refuses a file.
    """
    if shutil.which("xgettext") is None:
        raise CannotExtract("xgettext is not installed. Install the package gettext and try again.")
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        sources = [_as_python(path, package, work) for path in _sources(package)]
        (work / "files").write_text("\n".join(sources))
        (work / "found.pot").touch()
        command = ["xgettext", "--language=Python", "--from-code=UTF-8", "--add-location=file", "--sort-by-file"]
        command += ["--keyword", *(f"--keyword={word}" for word in KEYWORDS)]
        command += ["--files-from=files", "--output=found.pot"]
        done = subprocess.run(command, cwd=work, capture_output=True, text=True)  # noqa: S603  fixed words only
        if done.returncode:
            raise CannotExtract(f"xgettext: {done.stderr.strip()}")
        return polib.pofile(str(work / "found.pot"), wrapwidth=WIDTH)


def _sources(package: Path) -> Iterator[Path]:
    for glob in ("**/*.py", "*/templates/**/*.html"):
        for path in sorted(package.glob(glob)):
            inside = path.relative_to(package).parts
            if "tests" not in inside and "migrations" not in inside:
                yield path


def _as_python(path: Path, package: Path, work: Path) -> str:
    """Put a file where xgettext reads it; a template is first turned into calls of gettext."""
    from django.utils.translation.template import templatize

    name = path.relative_to(package.parent).as_posix()
    target = work / name
    target.parent.mkdir(parents=True, exist_ok=True)
    text = path.read_text()
    target.write_text(templatize(text, origin=name) if path.suffix == ".html" else text)
    return name


def update(target: Path, fresh: polib.POFile) -> None:
    """Write the committed translations, with new texts empty and texts no longer used removed."""
    known = catalogue() if PO.exists() else polib.POFile(wrapwidth=WIDTH)
    known.merge(fresh)
    for entry in list(known.obsolete_entries()):
        known.remove(entry)
    for entry in known:
        entry.previous_msgid = None
    known.metadata = {
        "Project-Id-Version": "satupintu",
        "Language": "en",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    known.header = "English translation of the Indonesian screen texts. Written by `satupintu messages`."
    known.sort(key=lambda entry: (entry.occurrences[0][0], entry.msgid))
    target.parent.mkdir(parents=True, exist_ok=True)
    known.save(str(target))


def problems(known: polib.POFile, fresh: polib.POFile) -> list[str]:
    """One sentence for each text that is missing, unfinished, left over or has other placeholders."""
    wanted = {(entry.msgctxt, entry.msgid) for entry in fresh}
    have = {(entry.msgctxt, entry.msgid): entry for entry in known}
    found = [f"missing: {msgid!r}" for context, msgid in sorted(wanted - set(have), key=str)]
    found += [f"left over: {msgid!r}" for context, msgid in sorted(set(have) - wanted, key=str)]
    return found + [problem for entry in have.values() for problem in _flaws(entry)]


def _flaws(entry: polib.POEntry) -> Iterator[str]:
    if entry.obsolete:
        yield f"left over: {entry.msgid!r}"
    if entry.fuzzy:
        yield f"fuzzy: {entry.msgid!r}"
    texts = list(entry.msgstr_plural.values()) or [entry.msgstr]
    if not all(texts):
        yield f"empty: {entry.msgid!r}"
    for text in filter(None, texts):
        if sorted(PLACEHOLDER.findall(text)) != sorted(PLACEHOLDER.findall(entry.msgid)):
            yield f"placeholders differ: {entry.msgid!r} and {text!r}"


def compile_all(locale: Path = LOCALE) -> list[Path]:
    """Compile every .po of a locale folder and return the .mo files written."""
    targets = []
    for source in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        polib.pofile(str(source)).save_as_mofile(str(target))
        targets.append(target)
    return targets
