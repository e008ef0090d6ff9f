"""The styles of a Word document, as far as they matter for a text: headings, bold, hidden."""

from __future__ import annotations

from typing import NamedTuple

from onrecord.sources.package import Handler

_OFF = frozenset({"0", "false", "off", "none"})


def is_on(attributes: dict[str, str]) -> bool:
    """Whether a switch such as `<w:b/>` is on."""
    return attributes.get("val", "1").lower() not in _OFF


class _Style(NamedTuple):
    name: str = ""
    based_on: str = ""
    bold: bool | None = None
    hidden: bool | None = None
    level: str | None = None


class Styles(Handler):
    """Which styles are headings and which are bold, through what they are based on."""

    def __init__(self) -> None:
        self._table: dict[str, _Style] = {}
        self._id = ""
        self._style = _Style()

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """One element of the part that holds the styles."""
        value = attributes.get("val", "")
        if tag == "style":
            self._id, self._style = attributes.get("styleId", ""), _Style()
        elif tag == "name":
            self._style = self._style._replace(name=value.lower())
        elif tag == "basedOn":
            self._style = self._style._replace(based_on=value)
        elif tag == "b":
            self._style = self._style._replace(bold=is_on(attributes))
        elif tag == "vanish":
            self._style = self._style._replace(hidden=is_on(attributes))
        elif tag == "outlineLvl" and value.isdigit():
            self._style = self._style._replace(level=str(int(value[:2]) + 1))

    def end(self, tag: str) -> None:
        """A style that is complete can be asked for."""
        if tag == "style":
            self._table[self._id] = self._style

    def _line(self, style: str) -> list[_Style]:
        """A style and its ancestors; a circle of them ends."""
        line: list[_Style] = []
        while style in self._table and len(line) < 12:
            line.append(self._table[style])
            style = self._table[style].based_on
        return line

    def bold(self, style: str) -> bool:
        """Whether a style prints in bold."""
        return next((s.bold for s in self._line(style) if s.bold is not None), False)

    def hidden(self, style: str) -> bool:
        """Whether a style keeps its words from being printed."""
        return next((s.hidden for s in self._line(style) if s.hidden is not None), False)

    def level(self, style: str) -> str | None:
        """Heading level "1" to "6", or None; built-in names are English in every language of Word."""
        for ancestor in self._line(style):
            if ancestor.name == "title":
                return "1"
            if ancestor.name.startswith("heading ") and ancestor.name[8:9].isdigit():
                return str(min(int(ancestor.name[8:9]), 6))
            if ancestor.level is not None:
                return str(min(int(ancestor.level), 6)) if int(ancestor.level) <= 9 else None
        return None
