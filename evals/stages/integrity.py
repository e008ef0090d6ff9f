"""Damage: what of it is flagged, and how many words of sound text are flagged for nothing.

Groups are sets of texts: injected errors (one kind each, and only flags of that kind count), machine translations with
errors marked by hand (the founding document; what its form shows and all of it), clean texts, and whose words a
document is said to hold. Only rules of tier `form` are measured, on the text alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

from evals.bench import fingerprint, load_module, on_every_core
from evals.prediction import read
from evals.rows import Row
from onrecord.integrity import find_flags
from onrecord.integrity.document import Document
from onrecord.integrity.origin import words_of
from onrecord.model import Flag
from onrecord.spans import Text

STAGE = "integrity"
KINDS = {
    "synthetic_fr_dup": "duplicate",
    "synthetic_fr_glue_camel": "glued",
    "synthetic_fr_lower_name": "lower_case_name",
    "synthetic_fr_untranslated": "untranslated",
}
SEED = "alaska-2025.fr-mt.txt"
EXAMPLES = ("article.fr-mt.txt", "article.es-mt.txt")

Place = tuple[int, int, str]


def measure(bench: Path, split: str) -> list[Row]:
    """One row a set of texts; only the half that was given away is known (`dev`)."""
    folder = bench / STAGE
    if split != "dev" or not (folder / "scorer.py").is_file():
        return []
    score = load_module(folder / "scorer.py")
    rows = [_injected(score, folder / f"{name}.jsonl", kind) for name, kind in KINDS.items()]
    rows += [_clean(score, path) for path in sorted(folder.glob("clean_pud_*.jsonl"))]
    rows += _seed(score, bench)
    return [*rows, *_words(bench)]


def _injected(score: ModuleType, path: Path, kind: str) -> Row:
    texts = _rows(path)
    found = on_every_core(_flags, [(text["text"], "fr") for text in texts])
    places = [[place for place in flags if place[2] == kind] for flags in found]
    return _row(path.stem, score.score(texts, places), [path])


def _clean(score: ModuleType, path: Path) -> Row:
    texts = _rows(path)
    found = on_every_core(_flags, [(text["text"], path.stem[-2:]) for text in texts])
    values = {"cases": len(texts), "false_flags": score.per_thousand(texts, found)}
    return Row.of(STAGE, "dev", path.stem, values, fingerprint([path]))


def _seed(score: ModuleType, bench: Path) -> list[Row]:
    """The founding document: all damage, what its form shows, and what is critical."""
    path, gold = bench.parent / "seed" / SEED, bench / STAGE / "seed.dev.gold.json"
    if not path.is_file():
        return []
    marked = json.loads(gold.read_text("utf-8"))
    low, high = marked["range"]
    text = path.read_bytes().decode("utf-8")[low:high]
    errors = [{**item, "start": item["start"] - low, "end": item["end"] - low} for item in marked["items"]]
    flags = [flag for flag in _of_document(path) if flag.tier == "form" and low <= flag.span.start < high]
    places = [[(flag.span.start - low, flag.span.end - low, flag.kind) for flag in flags]]
    texts = [{"text": text, "errors": errors}]
    return [
        _row("seed", score.score(texts, places), [path, gold]),
        _row("seed, form", score.score(texts, places, needs={"text"}), [path, gold]),
        _row("seed, critical", score.score(texts, places, severity={"critical"}), [path, gold]),
    ]


def _row(group: str, measured: dict[str, Any], files: Iterable[Path]) -> Row:
    values = {
        "cases": measured["rows"],
        "flag_precision": 100 * measured["flag_precision"] if measured["flags"] else float("nan"),
        "flag_recall": 100 * measured["span_recall"],
    }
    return Row.of(STAGE, "dev", group, values, fingerprint(files))


def _words(bench: Path) -> list[Row]:
    """Machine translations known for what they are, and human transcripts taken for one."""
    from onrecord.lexicon import ROOT

    machine = [bench.parent / "seed" / SEED, *(ROOT.parent / "examples" / name for name in EXAMPLES)]
    human = sorted((bench / "structure" / "dev").glob("*.txt"))
    rows = []
    for group, paths, right in (("words, machine", machine, True), ("words, human", human, False)):
        known = [path for path in paths if path.is_file()]
        called = on_every_core(_machine, known)
        if known:
            share = 100 * sum(one == right for one in called) / len(called)
            values = {"cases": len(called), "passed": share}
            rows.append(Row.of(STAGE, "dev", group, values, fingerprint(known)))
    return rows


def _machine(path: Path) -> bool:
    record = read(path)
    source = record.sources[0]
    document = Document(
        source.text, source.language, record.turns, record.blocks, record.marks, record.people
    )
    return words_of(document, _of_document(path)).value == "machine_translated"


def _of_document(path: Path) -> list[Flag]:
    record = read(path)
    source = record.sources[0]
    text = Text(source.text)
    return find_flags(text, source.language, record.turns, record.blocks, record.marks, record.people)


def _flags(job: tuple[str, str]) -> list[Place]:
    text, language = job
    found = find_flags(Text(text), language, tiers=("form",))
    return [(flag.span.start, flag.span.end, flag.kind) for flag in found]


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
