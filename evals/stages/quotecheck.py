"""The quotation check: verdicts on quotations made from the transcripts of the structure bench, and on those by hand.

One group a verdict over three languages: P is the share of such verdicts that are right, R the share of such items that
get it; `all` counts every item alike. The items written by hand ask the shipped examples and need no bench. Nothing of
how an item was made reaches the program.
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from evals.bench import fingerprint
from evals.prediction import read
from evals.rows import Row
from evals.stages.quotecheck_items import PAIRS, Item, items

STAGE = "quotecheck"
BY_HAND = Path(__file__).parents[1] / "data" / "quotations-by-hand.toml"


HELD, ASKED = (
    400,
    100,
)  # parallel sentences that make the French text, and how many English ones are asked of each sort


class Answer(NamedTuple):
    """What was right and what was said; `nearest`: places are marked so where nothing was found, and only there."""

    right: str
    said: str
    nearest: bool


def measure(bench: Path, split: str) -> list[Row]:
    """A row for each verdict and one for all; none for splits without gold speakers of their own."""
    folder = bench / "structure" / "dev"
    if split != "dev" or not folder.is_dir():
        return []
    texts = [folder / f"{name}.txt" for pairs in PAIRS.values() for pair in pairs for name in pair]
    made = list(items(bench))
    answers = _answers(made, {item.text: folder / f"{item.text}.txt" for item in made})
    rows = _rows(split, "", answers, fingerprint([path for path in texts if path.is_file()]))
    examples = _examples()
    hand = _answers([item for item, _ in examples], {item.text: path for item, path in examples})
    rows += _translated(bench, split)
    return [*rows, *_rows(split, "by hand: ", hand, fingerprint([BY_HAND]))]


def _answers(asked: Sequence[Item], paths: dict[str, Path]) -> list[Answer]:
    from onrecord.quotecheck import Library, check

    libraries = {name: Library([read(path)]) for name, path in sorted(paths.items())}
    found = []
    for item in asked:
        verdict = check(item.quote, libraries[item.text], by=item.by, semantic=False)
        absent = verdict.verdict == "absent"
        nearest = all((match.role == "nearest") == absent for match in verdict.matches)
        found.append(Answer(item.verdict, verdict.verdict, nearest))
        if item.verdict != verdict.verdict:
            wrong = f"{item.verdict}, not {verdict.verdict}"
            print(f"{STAGE}: {item.text}: {item.how}: {wrong}: {item.quote}", file=sys.stderr)
    return found


def _translated(bench: Path, split: str) -> list[Row]:
    """English sentences of parallel news asked of the French ones: those that are there, and as many that are not."""
    from onrecord.quotecheck import Library, check
    from onrecord.record import read_source
    from onrecord.sources import open_bytes

    paths = [bench / "collate" / "pud" / f"{language}.tsv" for language in ("en", "fr")]
    if not all(path.is_file() for path in paths):
        return []
    english, french = (
        [line.split("\t")[-1] for line in path.read_text("utf-8").splitlines()] for path in paths
    )
    text = "\n\n".join(f"Vera Lind: {line}" for line in french[:HELD])
    shelf = Library([read_source(open_bytes("parallel.fr.txt", text.encode()))])
    answers = []
    for at in [*range(ASKED), *range(HELD, HELD + ASKED)]:
        verdict = check(english[at], shelf, semantic=False)
        place = french[at][:40] if at < HELD else None
        there = place is not None and any(place in match.text for match in verdict.matches)
        said = "translated (elsewhere)" if verdict.verdict == "translated" and not there else verdict.verdict
        answers.append(Answer("translated" if at < HELD else "absent", said, True))
    return _rows(split, "parallel: ", answers, fingerprint(paths))


def _examples() -> list[tuple[Item, Path]]:
    from importlib.resources import files

    folder = Path(str(files("onrecord"))) / "examples"
    found = []
    for account in tomllib.loads(BY_HAND.read_text("utf-8"))["account"]:
        for row in account["rows"].strip().splitlines():
            quote, by, verdict = (cell.strip() for cell in row.split("|"))
            item = Item("", account["text"], quote, by, verdict, "by hand")
            found.append((item, folder / account["text"]))
    return found


def _rows(split: str, prefix: str, answers: Iterable[Answer], inputs: str) -> list[Row]:
    held = list(answers)
    right, said = Counter(one.right for one in held), Counter(one.said for one in held)
    both = Counter(one.right for one in held if one.right == one.said)
    rows = []
    for verdict in sorted(right):
        precision = 100 * both[verdict] / said[verdict] if said[verdict] else 0.0
        values = {
            "cases": right[verdict],
            "precision": precision,
            "recall": 100 * both[verdict] / right[verdict],
        }
        rows.append(Row.of(STAGE, split, f"{prefix}{verdict}", values, inputs))
    share = 100 * sum(both.values()) / len(held)
    false_exact = sum(one.said == "exact" != one.right for one in held)
    rows.append(Row.of(STAGE, split, f"{prefix}all", {"cases": len(held), "recall": share}, inputs))
    checks = {"no false exact": false_exact == 0, "nearest is marked": all(one.nearest for one in held)}
    rows += [
        Row.of(STAGE, split, f"{prefix}{title}", {"passed": 100.0 if holds else 0.0}, inputs)
        for title, holds in checks.items()
    ]
    return rows
