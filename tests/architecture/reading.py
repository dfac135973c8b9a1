"""Reading the house's own source for what imports cannot show. Every check returns sentences; none is a pass."""

import ast
import re
from collections.abc import Iterator
from configparser import ConfigParser
from pathlib import Path

import allauth

PACKAGE = Path(__file__).parents[2] / "satupintu"

WRITES = {
    "create",
    "update",
    "delete",
    "get_or_create",
    "update_or_create",
    "bulk_create",
    "bulk_update",
    "acreate",
    "aupdate",
    "adelete",
    "aget_or_create",
    "aupdate_or_create",
    "abulk_create",
    "abulk_update",
}
QUERYSET = re.compile(r"\bobjects\b|_default_manager|_base_manager|_set\b|\.(filter|exclude|all|select_for_update)\(")
SQL_WRITE = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|TRUNCATE|ALTER|DROP|CREATE)\s", re.IGNORECASE)


def floors() -> list[set[str]]:
    """The rooms of each floor, the highest first, as `.importlinter` has them."""
    parser = ConfigParser()
    parser.read(PACKAGE.parent / ".importlinter")
    lines = parser["importlinter:contract:floors"]["layers"].split("\n")
    return [set(re.findall(r"[a-z_]+", line)) for line in lines if line.strip()]


def rooms(package: Path = PACKAGE) -> list[str]:
    """The rooms that exist."""
    return sorted(path.parent.name for path in package.glob("*/__init__.py"))


def sources(package: Path, *but: str) -> Iterator[tuple[str, ast.Module]]:
    """Every Python file of the package with its path inside it, without the folders and files named in `but`."""
    for path in sorted(package.rglob("*.py")):
        inside = path.relative_to(package)
        if not {*but} & {*inside.parts, inside.stem}:
            yield inside.as_posix(), ast.parse(path.read_text())


def writes_outside_actions(package: Path) -> list[str]:
    """Calls that write to a table anywhere but in actions, migrations and tests.

    `.save()` and `.delete()` without arguments, writing methods of a queryset, and SQL that writes.
    """
    return [
        f"{name}:{call.lineno}: {ast.unparse(call.func)}() writes; writes belong in the room's actions"
        for name, tree in sources(package, "actions", "migrations", "tests")
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and _writes(call, call.func)
    ]


def _writes(call: ast.Call, method: ast.Attribute) -> bool:
    if method.attr in ("save", "asave"):
        return not call.args
    if method.attr == "delete" and not call.args and not call.keywords:
        return True
    if method.attr in ("execute", "executemany"):
        first = call.args[0] if call.args else None
        return isinstance(first, ast.Constant) and bool(SQL_WRITE.match(str(first.value)))
    return method.attr in WRITES and bool(QUERYSET.search(ast.unparse(method.value)))


def careless_actions(package: Path) -> list[str]:
    """Public functions of actions that take positional arguments or do not end in `by, at`."""
    found = []
    for name, tree in sources(package, "migrations", "tests"):
        if "actions" not in Path(name).with_suffix("").parts:
            continue
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
                taken = node.args
                loose = taken.posonlyargs or taken.args or taken.vararg
                last = [argument.arg for argument in taken.kwonlyargs][-2:]
                if loose or last != ["by", "at"] or any(taken.kw_defaults[-2:]):
                    found.append(f"{name}:{node.lineno}: {node.name} must be keyword-only and end in by, at")
    return found


# What reads the world. `date.today` and friends are the clock; open and the rest are files and the network.
CLOCK = {"now", "today", "utcnow", "time", "monotonic", "perf_counter", "localtime"}
WORLD = {"os", "io", "time", "random", "secrets", "socket", "sqlite3", "subprocess", "urllib", "shutil", "tempfile"}


