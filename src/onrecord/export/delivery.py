"""Where the faces of a record go: to standard output or to a file, whole or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from onrecord.errors import CannotWrite
from onrecord.export import visible

if TYPE_CHECKING:
    from onrecord.model import Record


class Faces(NamedTuple):
    """Which faces of a record to show where.

    `form` is `json`, `md`, `csv` (the ledger) or None for the summary; `html` a file for the page, `-` for standard
    output; `show` opens the page in a browser; `language` is that of the words around the text. `by` and `kinds` choose
    the statements that are shown (`findings.filtered`); `header` is False for the further tables of one CSV output.
    """

    form: str | None
    html: str | None
    show: bool
    language: str
    by: str | None = None
    kinds: tuple[str, ...] = ()
    header: bool = True

    def give(self, record: Record) -> Path | None:
        """Write the record in the form that was asked for, and its page; the place of the page, if any."""
        return give(self._shown(record), self.form, self.html, self.show, "record")

    def _shown(self, record: Record) -> Shown:
        def page() -> str:
            from onrecord.export import page

            return page.render(record, language=self.language, by=self.by, kinds=self.kinds)

        def minutes() -> str:
            from onrecord.export import markdown

            return markdown.render(record, language=self.language, by=self.by, kinds=self.kinds)

        def summary(width: int, colour: bool) -> str:
            from onrecord.export import terminal

            return terminal.render(
                record, width=width, colour=colour, language=self.language, by=self.by, kinds=self.kinds
            )

        def table() -> str:
            from onrecord.export import ledger_csv
            from onrecord.export.findings import filtered

            return ledger_csv.render(filtered(record, self.by, self.kinds), header=self.header)

        def data() -> bytes:
            from onrecord.export.findings import filtered
            from onrecord.record import encode

            return encode(filtered(record, self.by, self.kinds)) + b"\n"

        return Shown(summary, data, minutes, page, table)


class Shown(NamedTuple):
    """What an answer looks like in each form; made when it is asked for."""

    summary: Callable[[int, bool], str]
    """For a terminal of so many columns, with or without colour."""
    data: Callable[[], bytes]
    minutes: Callable[[], str]
    page: Callable[[], str]
    table: Callable[[], str] | None = None


def give(shown: Shown, form: str | None, html: str | None, show: bool, name: str) -> Path | None:
    """Write an answer in the form that was asked for, and its page; the place of the page, if any.

    `form` is `json`, `md`, `csv` or None for the summary; `html`, `show` as in `Faces`; `name` is that of a page whose
    place nobody named.
    """
    if html == "-":
        write(encoded(shown.page()))
        return None
    if form == "json":
        write(visible.json(shown.data()))
    elif form == "md":
        write(encoded(shown.minutes()))
    elif form == "csv" and shown.table:
        write(encoded(shown.table()))
    else:
        from onrecord.export import terminal

        encoding = sys.stdout.encoding
        write(encoded(terminal.plain(shown.summary(_width(), _colour()), encoding), encoding))
    if not (html or show):
        return None
    path = Path(html) if html else _somewhere(name)
    write_whole(path, encoded(shown.page()))
    if show:
        import webbrowser

        webbrowser.open(path.resolve().as_uri())
    return path


def _somewhere(name: str) -> Path:
    from tempfile import mkdtemp

    return Path(mkdtemp(prefix="onrecord-")) / f"{name}.html"


def encoded(text: str, encoding: str = "utf-8") -> bytes:
    """Text as bytes; a character that the encoding lacks becomes its escape."""
    return text.encode(encoding, "backslashreplace")


def write(data: bytes) -> None:
    """Data for standard output; `CannotWrite` if it cannot arrive, without a word if its reader has left."""
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # Python would complain once more when it closes what it could not flush.
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise CannotWrite from None
    except OSError as error:
        raise CannotWrite(f"standard output: {error.strerror}") from None


def write_whole(path: Path, data: bytes) -> None:
    """A file is written whole or not at all: beside its place first, then moved there."""
    target = path.resolve()
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        if target.exists() and not target.is_file():  # a device or a pipe cannot be replaced
            target.write_bytes(data)
            return
        beside.write_bytes(data)
        beside.replace(target)
    except OSError as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise CannotWrite(f"{visible.path(str(path))}: {error.strerror}") from None


def _width() -> int:
    from shutil import get_terminal_size

    return min(get_terminal_size((80, 24)).columns, 100)


def _colour() -> bool:
    """Colour only for somebody who looks at it and did not object (no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
