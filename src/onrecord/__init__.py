"""onrecord turns published accounts of public events into a record that anyone can check.

    read            a text becomes a record: who was there, who said what, what was agreed
    compare         two accounts or more beside each other: what is missing, added, changed
    check           did they say it? the verdict on one quotation
    check_article   the same for every quotation of an article
    open_archive    records and versions kept together, searched and corrected (an `Archive`)
    verify          does a record hold: every hash, span and id
    export_as       a record in the format of somebody else
    to_pandas, to_polars, to_arrow      the items of records as tables

>>> from importlib.resources import files
>>> record = read(files("onrecord") / "examples" / "transcript.de.txt")
>>> [person.name for person in record.people][:2]
['Alva Reuss', 'Teodor Brask']
>>> verify(record)
[]

Importing this package costs nothing: what a verb needs is imported when it is called. docs/python.md has the tour.
"""

from __future__ import annotations

TYPE_CHECKING = False  # type checkers take it for true; `import typing` would cost more than the rest
if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Mapping
    from os import PathLike
    from typing import TypeAlias

    from onrecord.export.frames import ArrowTable as ArrowTable
    from onrecord.export.frames import PandasFrame as PandasFrame
    from onrecord.export.frames import PolarsFrame as PolarsFrame
    from onrecord.export.frames import Tabled
    from onrecord.model import Comparison, Record, Verdict
    from onrecord.quotecheck import Corpus
    from onrecord.sources import Readable
    from onrecord.store import Archive

    Account: TypeAlias = Readable | Record
    Place: TypeAlias = Account | Archive | Corpus

__version__ = "0.1.0"
__all__ = [
    "Archive", "Comparison", "Record", "Verdict", "check", "check_article", "compare", "export_as", "open_archive",
    "read", "to_arrow", "to_pandas", "to_polars", "verify",
]  # fmt: skip


def read(
    source: Readable,
    *,
    aliases: Mapping[str, str] | None = None,
    language: str | None = None,
    date: str | datetime.date | None = None,
    ledger: bool = True,
    name: str | None = None,
) -> Record:
    """The record of one document: a path, its bytes, or a file that is open.

    `aliases` maps printed labels to names; `language` (ISO 639-1) and `date` (ISO 8601) are what you know better than
    the text. Without `ledger` the record stops at who spoke. `name` is what it calls a document without a path.

    Nothing is fetched. Raises, of `onrecord.errors`, `NoInput`, `Unreadable`, `Refused` or `MissingExtra` for the
    document and `UsageError` for the rest, each with one line that says what to do.

    >>> record = read(b"Vance: We leave the pier open.\\nMorel: Until the spring.\\nVance: Agreed.\\n", name="quay.txt")
    >>> record
    <Record 'quay.txt': 2 people, 3 turns, 0 quotes, 0 statements, 0 flags>
    >>> record.turns[0].span, record.sources[0].text[7:30]
    (Span(start=0, end=30), 'We leave the pier open.')
    """
    from onrecord.record import read_source
    from onrecord.sources import open_handed
    from onrecord.ui.given import given_date, given_language

    return read_source(
        open_handed(source, name),
        aliases=aliases,
        language=given_language(language) if language else None,
        date=given_date(date) if date else None,
        ledger=ledger,
    )


def compare(*accounts: Account, semantic: bool | None = None) -> Comparison:
    """What differs between accounts of one event, worst first; it never says which is right.

    Each account is a record or what `read` takes. `semantic` compares meanings across languages with the extra of that
    name; None: where it is installed. Offsets are code points of either text. `UsageError` for fewer than two accounts.

    >>> difference = compare(b"Vance: The pier opens in May.", b"Vance: The pier opens in June.").differences[0]
    >>> difference.severity, difference.a_text, difference.b_text
    ('major', 'May', 'June')
    """
    from onrecord.collation import compare as collate
    from onrecord.errors import UsageError

    if len(accounts) < 2:
        raise UsageError("comparing needs two accounts or more: compare(a, b)")
    return collate([_record(account) for account in accounts], semantic=semantic)


def check(
    quote: str,
    within: Place | Iterable[Account],
    *,
    by: str | None = None,
    since: str | datetime.date | None = None,
    event: str | None = None,
    semantic: bool | None = None,
) -> Verdict:
    """Did they say it? One quotation against a record, a text, several of these, or an archive.

    `by` names who is said to have spoken; `since` (ISO 8601 date) and `event` (part of a title) narrow the search.
    The verdicts are those of docs/check.md. `UsageError` for a quotation without a word, or a date that is none.

    >>> quay = b"Vance: We leave the pier open until the spring, and not a day longer than that."
    >>> verdict = check("We leave the pier open until the autumn", quay, by="Vance")
    >>> verdict.verdict, verdict.speaker_match, verdict.matches[0].turn
    ('altered', True, 't1')
    """
    from contextlib import closing

    from onrecord.quotecheck import check as judge
    from onrecord.ui.given import given_date

    after = given_date(since) if since else None
    with closing(_Sought(within)) as sought:
        return judge(quote, sought.corpus, by=by, since=after, event=event, semantic=semantic)


def check_article(
    article: Account, within: Place | Iterable[Account] | None = None, *, semantic: bool | None = None
) -> list[Verdict]:
    """One verdict for each quotation of an article, worst first; without `within` against the transcript it prints.

    `UsageError` where the article prints none.

    >>> from importlib.resources import files
    >>> [one.verdict for one in check_article(files("onrecord") / "examples" / "article.en.txt")][:2]
    ['spliced', 'altered']
    """
    from contextlib import closing

    from onrecord.quotecheck import check_article as judge

    if within is None:
        return judge(_record(article), semantic=semantic)
    with closing(_Sought(within)) as sought:
        return judge(_record(article), sought.corpus, semantic=semantic)