def rules_that_look_outside(package: Path) -> list[str]:
    """Clock, files, chance or network in `kernel` or in any room's `rules`."""
    found = []
    for name, tree in sources(package, "tests"):
        parts = Path(name).with_suffix("").parts
        if parts[0] != "kernel" and "rules" not in parts[1:]:
            continue
        for node in ast.walk(tree):
            if what := _outside(node):
                found.append(f"{name}:{getattr(node, 'lineno', 0)}: {what}; rules get facts, they do not look")
    return found


def _outside(node: ast.AST) -> str | None:
    if isinstance(node, ast.Import):
        names = [alias.name.split(".")[0] for alias in node.names]
    elif isinstance(node, ast.ImportFrom):
        names = [(node.module or "").split(".")[0]]
    else:
        names = []
    if world := WORLD & {*names}:
        return f"imports {sorted(world)[0]}"
    if isinstance(node, ast.Call):
        called = ast.unparse(node.func)
        if called == "open" or re.search(r"\.(read_text|read_bytes|write_text|write_bytes|open)$", called):
            return f"calls {called}()"
        if (
            isinstance(node.func, ast.Attribute)
            and node.func.attr in CLOCK
            and not isinstance(node.func.value, ast.Call)
        ):
            receiver = ast.unparse(node.func.value).split(".")[-1]
            if receiver in ("datetime", "date", "time", "timezone"):
                return f"calls {called}()"
    return None


INLINE = re.compile(
    r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:|<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")",
    re.IGNORECASE,
)


def inline_code(package: Path) -> list[str]:
    """Templates and scripts with style or script inside the page, which the policy would block."""
    found = []
    for path in sorted(package.rglob("templates/**/*.html")):
        text = re.sub(r"\{#.*?#\}", "", path.read_text())
        found += [f"{path.relative_to(package)}: {hit.group().strip()}" for hit in INLINE.finditer(text)]
    return found


def asked_for_by_others(name: str) -> bool:
    """Whether Django (error pages, by number) or the sign-in library asks for a template of this name."""
    if re.fullmatch(r"(400|403|403_csrf|404|429|500)\.html", name):
        return True
    return (Path(allauth.__file__).parent / "templates" / name).exists()


def unused_templates(package: Path) -> list[str]:
    """Templates that no Python and no other template names."""
    texts = {path: path.read_text() for end in ("py", "html") for path in package.rglob(f"*.{end}")}
    found = []
    for path in sorted(package.rglob("templates/**/*.html")):
        name = path.relative_to(next(p for p in path.parents if p.name == "templates")).as_posix()
        if asked_for_by_others(name):
            continue
        # Named in full, or begun in an f-string: f"shop/choose_{kind}.html"
        named = [name, *(f"{name[: n + 1]}{{" for n, letter in enumerate(name) if letter == "_")]
        others = [text for other, text in texts.items() if other != path and "tests" not in other.parts]
        if not any(way in text for way in named for text in others):
            found.append(name)
    return found


def forbidden_names(package: Path) -> list[str]:
    """Modules whose name says nothing about their subject."""
    names = {"utils", "util", "helpers", "helper", "common", "misc", "services", "managers"}
    return [name for name, _ in sources(package) if names & {*Path(name).with_suffix("").parts}]


def long_files(package: Path, most: int = 500) -> list[str]:
    """Python files so long that they should be a package of the same name."""
    lengths = {
        path.relative_to(package).as_posix(): len(path.read_text().splitlines())
        for path in package.rglob("*.py")
        if "migrations" not in path.parts
    }
    return [f"{name}: {length} lines, split it by noun" for name, length in sorted(lengths.items()) if length > most]


SKIPPING = re.compile(r"\b(skip|skipif|xfail|importorskip)\b\s*\(|mark\.(skip|skipif|xfail)\b")


SAMPLES = {"test_house.py", "test_test_run.py"}  # they hold such words to be found


def skipped_tests(folders: list[Path]) -> list[str]:
    """Test files with a word that lets a test not run."""
    files = [path for folder in folders for path in folder.rglob("test_*.py")]
    return [path.name for path in sorted(files) if SKIPPING.search(path.read_text()) and path.name not in SAMPLES]
