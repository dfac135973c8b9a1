"""Reading ``data/messages``: one file for each message, ours first, then the city's own, whose files win."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from satupintu.catalogue.reading.files import OWN_FOLDER, DataError, Files
from satupintu.messages.rules import Template, template_problems


def read(folders: Iterable[Path] = (), own: Path = OWN_FOLDER) -> dict[str, Template]:
    """All templates by the name of their file. Raises DataError with everything that is wrong."""
    files, ours = Files((own, *folders)), Files((own,))
    templates: dict[str, Template] = {}
    for name in files.names("messages/*.yaml"):
        template = files.record(Template, name)
        if template is None:
            continue
        replaced = ours.record(Template, name) if ours.path(name) else None
        for problem in template_problems(template, replaced):
            files.complain(name, *problem)
        templates[Path(name).stem] = template
    if files.problems:
        raise DataError(files.problems)
    return templates
