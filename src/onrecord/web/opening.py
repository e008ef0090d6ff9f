"""The first page of a long record, worked out once and kept in the archive beside it (store/fronts.py).

To show the answer, the counts and the first turns of a sitting of twenty thousand, all of it must be read: a second.
What came out is small. Kept are values and never markup: the template escapes them as it does those of a `Sheet`.
"""

from __future__ import annotations

import hashlib
import logging
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple, TypeVar, get_args, overload

import msgspec

from onrecord import __version__
from onrecord.errors import CannotWrite
from onrecord.export import apparatus, floor
from onrecord.export.findings import Finding, FindingKind
from onrecord.export.leaves import Passage
from onrecord.export.ledger import Entry, Group
from onrecord.export.passages import Overlay
from onrecord.export.sheet import Sheet
from onrecord.export.shown import Caution, Lane, Shown
from onrecord.model import Record
from onrecord.spans import Span
from onrecord.store import Archive, fronts
from onrecord.ui import Words, languages, words
from onrecord.web.held import Held, holding
from onrecord.web.paged import Leaf, Pages, paginate

T = TypeVar("T")
FORMAT = 3
"""Counts up with every change of what the first page shows of a record, so that no page of before is shown."""
_CAUTIONS = 100  # as many as the template lists
_HEADINGS = 61  # one more than an outline has
_LOG = logging.getLogger("onrecord.web")


class _Part(NamedTuple):
    """A group of the ledger with the lines that are shown of it, and how many there are."""

    name: str
    title: str
    entries: tuple[Entry, ...]
    total: int


class Opening(msgspec.Struct, frozen=True, array_like=True):
    """Everything that the first page shows; `record` is without its lists and its text."""

    record: Record
    findings: tuple[Finding, ...]
    parts: tuple[_Part, ...]
    speakers: tuple[apparatus.Choice, ...]
    kinds: tuple[apparatus.Choice, ...]
    switches: tuple[apparatus.Choice, ...]
    warnings: tuple[Caution, ...]
    cautions: int
    lanes: tuple[Lane, ...]
    also_there: str
    marks: int
    anchors: dict[int, str]
    ends: dict[str, tuple[int, ...]]  # of the lines of each source
    leaves: tuple[tuple[Passage, ...], ...]
    pages: Pages
    styles: tuple[tuple[tuple[str, ...], int], ...]  # by speakers: for the other pages


class First(Sequence[T]):
    """The first few of many: `len` counts them all."""

    def __init__(self, held: Sequence[T], count: int) -> None:
        self._held = held
        self._count = count

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> First[T]: ...
    def __getitem__(self, place: int | slice) -> T | First[T]:
        if isinstance(place, slice):
            return First(self._held[place], len(range(*place.indices(self._count))))
        return self._held[place]


class _Ends(NamedTuple):
    """Line numbers of a text that is not here."""

    ends: tuple[int, ...]

    def number(self, place: int) -> int:
        """The line in which a character stands."""
        return bisect_right(self.ends, place) + 1


class Opened(Shown):
    """What was kept, as the template asks for it."""

    def __init__(self, kept: Opening, said: Words) -> None:
        self._kept = kept
        self.pages = kept.pages
        self.record, self.said, self.shown = kept.record, said, ""
        self.lines = {source: _Ends(ends) for source, ends in kept.ends.items()}
        self.known = floor.people(kept.record)
        self.styles = dict(kept.styles)
        self.speakers, self.kinds, self.switches = kept.speakers, kept.kinds, kept.switches
        self.anchors = kept.anchors

    def leaves(
        self, within: Span | None = None, lit: Iterable[Overlay] = ()
    ) -> Iterable[tuple[Passage, ...]]:
        """The first page, the only stretch that is kept."""
        return self._kept.leaves

    @cached_property
    def findings(self) -> dict[str, list[Finding]]:
        """The answer, by kind."""
        return _by_kind(self._kept.findings)

    @cached_property
    def groups(self) -> list[Group]:
        """The groups of the ledger, each with its first lines."""
        return [Group(one.name, one.title, First(one.entries, one.total)) for one in self._kept.parts]

    @property
    def warnings(self) -> Sequence[Caution]:
        """What to beware of, the gravest first."""
        return First(self._kept.warnings, self._kept.cautions)

    @property
    def lanes(self) -> Sequence[Lane]:
        """Speakers by share."""
        return self._kept.lanes

    @property
    def also_there(self) -> str:
        """One sentence with those who are there and do not speak."""
        return self._kept.also_there

    @property
    def marks(self) -> int:
        """How many marks stand in the text."""
        return self._kept.marks


