"""The library at a prompt and in a notebook: the verbs, short reprs, safe HTML, tables, lazy imports."""

from __future__ import annotations

import copy
import doctest
import io
import json
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import msgspec
import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import onrecord
from onrecord.errors import MissingExtra, NoInput, UsageError
from onrecord.export.tables import TABLES
from onrecord.model import Flag, Item, Mark, Person, Quote, Record, Turn
from onrecord.record import decode, encode, read_source
from onrecord.sources import open_bytes
from onrecord.spans import Span

EXAMPLES = Path(onrecord.__file__).parent / "examples"
ARTICLE, OFFICIAL = EXAMPLES / "article.en.txt", EXAMPLES / "official.en.txt"
QUAY = b"Vance: We leave the pier open.\nMorel: Until the spring, and no longer.\nVance: Agreed, until the spring.\n"


@pytest.fixture(scope="module")
def article() -> Record:
    return onrecord.read(ARTICLE)


def quay(said: bytes = QUAY) -> Record:
    """A record of three lines."""
    return read_source(open_bytes("quay.txt", said))


# ------------------------------------------------------------------------------------------------- the verbs


def test_accounts_are_records_or_paths(article: Record) -> None:
    from_records = onrecord.compare(article, onrecord.read(OFFICIAL))
    from_paths = onrecord.compare(str(ARTICLE), OFFICIAL)
    assert msgspec.json.encode(from_records) == msgspec.json.encode(from_paths)
    assert from_records.differences[0].severity == "critical"


def test_one_account_is_no_comparison(article: Record) -> None:
    with pytest.raises(UsageError, match="two accounts or more"):
        onrecord.compare(article)


def handed(folder: Path) -> dict[str, tuple[Any, str]]:
    """The same text in every form in which a program may hold it, and what its record is called."""
    path = folder / "quay.txt"
    path.write_bytes(QUAY)
    return {
        "path": (path, str(path)),
        "string": (str(path), str(path)),
        "bytes": (QUAY, "document"),
        "bytearray": (bytearray(QUAY), "document"),
        "file": (path.open("rb"), "quay.txt"),
        "file for text": (path.open(encoding="utf-8"), "quay.txt"),
        "stream": (io.BytesIO(QUAY), "document"),
        "text stream": (io.StringIO(QUAY.decode()), "document"),
        "opened": (open_bytes("quay.txt", QUAY), "quay.txt"),
    }


def test_a_text_is_read_in_whatever_form_it_comes(tmp_path: Path) -> None:
    for form, (source, name) in handed(tmp_path).items():
        record = onrecord.read(source)
        assert record.sources[0].text == QUAY.decode() and record.sources[0].name == Path(name).name, form
        if hasattr(source, "close"):
            source.close()
    assert onrecord.read(QUAY, name="quay.md").sources[0].name == "quay.md"
    for form, (source, _) in handed(tmp_path).items():
        assert onrecord.check("Until the spring, and no longer", source).verdict == "exact", form
        if hasattr(source, "close"):
            source.close()


WRONG: list[tuple[str, type[Exception], str]] = [
    ("onrecord.read('Vance: Yes.\\nMorel: No.')", UsageError, r"a text, where a path is wanted; .* text\.encode\(\)"),
    ("onrecord.read('https://harlan.example/a')", NoInput, r"nothing is fetched; onrecord\.read\(onrecord\.sources"),
    ("onrecord.read(None)", UsageError, "a path, bytes or an open file, not None"),
    ("onrecord.read([ARTICLE])", UsageError, "a path, bytes or an open file, not a list"),
    ("onrecord.read(io.StringIO('\\ud800'))", UsageError, "half a character at 0; open the file for bytes"),
    ("onrecord.read(QUAY, language='english')", UsageError, '"english" is not the code of a language'),
    ("onrecord.read(QUAY, date='14.6.2024')", UsageError, '"14.6.2024" is not a date; write 2031-03-14'),
    ("onrecord.check('the spring', QUAY, since='yesterday')", UsageError, '"yesterday" is not a date'),
    ("onrecord.check('the spring', 3)", UsageError, "a path, bytes or an open file, not a int"),
    ("onrecord.compare([QUAY, QUAY])", UsageError, r"two accounts or more: compare\(a, b\)"),
    ("onrecord.to_arrow(ARTICLE)", UsageError, "records, comparisons and verdicts, not of a PosixPath: read it"),
]  # fmt: skip


