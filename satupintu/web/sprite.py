"""The icon sprite: one file with every icon the pages use and all of our own pictograms.

Icons come from the `lucide` package and never enter the repository; `satupintu icons` writes them to
`static/web/icons.svg`, which git ignores. What is used is read from the templates and data files.
"""

import re
from functools import cache
from importlib.metadata import files
from importlib.resources import as_file
from importlib.resources import files as resources
from pathlib import Path
from zipfile import ZipFile

PACKAGE = Path(__file__).resolve().parent.parent
PICTOGRAMS = Path(__file__).resolve().parent / "pictograms"
SPRITE = Path(__file__).resolve().parent / "static" / "web" / "icons.svg"

# Where a name stands as text: {% icon "camera" %}, icon="camera", and icon: camera in data files.
# The badge table names its icons in a tuple, so it is read as well.
PATTERNS = {
    "*.html": re.compile(r"""\{%\s*icon\s+"([a-z0-9-]+)"|\bicon="([a-z0-9-]+)\""""),
    "*.py": re.compile(r"""\bicon="([a-z0-9-]+)"|": \("([a-z0-9-]+)", _\("""),
    "*.yaml": re.compile(r"""^\s*-?\s*icon:\s*"?([a-z0-9-]+)"?\s*$""", re.MULTILINE),
}
PICTOGRAM = re.compile(r"""\{%\s*pictogram\s+"([a-z0-9_]+)"|\bpictogram(?:=|:\s*)"?([a-z0-9_]+)""")


class UnknownIcon(Exception):
    """A name that the `lucide` package or our pictograms do not have."""


def icons_used(package: Path = PACKAGE) -> dict[str, Path]:
    """Every icon name written in the package, with one file that writes it."""
    return _names(package, PATTERNS)


def pictograms_used(package: Path = PACKAGE) -> dict[str, Path]:
    """Every pictogram name written in templates and data, with one file that writes it."""
    return _names(package, dict.fromkeys(("*.html", "*.yaml"), PICTOGRAM))


def pictograms() -> dict[str, str]:
    """Our own drawings: name and inner markup, in order of name."""
    return {path.stem: _inner(path.read_text()) for path in sorted(PICTOGRAMS.glob("*.svg"))}


def build() -> str:
    """The sprite as text. Raises UnknownIcon with the file that asks for what does not exist."""
    lucide = _lucide()
    symbols = []
    for name, path in sorted(icons_used().items()):
        if name not in lucide:
            raise UnknownIcon(f"No icon {name!r} in the lucide package; {path} asks for it. Choose another name.")
        symbols.append(_symbol(name, lucide[name]))
    own = pictograms()
    for name, path in sorted(pictograms_used().items()):
        if name not in own:
            raise UnknownIcon(f"No pictogram {name!r} in web/pictograms; {path} asks for it. Draw it or rename.")
    symbols += [_symbol(f"p-{name}", inner) for name, inner in own.items()]
    notice = _licence().replace("--", "- -")
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n<!-- {notice} -->\n{"".join(symbols)}</svg>\n'


def write(target: Path = SPRITE) -> int:
    """Write the sprite and return how many symbols it has."""
    text = build()
    target.write_text(text)
    return text.count("<symbol ")


def _names(package: Path, patterns: dict[str, re.Pattern[str]]) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for glob, pattern in patterns.items():
        for path in sorted(package.rglob(glob)):
            if "tests" in path.parts:
                continue
            for groups in pattern.findall(path.read_text()):
                names = [groups] if isinstance(groups, str) else groups
                found.update({name: path for name in names if name})
    return found


def _inner(svg: str) -> str:
    body = re.sub(r"<!--.*?-->", "", svg, flags=re.DOTALL)
    body = body[body.index(">", body.index("<svg")) + 1 : body.rindex("</svg>")]
    return re.sub(r"\s*\n\s*", "", body).replace(" />", "/>").strip()


def _symbol(name: str, inner: str) -> str:
    return f'<symbol id="{name}" viewBox="0 0 24 24">{inner}</symbol>\n'


@cache
def _lucide() -> dict[str, str]:
    with as_file(resources("lucide") / "lucide.zip") as path, ZipFile(path) as archive:
        return {
            name.removesuffix(".svg"): _inner(archive.read(name).decode())
            for name in archive.namelist()
            if name.endswith(".svg")
        }


def _licence() -> str:
    """The notice that must travel with the icons, as the package ships it; without the package's own part."""
    texts = [path.read_text() for path in files("lucide") or [] if path.name == "LICENSE"]
    notice = texts[0].partition("Lucide zip file")[2].strip() if texts else ""
    if not notice:
        raise UnknownIcon("The lucide package holds no licence notice for its icons; read its LICENSE file.")
    return f"Icons: Lucide {notice}\nPictograms (p-…): drawn for SatuPintu, CC0."
