"""Where questions are taken: each is read, answered from the archive as it is now, or refused in one line.

Every call opens the archive for itself, for reading alone: threads share nothing, and what another process adds or
corrects is seen at once. No line says where on this machine the archive is.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar

import msgspec

from onrecord import store
from onrecord.errors import BadData, OnrecordError, UsageError
from onrecord.export import visible
from onrecord.mcp.account import resolve
from onrecord.mcp.answers import Answered
from onrecord.mcp.tools import TOOLS, Tool
from onrecord.sources.characters import whole

_TOOLS = {tool.name: tool for tool in TOOLS}
_LOG = logging.getLogger("onrecord.mcp")

Made = TypeVar("Made")


class Refusal(NamedTuple):
    """Why there is no answer, and what to do, in one line."""

    line: str


class Desk:
    """The tools of one archive, for any number of threads."""

    def __init__(self, archive: str | os.PathLike[str]) -> None:
        self._address = os.fspath(archive)
        with store.open(
            self._address, readonly=True
        ):  # what is no archive is refused now, not at the first question
            pass

    def ask(self, name: str, arguments: Mapping[str, Any]) -> Answered | Refusal:
        """What a tool answers."""
        tool = _TOOLS.get(name)
        if tool is None:
            return Refusal(f"there is no tool of that name; there are {', '.join(_TOOLS)}")
        return self._told(lambda archive: tool.ask(archive, _question(tool, arguments)))

    def characters(self, link: str) -> str | Refusal:
        """The exact characters under the permalink of an item."""
        return self._told(lambda archive: _characters(archive, link))

    def _told(self, ask: Callable[[store.Archive], Made]) -> Made | Refusal:
        private = self._address
        try:
            with store.open(self._address, readonly=True) as archive:
                private = archive.engine.address
                return ask(archive)
        except OnrecordError as error:
            line = str(error)
            for one in (private, self._address):
                line = line.replace(f"{one}: ", "").replace(one, "the archive")
            return Refusal(visible.line(line))
        except Exception:
            _LOG.exception("a question could not be answered")
            return Refusal("a fault of ours; its trace is in the log of the server")


def _question(tool: Tool, arguments: Mapping[str, Any]) -> Any:
    said = {name: whole(value)[0] if isinstance(value, str) else value for name, value in arguments.items()}
    try:
        return msgspec.convert(said, tool.question)
    except (msgspec.ValidationError, UnicodeEncodeError) as error:
        raise UsageError(f"{tool.name} cannot be asked so: {error}") from error


def _characters(archive: store.Archive, link: str) -> str:
    place = resolve(archive, link)
    if place.text is None:
        raise BadData("that link is of a whole text; name an item of it, as …/t7 or …/c120-240")
    return place.text