@pytest.mark.parametrize(("call", "error", "told"), WRONG)
def test_a_wrong_call_says_what_to_do(call: str, error: type[Exception], told: str) -> None:
    with pytest.raises(error, match=told):
        eval(call)


def test_a_date_is_a_date_or_its_letters() -> None:
    from datetime import date

    monday = b"Vance: We open on Monday.\nMorel: Until the spring.\nVance: Agreed.\n"
    assert onrecord.read(monday, date=date(2031, 5, 3)) == onrecord.read(monday, date="2031-05-03")


def test_records_are_values(article: Record) -> None:
    """Equal, hashable, copied and sent to other processes; items sort by their span."""
    again = onrecord.read(ARTICLE)
    assert again == article and len({again, article}) == 1
    assert pickle.loads(pickle.dumps(article)) == article == copy.deepcopy(article)
    assert sorted({*article.turns}, key=lambda turn: turn.span) == list(article.turns)
    with ThreadPoolExecutor(4) as threads:
        assert set(threads.map(onrecord.read, [ARTICLE] * 6)) == {article}


SAID = "Until the spring, and no longer"


def places(folder: Path) -> dict[str, Any]:
    """The same text in every form in which a quotation can be sought."""
    text = folder / "quay.txt"
    text.write_bytes(QUAY)
    with onrecord.open_archive(folder / "quay.onrecord", create=True) as archive:
        archive.add(quay(), QUAY, added="2031-05-04T10:00:00Z")
    return {
        "path": text,
        "string": str(text),
        "record": quay(),
        "records": [quay(), ARTICLE],
        "generator": (one for one in [text]),
        "archive's path": folder / "quay.onrecord",
    }


def test_a_quotation_is_sought_wherever_one_says(tmp_path: Path) -> None:
    verdicts = {name: onrecord.check(SAID, place).verdict for name, place in places(tmp_path).items()}
    assert set(verdicts.values()) == {"exact"}, verdicts


def test_an_open_archive_stays_open(tmp_path: Path) -> None:
    places(tmp_path)
    with onrecord.open_archive(tmp_path / "quay.onrecord") as archive:
        assert isinstance(archive, onrecord.Archive)
        assert onrecord.check(SAID, archive, by="Morel").verdict == "exact"
        assert onrecord.check(SAID, archive, by="Vance").verdict == "misattributed"
        assert archive.count() == 1


def test_an_article_is_checked_against_its_own_transcript_or_another(article: Record) -> None:
    own = onrecord.check_article(article)
    other = onrecord.check_article(ARTICLE, OFFICIAL)
    assert own[0].verdict == "spliced"
    assert {one.quote for one in own} == {one.quote for one in other}


def test_a_missing_file_is_said_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(NoInput, match="no such file"):
        onrecord.check("anything", tmp_path / "none.txt")


def test_what_is_exported_comes_back(article: Record, tmp_path: Path) -> None:
    path = tmp_path / "article.xml"
    path.write_bytes(onrecord.export_as(article, "tei"))
    again = onrecord.read(path)
    assert [turn.text for turn in again.turns] == [turn.text for turn in article.turns]


def test_a_format_that_nobody_offers_lists_those_there_are(article: Record) -> None:
    with pytest.raises(UsageError, match="tei, akn"):
        onrecord.export_as(article, "papyrus")


@pytest.mark.parametrize("name", onrecord.__all__)
def test_what_is_offered_is_documented(name: str) -> None:
    assert name in dir(onrecord)
    assert getattr(onrecord, name).__doc__


def test_what_is_not_offered_is_no_attribute() -> None:
    with pytest.raises(AttributeError, match="no attribute 'transmogrify'"):
        _ = onrecord.transmogrify  # type: ignore[attr-defined]


