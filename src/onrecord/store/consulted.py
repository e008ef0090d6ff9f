"""An archive as the place where quotations are sought: it names a few candidates, however much it holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from onrecord.model import Record
from onrecord.quotecheck import Candidate, Candidates
from onrecord.store.answers import Filters, Passage
from onrecord.store.archive import Archive
from onrecord.text.matching import fold

_SQLITE = b"SQLite format 3\0"
PASSAGES = 40  # that are looked at for one quotation; what is not among them is hardly alike
_EVENTS = 20  # of those whose title holds what was asked for


def is_archive(path: str) -> bool:
    """Whether a path looks like an archive and not like a text: an address of PostgreSQL, or a database file."""
    if path.startswith(("postgresql://", "postgres://")):
        return True
    try:
        with Path(path).open("rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except (OSError, ValueError):  # a folder, or nothing: whoever reads it as a text will say so
        return False


class Consulted:
    """What `quotecheck.check` asks of an archive (its `Corpus`)."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.links: dict[str, str] = {}
        self._read = lru_cache(maxsize=64)(archive.record)

    def candidates(
        self, words: Sequence[str], *, since: str | None = None, event: str | None = None
    ) -> Candidates:
        """The versions whose passages are likeliest to hold the words, with the turns worth reading."""
        turns: dict[str, set[str] | None] = {}
        for passage in self._passages(" ".join(words), since, event):
            self.links[passage.version] = passage.link
            here = turns.setdefault(passage.version, set())
            if passage.item is None or here is None:
                turns[passage.version] = None  # words of the article: all of it is read
            else:
                here.add(passage.item)
        places = tuple(
            Candidate(version, None if at is None else frozenset(at)) for version, at in turns.items()
        )
        return Candidates(places, self.archive.count())

    def _passages(self, quote: str, since: str | None, event: str | None) -> Iterator[Passage]:
        if event is None:
            yield from self.archive.candidates(quote, PASSAGES, Filters(since=since))
            return
        asked = fold(event)
        fitting = (one.id for one in self.archive.events() if one.title and asked in fold(one.title))
        for _, id in zip(range(_EVENTS), fitting, strict=False):
            yield from self.archive.candidates(quote, PASSAGES, Filters(since=since, event=id))

    def record(self, name: str) -> Record:
        """The record of a version, as it stands corrected."""
        return self._read(name)
