"""Every way onrecord says no, in one tree.

    OnrecordError                       exit status
    ├── UsageError                      2   the call itself cannot be carried out
    │   └── MissingExtra                2   a reader's library is not installed; the message has the pip command
    ├── BadData                         65  the input was there but cannot be used
    │   ├── Unreadable                  65  no reader could read it; carries every reader's excuse
    │   ├── Refused                     65  hostile or over a limit; nothing of it was used
    │   ├── SpanError                   65  characters and offsets do not agree
    │   └── RecordError                 65  a stored record does not verify
    ├── NoInput                         66  there is no such file, folder or address
    ├── Fault                           70  ours: please report
    └── CannotWrite                     74  the answer could not be written

Each message is one line: what is wrong, where, and what to do. Exit 3 (a batch partly done) and 130
(interrupted) are not errors of one input; `cli/` returns them.
"""

from __future__ import annotations

from typing import NamedTuple


class OnrecordError(Exception):
    """The root of the tree; `str(error)` is one line fit for a terminal."""

    exit_status = 70


class UsageError(OnrecordError):
    """The call cannot be carried out as given."""

    exit_status = 2


class MissingExtra(UsageError):
    """A library that is optional is needed now.

    >>> print(MissingExtra("PDF files", "pdf", "pypdfium2"))
    reading PDF files needs pypdfium2: pip install "onrecord[pdf]"
    """

    def __init__(self, what: str, extra: str, library: str) -> None:
        super().__init__(f'reading {what} needs {library}: pip install "onrecord[{extra}]"')
        self.extra = extra


class BadData(OnrecordError):
    """The input exists but cannot be used."""

    exit_status = 65


class Excuse(NamedTuple):
    """Why one reader declined: the reader's name and its reason in a few words."""

    reader: str
    reason: str


class Unreadable(BadData):
    """No reader could read the source.

    >>> print(Unreadable("a.bin", [Excuse("plain", "binary data"), Excuse("pdf", "no %PDF header")]))
    a.bin: cannot be read (plain: binary data; pdf: no %PDF header)
    """

    def __init__(self, name: str, excuses: list[Excuse]) -> None:
        reasons = "; ".join(f"{reader}: {reason}" for reader, reason in excuses)
        super().__init__(f"{name}: cannot be read ({reasons})")
        self.excuses = excuses


class Refused(BadData):
    """The input is hostile or goes over a limit that protects the reader of it."""


class SpanError(BadData):
    """A span does not lie in its text, or its characters are not the ones it claims."""


class RecordError(BadData):
    """A record file does not hold together: a hash or a span fails."""


class NoInput(OnrecordError):
    """There is nothing at that path or address."""

    exit_status = 66


class Fault(OnrecordError):
    """Our own fault. The command line turns every unforeseen exception into one of these."""

    exit_status = 70


class CannotWrite(OnrecordError):
    """The answer could not be written: disk full, no permission, closed pipe."""

    exit_status = 74