# ------------------------------------------------------------------------------------------------ short reprs

SPAN = Span(4, 14)
REPRS: list[tuple[Any, str]] = [
    (
        Mark("s1", SPAN, "(laughter)", "stage", turn="t2"),
        "<Mark [4, 14) source='s1' kind='stage' turn='t2' '(laughter)'>",
    ),
    (Person("p1", "Ada Winmark", "person"), "<Person p1 name='Ada Winmark' kind='person'>"),
    (
        Turn("t1", "s1", SPAN, "a\u202eb" * 80, None, (SPAN,), "p1"),
        "<Turn t1 [4, 14) source='s1' speech=(1) speaker='p1' judgement='unresolved' "
        + repr(("a\u202eb" * 80)[:59] + "…")
        + ">",
    ),
    (
        Quote("q1", "s1", SPAN, "x", (), "direct", None, None, SPAN, (), "likely", None, "r"),
        "<Quote q1 [4, 14) source='s1' type='direct' cue=[4, 14) judgement='likely' rule='r' 'x'>",
    ),
]


@pytest.mark.parametrize(("thing", "shown"), REPRS, ids=lambda value: type(value).__name__)
def test_an_item_is_one_line(thing: Any, shown: str) -> None:
    assert repr(thing) == shown


def test_a_record_is_one_line(article: Record) -> None:
    bare = read_source(open_bytes("quay.txt", QUAY), ledger=False)
    assert repr(bare) == "<Record 'quay.txt': 2 people, 3 turns, 0 quotes, 0 statements, 0 flags>"
    assert repr(article).startswith("<Record 'article.en.txt': ")


@given(st.text())
def test_no_text_makes_a_repr_long_or_two_lines(text: str) -> None:
    shown = repr(Item("s1", Span(0, len(text)), text, text))
    assert len(shown) < 1200
    assert shown.isprintable()


def test_the_json_is_what_it_was(article: Record) -> None:
    assert decode(encode(article)) == article
    assert set(json.loads(encode(article))) == set(Record.__struct_fields__)


# ---------------------------------------------------------------------------------------------- in a notebook