def open_archive(address: str | PathLike[str], *, create: bool = False, readonly: bool = False) -> Archive:
    """The archive at a path, or in PostgreSQL at `postgresql://user@host/database`; use it in a `with`.

    With `create` one is made where there is none; else that is `NoInput`. `BadData` for a file that is something else.
    docs/archive.md says what it can do.

    >>> from tempfile import TemporaryDirectory
    >>> text = b"Vance: We leave the pier open.\\nMorel: Until the spring.\\nVance: Agreed.\\n"
    >>> with TemporaryDirectory() as folder, open_archive(f"{folder}/quay.onrecord", create=True) as archive:
    ...     version = archive.add(read(text, name="quay.txt"), text, added="2031-05-04T10:00:00Z")
    ...     [(hit.passage.item, hit.passage.speaker) for hit in archive.search("spring").hits]
    [('t2', 'Morel')]
    """
    from onrecord.store import open as open_store

    return open_store(address, create=create, readonly=readonly)


def verify(record: Record) -> list[str]:
    """Every way in which a record does not hold (hashes, spans, ids); an empty list when it does.

    >>> verify(read(b"Vance: We leave the pier open."))
    []
    """
    from onrecord.verification import verify as faults

    return faults(record)


def export_as(record: Account, format: str) -> bytes:
    """A record in the format of somebody else: "tei", "akn", "convokit", "csv", "html" … (docs/export.md).

    `UsageError` for a name that nobody offers. It has this name because `onrecord.export` is the room of the formats.

    >>> export_as(b"Vance: We leave the pier open.", "jsonl")[:34]
    b'{"id":"t1","speaker":"Vance","text'
    """
    from onrecord.export.formats import export

    return export(_record(record), format)


def to_arrow(records: Tabled | Iterable[Tabled], table: str = "turns") -> ArrowTable:
    """One table of one or more records, or of the answers about them, as an Arrow table (extra `parquet`).

    Tables of records: documents, people, turns, marks, quotes, statements, relations, flags; of comparisons:
    differences; of verdicts: verdicts, matches. Offsets are int64, in code points; `document`, the hash of a text,
    joins them. `UsageError` for another name, `MissingExtra` without pyarrow.

    >>> record = read(b"Vance: We leave the pier open.\\nMorel: Until the spring.\\nVance: Agreed.\\n")
    >>> to_arrow(record).column("name").to_pylist()
    ['Vance', 'Morel', 'Vance']
    """
    from onrecord.export import frames

    return frames.to_arrow(records, table)


def to_pandas(records: Tabled | Iterable[Tabled], table: str = "turns") -> PandasFrame:
    """The same as a data frame of pandas (extra `pandas`); lists stay lists, offsets whole numbers.

    >>> to_pandas(read(b"Vance: We leave the pier open."))[["start", "end", "name"]].values.tolist()
    [[0, 30, 'Vance']]
    """
    from onrecord.export import frames

    return frames.to_pandas(records, table)


def to_polars(records: Tabled | Iterable[Tabled], table: str = "turns") -> PolarsFrame:
    """The same as a data frame of polars (extra `polars`).

    >>> to_polars(read(b"Vance: We leave the pier open.")).select("start", "end", "name").rows()
    [(0, 30, 'Vance')]
    """
    from onrecord.export import frames

    return frames.to_polars(records, table)


# ------------------------------------------------------------------------------------------ what the verbs accept


def _record(account: Account) -> Record:
    """A record as it is, or that of a text."""
    from onrecord.model import Record

    return account if isinstance(account, Record) else read(account)


def _accounts(within: Account | Iterable[Account]) -> Iterable[Account]:
    """One account or several; what can be read is one, although bytes, files and tuples of ours have items too."""
    from collections.abc import Iterable
    from os import PathLike
    from typing import cast

    from onrecord.model import Record
    from onrecord.sources import Opened

    one = isinstance(within, Record | Opened | str | PathLike | bytes | bytearray | memoryview) or hasattr(
        within, "read"
    )
    if one or not isinstance(within, Iterable):
        return [cast("Account", within)]
    return cast("Iterable[Account]", within)


class _Sought:
    """Where a quotation is sought, and what has to be closed afterwards: an archive that the caller did not open."""

    def __init__(self, within: Place | Iterable[Account]) -> None:
        from os import PathLike

        from onrecord.quotecheck import Corpus, Library
        from onrecord.store import Archive
        from onrecord.store.consulted import Consulted, is_archive

        self._opened: Archive | None = None
        self.corpus: Corpus
        if isinstance(within, Archive):
            self.corpus = Consulted(within)
        elif isinstance(within, Corpus):
            self.corpus = within
        elif isinstance(within, str | PathLike) and is_archive(str(within)):
            self._opened = open_archive(within, readonly=True)
            self.corpus = Consulted(self._opened)
        else:
            self.corpus = Library([_record(account) for account in _accounts(within)])

    def close(self) -> None:
        if self._opened is not None:
            self._opened.close()


if not TYPE_CHECKING:  # a type checker would believe that any name is here

    def __getattr__(name):
        """The types that the verbs give and take, imported when they are first named."""
        rooms = {"Archive": "store", "Comparison": "model", "Record": "model", "Verdict": "model"}
        if name not in rooms:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        thing = getattr(import_module(f"onrecord.{rooms[name]}"), name)
        globals()[name] = thing
        return thing

    def __dir__():
        """What is offered, the types included, for completion at a prompt."""
        return sorted({*globals(), *__all__} - {"TYPE_CHECKING", "annotations"})
