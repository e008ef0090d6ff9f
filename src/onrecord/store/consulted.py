"""An archive as the place where quotations are sought: it names a few candidates, however much it holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from onrecord.model import Record
from onrecord.quotecheck import Candidate, Candidates
from onrecord.store.answers import Filters, Passage
from onrecord.store.archive import Archive
from onrecord.store.protocol import SERVERS
from onrecord.store.words import keys
from onrecord.text.matching import fold

_SQLITE = b"SQLite format 3\0"
PASSAGES = 40  # that are looked at for one quotation; what is not among them is hardly alike
_EVENTS = 20  # of those whose title holds what was asked for
_MEANT = 10  # passages near in meaning that are looked at besides, where the words are nowhere
_SPOKEN = 0.5  # share of a quotation's words that a passage has which may be it, however altered


def is_archive(path: str) -> bool:
    """Whether a path looks like an archive and not like a text: an address of PostgreSQL, or a database file."""
    if path.startswith(SERVERS):
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
        for passage in self._passages(words, since, event):
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

    def _passages(self, words: Sequence[str], since: str | None, event: str | None) -> Iterator[Passage]:
        for filters in self._filters(since, event):
            found = self.archive.candidates(" ".join(words), PASSAGES, filters)
            yield from found
            if not _spoken(words, found):
                yield from self._meant(words, filters)

    def _filters(self, since: str | None, event: str | None) -> Iterator[Filters]:
        """One for each event that is asked for."""
        if event is None:
            yield Filters(since=since)
            return
        asked = fold(event)
        fitting = (one.id for one in self.archive.events() if one.title and asked in fold(one.title))
        for _, id in zip(range(_EVENTS), fitting, strict=False):
            yield Filters(since=since, event=id)

    def _meant(self, words: Sequence[str], filters: Filters) -> Iterator[Passage]:
        """Passages that say the same, in another language perhaps, where the archive has meanings to compare."""
        if self.archive.keeps_meanings and self.archive.can_encode:
            page = self.archive.search(" ".join(words), filters, limit=_MEANT, meaning=True)
            yield from (hit.passage for hit in page.hits)

    def record(self, name: str) -> Record:
        """The record of a version, as it stands corrected."""
        return self._read(name)


def _spoken(words: Sequence[str], found: Sequence[Passage]) -> bool:
    """Whether some passage has so many of the words that the quotation may have been spoken there as it is."""
    asked = set(keys(" ".join(words)))
    return any(len(asked.intersection(keys(passage.text))) >= _SPOKEN * len(asked) for passage in found)
