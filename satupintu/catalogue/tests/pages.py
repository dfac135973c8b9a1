"""Reading pages as a visitor without script does: what is written, where links lead, what a form would send."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode


@dataclass
class Form:
    """The question's form: hidden fields, the choices to pick from by name, and the boxes to type or tick."""

    action: str = ""
    hidden: list[tuple[str, str]] = field(default_factory=list)
    choices: list[tuple[str, str]] = field(default_factory=list)
    ticks: list[tuple[str, str]] = field(default_factory=list)
    chosen: list[tuple[str, str]] = field(default_factory=list)
    typed: dict[str, str] = field(default_factory=dict)

    def send(self, *picked: tuple[str, str]) -> str:
        """The address the browser would ask for with these choices made."""
        return f"{self.action}?{urlencode([*self.hidden, *picked])}"


class PageReader(HTMLParser):
    """A page as text, links and its last form."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text: list[str] = []
        self.links: list[str] = []
        self.form = Form()
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attributes}
        if tag == "a":
            self.links.append(has.get("href", ""))
        if tag == "form":
            self.form = Form(has.get("action", ""))
        if tag == "input":
            self._input(has)

    def _input(self, has: dict[str, str]) -> None:
        pair = (has.get("name", ""), has.get("value", ""))
        {"hidden": self.form.hidden, "radio": self.form.choices, "checkbox": self.form.ticks}.get(
            has.get("type", ""), []
        ).append(pair)
        if has.get("type") == "search":
            self.form.typed[pair[0]] = pair[1]
        if "checked" in has:
            self.form.chosen.append(pair)

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    @property
    def words(self) -> str:
        """All text of the page with single blanks."""
        return " ".join(" ".join(self.text).split())
