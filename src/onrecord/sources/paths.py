"""Which files do these paths stand for? Folders and archives are taken apart, in a stable order.

A member of an archive is named "archive.zip!/member.txt".
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator

MARK = "!/"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,30}://|https?:", re.IGNORECASE | re.ASCII)
_ARCHIVES = (".zip", ".tar", ".tar.gz", ".tgz")


def expand(paths: Iterable[str]) -> Iterator[str]:
    """Every file that the paths stand for, folders and archives taken apart, in a stable order.

    Hidden files are skipped, and so are links that lead out of the folder given. "-" and addresses pass.
    """
    for path in paths:
        if os.path.isdir(path):  # noqa: PTH112  a name that is no Unicode must survive as it is
            yield from _walk(path)
        else:
            yield from _members(path)


def is_address(path: str) -> bool:
    """Whether a path is meant as an address.

    >>> is_address("https://example.org/speech"), is_address("C:/speech.txt")
    (True, False)
    """
    return _SCHEME.match(path) is not None


def split_member(path: str) -> tuple[str, str | None]:
    """The archive and the member that a path names; member is None for an ordinary file."""
    outer, mark, member = path.partition(MARK)
    while mark:
        if outer.lower().endswith(_ARCHIVES) and not os.path.lexists(path):
            return outer, member
        more, mark, member = member.partition(MARK)
        outer += MARK + more
    return path, None


def bare(path: str) -> str:
    """The name of a document without its place on this machine, so that two machines make the same record.

    An address stays whole, and so does a member's place inside its archive.

    >>> bare("/home/a/talk.txt"), bare("old/talks.zip!/2031/may.txt"), bare("https://example.org/talk")
    ('talk.txt', 'talks.zip!/2031/may.txt', 'https://example.org/talk')
    """
    if "://" in path:
        return path
    outer, member = split_member(path)
    name = os.path.basename(outer.rstrip("/")) or outer  # noqa: PTH119
    return f"{name}{MARK}{member}" if member is not None else name


def _walk(root: str) -> Iterator[str]:
    """Depth first in the order of names; links to folders are not followed, links to files must stay inside.

    A folder that cannot be read is given as a path itself, so that opening it says why.
    """
    inside = os.path.join(os.path.realpath(root), "")  # noqa: PTH118
    closed: list[str] = []
    for folder, folders, files in os.walk(root, onerror=lambda error: closed.append(error.filename)):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = os.path.join(folder, name)  # noqa: PTH118
            if not name.startswith(".") and not _leads_out(path, inside):
                yield from _members(path)
    yield from closed


def _leads_out(path: str, inside: str) -> bool:
    """Whether a file is a link to somewhere else; one that may not be looked at is not: opening it says why."""
    try:
        return os.path.islink(path) and not os.path.realpath(path).startswith(inside)  # noqa: PTH114
    except OSError:
        return False


def _members(path: str) -> Iterator[str]:
    """The members of an archive, or the path itself where it is none or cannot be listed."""
    names: list[str] = []
    if path.lower().endswith(_ARCHIVES) and os.path.isfile(path):  # noqa: PTH113
        from onrecord.sources.packed import listed

        names = listed(path)
    if not names:
        yield path
    for name in names:
        yield f"{path}{MARK}{name}"