def _by_kind(found: Iterable[Finding]) -> dict[str, list[Finding]]:
    held: dict[str, list[Finding]] = {kind: [] for kind in get_args(FindingKind)}
    for one in found:
        held[one.kind].append(one)
    return held


# ------------------------------------------------------------------------------------------------- keeping, reading


def keep(archive: Archive, version: str) -> None:
    """Keep the first page of a version in every language, if it is a long one; for who adds without looking."""
    known = archive.version(version)
    if known.removed or known.turns < fronts.LONG:
        return
    held = holding(archive, known)
    record, _ = held.read(archive)
    for language in languages():
        sheet = Sheet(record, words(language))
        put(archive, held, sheet, paginate(sheet))


def put(archive: Archive, held: Held, sheet: Sheet, pages: Pages) -> None:
    """Keep the first page of what was worked out; an archive that cannot be written now goes without."""
    if archive.engine.readonly or held.version.turns < fronts.LONG:
        return
    body = msgspec.msgpack.encode(opening(sheet, pages))
    try:
        archive.keep_front(held.version.id, sheet.said.language, _state(held, sheet.said), body)
    except CannotWrite as error:
        _LOG.info("the first page is not kept: %s", error)


def find(archive: Archive, held: Held, said: Words) -> Opened | None:
    """The first page of a version as it was kept; None if it was not, or by another program, or in another state."""
    if held.version.turns < fronts.LONG:
        return None
    body = archive.front(held.version, said.language, _state(held, said))
    if body is None:
        return None
    try:
        return Opened(msgspec.msgpack.decode(body, type=Opening), said)
    except msgspec.DecodeError as error:  # by a program that is called as this one and holds something else
        _LOG.info("the first page is made anew: %s", error)
        return None


def _state(held: Held, said: Words) -> str:
    """What a first page is made from and by: another record, correction, word or program makes another one."""
    made = (FORMAT, __version__, _digest(said), held.version.record_sha256, *held.state)
    return hashlib.sha256(msgspec.json.encode(made)).hexdigest()


@lru_cache(maxsize=8)
def _digest(said: Words) -> str:
    return hashlib.sha256(msgspec.json.encode(said.table)).hexdigest()


def opening(sheet: Sheet, pages: Pages) -> Opening:
    """What the first page shows of a record."""
    leaf = Leaf(sheet, pages, 1, "", sheet.said)
    parts = []
    for group in sheet.groups:
        part = leaf.parted(group)
        parts.append(_Part(group.name, group.title, (*part.open, *part.folded), len(group.entries)))
    return Opening(
        record=_bare(sheet.record),
        findings=tuple(one for found in sheet.findings.values() for one in found),
        parts=tuple(parts),
        speakers=sheet.speakers,
        kinds=sheet.kinds,
        switches=sheet.switches,
        warnings=sheet.warnings[:_CAUTIONS],
        cautions=len(sheet.warnings),
        lanes=sheet.lanes,
        also_there=sheet.also_there,
        marks=sheet.marks,
        anchors=dict(sheet.anchors),
        ends={source: tuple(lines.ends) for source, lines in sheet.lines.items()},
        leaves=leaf.leaves,
        pages=pages,
        styles=tuple(sheet.styles.items()),
    )


def _bare(record: Record) -> Record:
    """A record without what grows with its length, but for the headings of its outline and a mark of each kind."""
    headings = [one for one in record.blocks if one.kind == "heading" and one.text.strip()]
    return msgspec.structs.replace(
        record,
        sources=tuple(
            msgspec.structs.replace(
                one, text="", notes=(), languages=tuple({run.value: run for run in one.languages}.values())
            )
            for one in record.sources
        ),
        blocks=tuple(headings[:_HEADINGS]),
        turns=(),
        marks=tuple({one.kind: one for one in record.marks}.values()),
        quotes=(),
        statements=(),
        relations=(),
        flags=(),
    )