class Tags(HTMLParser):
    """The tags of a page, with their attributes; and whether each is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen |= {tag, *(f"@{name}" for name, _ in attrs)}
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


OURS = {"div", "p", "strong", "br", "table", "caption", "tr", "th", "td", "@class", "@dir"}


def tags(page: str) -> set[str]:
    """What a page is made of; it must be well formed."""
    parser = Tags()
    parser.feed(page)
    parser.close()
    assert parser.open == []
    return parser.seen


def test_a_record_shows_its_speakers_and_what_was_put_on_record(article: Record) -> None:
    page = article._repr_html_()
    assert tags(page) <= OURS
    assert '<td dir="auto">Marlen Castle</td>' in page
    assert "interpreted words" in page
    assert "and " in page and " more</p>" in page


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet="<>&\"'\u202e\x00\ud800aé \n"))
def test_no_text_becomes_markup(text: str) -> None:
    said = f"Vance: We promise <script>alert(1)</script> {text} by Friday.\nMorel: Agreed."
    record = quay(said.encode("utf-8", "replace"))
    verdict = onrecord.check("<b>we</b> promise", record, by='<i title="x">')
    for page in (record._repr_html_(), verdict._repr_html_(), onrecord.compare(record, quay())._repr_html_()):
        assert tags(page) <= OURS
        assert "\u202e" not in page
        page.encode()


def test_a_verdict_shows_whose_words_they_are(article: Record) -> None:
    page = onrecord.check_article(article)[0]._repr_html_()
    assert "spliced" in page
    assert "not shown to be the speaker’s own words" in page


def test_a_comparison_shows_the_worst_first() -> None:
    page = onrecord.compare(ARTICLE, OFFICIAL)._repr_html_()
    assert page.index("critical") < page.index("major")


# ---------------------------------------------------------------------------------------------------- tables


@pytest.mark.parametrize("table", TABLES)
def test_every_table_is_the_same_in_every_library(article: Record, table: str) -> None:
    rows = article.to_arrow(table).to_pylist()
    assert article.to_polars(table).to_dicts() == rows
    frame = article.to_pandas(table)
    assert list(frame.columns) == list(TABLES[table])
    assert len(frame) == len(rows)
    for name, kind in TABLES[table].items():
        if kind in {"integer", "texts"}:
            assert frame[name].tolist() == [row[name] for row in rows]


def test_offsets_are_integers_and_read_their_text(article: Record) -> None:
    frame = article.to_pandas("statements")
    assert str(frame["start"].dtype) == "int64"
    text = article.sources[0].text
    assert [text[a:b] for a, b in zip(frame["start"], frame["end"], strict=True)] == frame["text"].tolist()


def test_several_records_are_one_table(article: Record) -> None:
    frame = onrecord.to_pandas([article, quay()])
    assert len(frame) == len(article.turns) + 3
    assert frame["document"].nunique() == 2


def test_a_table_without_rows_keeps_its_columns() -> None:
    assert list(quay().to_pandas("flags").columns) == list(TABLES["flags"])


def test_a_table_that_is_none_lists_those_there_are() -> None:
    with pytest.raises(UsageError, match="documents, people, turns"):
        quay().to_pandas("furniture")


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_missing_library_is_named_with_its_extra(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtra, match=rf'pip install "onrecord\[{library}\]"'):
        getattr(onrecord, f"to_{library}")(quay())


# -------------------------------------------------------------------------------------------------- lazy imports


def cost(statement: str) -> float:
    """Seconds of processor time for a statement in a fresh Python: the least of five."""
    program = f"from time import process_time as now\nbegan = now()\n{statement}\nprint(now() - began)"
    runs = [
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        for _ in range(5)
    ]
    return min(float(run.stdout) for run in runs)


def test_importing_costs_little() -> None:
    assert cost("import onrecord") <= 12 * cost("import json")


def test_naming_a_verb_imports_nothing() -> None:
    program = (
        "import sys, onrecord; before = set(sys.modules)\n"
        "onrecord.read, onrecord.compare, onrecord.check, onrecord.to_pandas\n"
        "assert set(sys.modules) == before"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_a_match_is_shown_without_its_hash(article: Record) -> None:
    match = onrecord.check(article.turns[0].text[:60], article).matches[0]
    assert match.document == article.sources[0].text_sha256
    assert match.document[:8] not in repr(match)


def test_flags_are_items_too() -> None:
    """The base type makes all of them short, those that come later included."""
    assert Flag.__repr__ is Turn.__repr__


# ------------------------------------------------------------------------------------- the page and the notebook

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOK = ROOT / "examples" / "port-harlan.ipynb"

EXECUTE = """
import sys, nbclient, nbformat
notebook = nbformat.read(sys.argv[1], 4)
nbclient.NotebookClient(notebook, timeout=300, record_timing=False).execute()
nbformat.write(notebook, sys.argv[2])
"""


def test_the_page_is_true() -> None:
    page = str(ROOT / "docs" / "python.md")
    result = doctest.testfile(page, module_relative=False, optionflags=doctest.ELLIPSIS)
    assert result.attempted > 20
    assert result.failed == 0


def shown(notebook: Any) -> list[list[str]]:
    """What each cell of a notebook shows: the kinds of its outputs."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return [
        [kind for output in cell.outputs for kind in output.get("data", {output.output_type: ""})]
        for cell in cells
    ]


def test_the_notebook_runs_and_shows_what_it_showed(tmp_path: Path) -> None:
    """To run it again and keep the outputs: `jupyter execute --inplace examples/port-harlan.ipynb`."""
    again = tmp_path / "again.ipynb"
    answer = subprocess.run(
        [sys.executable, "-c", EXECUTE, str(NOTEBOOK), str(again)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr[-2000:]
    stored, made = nbformat.read(NOTEBOOK, 4), nbformat.read(again, 4)
    assert shown(stored) == shown(made)
    assert sum("image/png" in kinds for kinds in shown(made)) == 3
    assert [cell.source for cell in stored.cells] == [cell.source for cell in made.cells]
