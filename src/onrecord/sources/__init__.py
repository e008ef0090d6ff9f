"""Bytes become characters, nothing lost: one document in, its frozen text, layout and notes out.

opening      path or bytes -> reader -> Opened          address   http(s), only when the user asks
handed       the same for open files, in programs
sniff        what is it, by content                     paths, archive   folders, zip, tar, gzip
encoding     bytes -> characters                        fence     a child process for dangerous formats
plain captions utterances xml html docx pdf             one reader a format; each declines with its reason
readers      by name; those of installed packages too
"""

from typing import TYPE_CHECKING, Any

from onrecord.sources.handed import Readable, open_handed
from onrecord.sources.opening import Opened, load, open_bytes, open_loaded, open_path
from onrecord.sources.paths import expand, is_address
from onrecord.sources.reading import Declined, Layout, ReaderNote, Reading

if TYPE_CHECKING:
    from onrecord.sources.address import fetch

__all__ = [
    "Declined",
    "Layout",
    "Opened",
    "Readable",
    "ReaderNote",
    "Reading",
    "expand",
    "fetch",
    "is_address",
    "load",
    "open_bytes",
    "open_handed",
    "open_loaded",
    "open_path",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """What belongs to the network is imported when it is asked for: most documents are files."""
    if name != "fetch":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from onrecord.sources.address import fetch

    return fetch
