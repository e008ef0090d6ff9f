"""Where the record of one document is made: the one function of a corpus that knows what `onrecord read` does."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from onrecord.errors import UsageError
from onrecord.model import Record
from onrecord.record import read_source
from onrecord.sources import Opened

DEFAULT = "onrecord.corpus:reading"

Reading = Callable[[Opened], Record]


def reading(opened: Opened) -> Record:
    """The whole record: quotations, ledger, flags. Another function of this type may be named in its place."""
    return read_source(opened)


def named(name: str) -> Reading:
    """The function that "package.module:function" names.

    >>> named("onrecord.corpus:reading") is reading
    True
    """
    module, colon, function = name.partition(":")
    try:
        found: Reading = getattr(import_module(module), function)
    except (ImportError, AttributeError, ValueError) as error:
        raise UsageError(
            f'"{name}" names no function to read with, as "package.module:function" ({error})'
        ) from None
    if not colon or not callable(found):
        raise UsageError(f'"{name}" names no function to read with, as "package.module:function"')
    return found
