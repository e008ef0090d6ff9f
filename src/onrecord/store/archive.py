"""An archive: what a program or a face does with one, on one page; the other modules do it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from types import TracebackType

import msgspec

from onrecord.errors import UsageError
from onrecord.model import Comparison, Record
from onrecord.spans import Span
from onrecord.store import (
    adding,
    alerts,
    checking,
    desk,
    fronts,
    holdings,
    indexing,
    listing,
    meaning,
    nearest,
    permalinks,
    places,
    searching,
    transfer,
)
from onrecord.store.adding import Compare
from onrecord.store.alerts import Alert, Saved
from onrecord.store.anchors import Anchor
from onrecord.store.answers import Added, Event, Filters, Page, Passage, Place, Source, Version
from onrecord.store.corrections import Correction, Kind, Outcome, Signed
from onrecord.store.listing import Filed, Heard, Listed
from onrecord.store.meaning import Encoder, Progress
from onrecord.store.protocol import Engine

_KEPT_RECORDS = 16


class Archive:
    """Events, their sources, and every version of these; made by `store.open`, and closed by `with`.

    One archive object belongs to one thread. Times are given by the caller (ISO 8601), so that the same calls make
    the same archive.
    """

    def __init__(self, engine: Engine, encoder: Encoder | None = None) -> None:
        self.engine = engine
        self._given = encoder
        self._records = lru_cache(maxsize=_KEPT_RECORDS)(self._corrected)

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file or the connection."""
        self.engine.close()

    # -------------------------------------------------------------------------------------------- adding, removing

    def add(
        self,
        record: Record,
        data: bytes,
        *,
        added: str,
        address: str | None = None,
        event: str | None = None,
        compare: Compare | None = None,
        again: bool = False,
    ) -> Added:
        """Store a record with the bytes it was made from; when this returns, it outlives a loss of power.

        `address` is where the source was published; `event` says of which event it is, where the user knows better
        than likeness does. How a new version differs from the last is kept with it, as `compare` tells it. The same
        bytes change nothing, and removed ones stay removed unless `again`.
        Where meanings are kept, those of the document are made as well.
        """
        named = None if event is None else permalinks.event_name(event)
        document = adding.prepare(record, data, address=address, added=added)
        stored = adding.store(self.engine, document, named, compare, again=again)
        self._encode_source(stored.source)
        return stored

    def holding(self, sha256: str) -> Version | None:
        """The newest version made of bytes of this hash, a tombstone too, so that a batch need not read them again."""
        found = holdings.versions(self.engine, "sha256 = ?", (sha256,))
        return found[-1] if found else None

    def has(self, sha256: str) -> bool:
        """Whether bytes of this hash are here, or were."""
        return self.holding(sha256) is not None

    def remove(self, version: str, *, time: str, reason: str) -> Version:
        """Erase a version's text, record and bytes; its names and hashes stay as a tombstone, and so do its links."""
        if not reason.strip() or not time.strip():
            raise UsageError("a removal needs a reason and a time")
        self._records.cache_clear()
        with self.engine.transaction():
            held = holdings.named(self.engine, version)
            if held.removed:
                raise UsageError(f"version {version} was removed on {held.removed}")
            gone = held._replace(
                removed=holdings.plain(time),
                reason=holdings.plain(reason),
                title=None,
                people="[]",
                sketch=b"",
            )
            holdings.write_stamp(self.engine)
            indexing.erase(self.engine, held.number)
            fronts.erase(self.engine, held.number)
            self.engine.run("DELETE FROM content WHERE version = ?", (held.number,))
            self.engine.run("DELETE FROM shingle WHERE version = ?", (held.number,))
            holdings.write_version(self.engine, gone)
        return gone

    # ----------------------------------------------------------------------------------------------------- reading

    def events(self) -> Iterator[Event]:
        """All events, by name."""
        return holdings.events(self.engine)

    def sources(self, event: str) -> list[Source]:
        """The accounts of an event, in the order in which they came."""
        return holdings.sources(self.engine, event)

    def versions(self, event: str, source: str | None = None) -> list[Version]:
        """The versions of an event's sources, or of one of them, oldest first; tombstones included."""
        if source is None:
            return holdings.versions(self.engine, "event = ?", (event,))
        return holdings.versions(self.engine, "event = ? AND source = ?", (event, source))

    def version(self, id: str) -> Version:
        """One version by its name."""
        return holdings.named(self.engine, id)

    def record(self, version: str, *, corrected: bool = True) -> Record:
        """The record of a version as it reads with its corrections, or as it was made. Its hash is checked first."""
        held = self.version(version)
        if corrected:
            return self._records(held, desk.state(self.engine, held.source))[0]
        return holdings.stored_record(self.engine, held)

    def outcomes(self, version: str) -> list[Outcome]:
        """What became of each correction of the source in this version."""
        held = self.version(version)
        return self._records(held, desk.state(self.engine, held.source))[1]

    def _corrected(self, held: Version, _: tuple[int, ...]) -> tuple[Record, list[Outcome]]:
        """The second argument makes what another program corrected meanwhile another question."""
        return desk.corrected(self.engine, held)

    def data(self, version: str) -> bytes:
        """The bytes of a version as they came in. Their hash is checked first."""
        return holdings.stored_bytes(self.engine, self.version(version))

    def difference(self, version: str) -> Comparison | None:
        """How a version differs from the one before it; None where there is none, or nothing compared them."""
        found = transfer.held_difference(self.engine, self.version(version))
        return None if found is None else msgspec.json.decode(found, type=Comparison)

    def front(self, version: Version, language: str, state: str) -> bytes | None:
        """What a face kept of a version for its first page, if it is of this state (fronts.py)."""
        return fronts.read(self.engine, version, language, state)

    def keep_front(self, version: str, language: str, state: str, body: bytes) -> None:
        """Keep what the first page of a version shows; a version that was removed meanwhile keeps nothing."""
        with self.engine.transaction():
            held = holdings.named(self.engine, version)
            if not held.removed:
                fronts.write(self.engine, held, language, state, body)

    def resolve(self, link: str) -> Place:
        """Where a permalink leads."""
        return places.resolve(self.engine, link)

    def follow(self, link: str) -> tuple[Version, Anchor]:
        """The last version of the source that a permalink leads to, and where the same characters stand in it."""
        return places.follow(self.engine, link)

    # ---------------------------------------------------------------------------------------------------- searching

    def search(
        self,
        query: str,
        filters: Filters | None = None,
        *,
        limit: int = 20,
        after: str | None = None,
        meaning: bool = False,
    ) -> Page:
        """Passages that answer what a person typed, best first; `after` is `Page.next` of the page before.

        With `meaning` those that are nearest in meaning, in whatever words and language: hits by words and by meaning
        never mix. `MissingExtra` where there is no encoder, `UsageError` where `encode` was never called.
        """
        if meaning:
            encoder = self._encoder()
            return nearest.search(self.engine, encoder, query, filters or Filters(), limit, after)
        return searching.search(self.engine, query, filters or Filters(), limit, after)

    def candidates(self, quote: str, limit: int = 20, filters: Filters | None = None) -> list[Passage]:
        """Passages that may hold the words of a quotation, likeliest first; bounded work in an archive of any size."""
        return searching.candidates(self.engine, quote, limit, filters or Filters())

    def encode(self, progress: Progress | None = None) -> int:
        """Keep meanings from now on, and make those that are missing; how many passages were encoded.

        One transaction each 64 passages: an interrupted run loses no more, and is simply run again. `MissingExtra`
        where the extra `semantic` is not installed.
        """
        encoder = self._encoder()
        meaning.switch_on(self.engine)
        return meaning.fill(self.engine, encoder, progress)

    @property
    def keeps_meanings(self) -> bool:
        """Whether `encode` was called once, so that there are meanings to search."""
        return meaning.switched_on(self.engine)

    @property
    def can_encode(self) -> bool:
        """Whether there is an encoder: the extra `semantic`, or the one that was given."""
        return self._given is not None or meaning.available()

    def unencoded(self) -> int:
        """How many passages `encode` would have to encode."""
        return meaning.unencoded(self.engine, self._encoder().name)

    def _encoder(self) -> Encoder:
        return self._given or meaning.of_the_extra()

    def _encode_source(self, source: str) -> None:
        """What was added or corrected is found by meaning at once, where the archive keeps meanings and can."""
        if self.keeps_meanings and self.can_encode:
            meaning.fill(self.engine, self._encoder(), source=source)

    def count(self) -> int:
        """How many texts are searched: versions that are not removed."""
        # All without the tombstones, which an index counts: the rows themselves are not read.
        gone = "SELECT count(*) FROM version WHERE removed IS NOT NULL"
        return int(self.engine.rows(f"SELECT count(*) - ({gone}) FROM version")[0][0])

    def state(self) -> tuple[int, ...]:
        """A name for what is held now: another one after every version and every correction that comes or goes."""
        counts = self.engine.rows("SELECT count(*), count(undone) FROM correction")[0]
        return (holdings.stamp(self.engine), *map(int, counts))

    # ----------------------------------------------------------------------------------------------------- listing

    def newest_events(self, limit: int, offset: int = 0) -> list[Listed]:
        """Events with the number of their accounts, the last added first."""
        return listing.newest_events(self.engine, limit, offset)

    def statements(
        self, kinds: Sequence[str], *, speaker: str | None = None, limit: int = 50, before: int | None = None
    ) -> list[Filed]:
        """What was put on record, over all events, the last filed first; `before` is the number of the last known."""
        return listing.statements(self.engine, kinds, speaker, limit, before)

    def heard(self, speaker: str, limit: int = 200) -> list[Heard]:
        """The accounts in which somebody speaks, the latest events first."""
        return listing.heard(self.engine, speaker, limit)

    def speakers(self, limit: int = 400) -> list[str]:
        """Names of those who speak, by the alphabet."""
        return listing.speakers(self.engine, limit)

    # -------------------------------------------------------------------------------------------------- alerts

    def save_search(
        self, name: str, query: str, filters: Filters | None = None, *, time: str, whole: bool = False
    ) -> None:
        """Keep a search; `alerts` reports what comes after, or with `whole` what is here already as well."""
        alerts.save(self.engine, Saved(name, query, filters or Filters(), time), whole=whole)

    def forget_search(self, name: str) -> None:
        """Drop a saved search."""
        alerts.forget(self.engine, name)

    def searches(self) -> list[Saved]:
        """The saved searches, by name."""
        return [saved for saved, _ in alerts.saved(self.engine)]

    def alerts(self, *, mark: bool = True) -> list[Alert]:
        """What is new in the saved searches since the last look; without `mark` it stays new."""
        return alerts.look(self.engine, mark=mark)

    def feed(self, name: str, address: str, limit: int = 50) -> str:
        """The newest matches of a saved search as an Atom feed; `address` is where the archive is served."""
        return alerts.feed(self.engine, name, address, limit)

    # --------------------------------------------------------------------------------------------------- correcting

    def correct(
        self,
        version: str,
        kind: Kind,
        span: Span,
        value: str,
        *,
        author: str,
        time: str,
        reason: str,
        of: str = "",
        every: bool = False,
    ) -> Correction:
        """Put right what stands at a span (corrections.py says what each kind wants); search shows it at once.

        What the same author has said of it already stands once and is answered as it stands.
        """
        by, held = Signed(author, time, reason), self.version(version)
        made = desk.correct(self.engine, held, kind, span, value, by, of=of, every=every)
        self._encode_source(held.source)
        return made

    def already(
        self,
        version: str,
        kind: Kind,
        span: Span,
        value: str,
        *,
        author: str,
        of: str = "",
        every: bool = False,
    ) -> Correction | None:
        """The standing correction that `correct` would answer with, because its author said it before, if any."""
        by, held = Signed(author, "", ""), self.version(version)
        return desk.already(self.engine, held, kind, span, value, by, of=of, every=every)

    def undo(self, correction: str, *, author: str, time: str, reason: str = "") -> Correction:
        """Take a correction back, wherever it was applied; it is kept, and so is who undid it."""
        undone, source = desk.undo(self.engine, correction, Signed(author, time, reason))
        self._encode_source(source)
        return undone

    def corrections(self, source: str) -> list[Correction]:
        """The corrections of a source, oldest first, those undone included."""
        return desk.corrections_of(self.engine, source)

    # ---------------------------------------------------------------------------------------------------- keeping

    def verify(self) -> list[str]:
        """Everything that is not as it was stored, one line each; an empty list if all of it is."""
        return list(checking.faults(self.engine))

    def reindex(self) -> None:
        """Make the whole index again from the records; for an index that `verify` found damaged."""
        for row in self.engine.rows("SELECT number FROM version WHERE removed IS NULL ORDER BY number"):
            (held,) = holdings.versions(self.engine, "number = ?", row)
            made = indexing.rows(desk.corrected(self.engine, held)[0])
            with self.engine.transaction():
                indexing.rewrite(self.engine, held.number, made)

    def settle(self) -> None:
        """Say that a batch is done: a file of moderate size is then written anew, so that damage to it shows."""
        self.engine.settle()

    def backup(self, path: str) -> None:
        """A copy of the archive as one file, consistent although others write meanwhile (SQLite only)."""
        self.engine.backup(path)

    def export(self, path: str) -> None:
        """The whole archive as one zip of JSON lines, without meanings; the same archive gives the same bytes."""
        transfer.export(self.engine, path)

    def import_(self, path: str) -> int:
        """Bring in an exported archive; how many versions were new. Can be repeated after an interruption.

        Meanings are not in it: `encode` makes them.
        """
        return transfer.import_(self.engine, path)

    def digest(self) -> str:
        """A hash of all that is held, whatever the order in which it came: two archives with it hold the same."""
        total = hashlib.sha256()
        for table, columns in (
            ("version", "id, sha256, text_sha256, record_sha256, removed IS NULL"),
            ("correction", "id, undone IS NULL"),
        ):
            for row in self.engine.each(f"SELECT {columns} FROM {table} ORDER BY id"):
                total.update(msgspec.json.encode([table, *row[:-1], bool(row[-1])]) + b"\n")
        return total.hexdigest()
