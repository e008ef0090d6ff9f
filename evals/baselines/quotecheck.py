"""Did they say it? By searching the characters, and by the likest stretch of text (rapidfuzz, `partial_ratio`).

Neither knows who speaks, where a turn ends or what a clause hangs on, so neither can say spliced, misattributed,
context cut or translated; the second says altered where the likest stretch is alike enough.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from evals.baselines.peer import NoPeer, ask
from evals.baselines.result import Result, result
from evals.stages.quotecheck import STAGE
from evals.stages.quotecheck_items import items

SPLIT = "dev"
EXACT, LIKE = "string search", "rapidfuzz partial_ratio"
ALIKE = 85.0  # of 100; rapidfuzz's own documentation and most users stay between 80 and 90
ASK_RAPIDFUZZ = """
import json, sys
from rapidfuzz.fuzz import partial_ratio
asked, least = json.load(sys.stdin)
print(json.dumps([partial_ratio(quote, text, score_cutoff=least) > 0 for quote, text in asked]))
"""
_SHAPES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "\u202f": " ", "\n": " "})


def measure(bench: Path, peer: Path | None) -> Iterator[Result]:
    """A result for each verdict and one for all, over the quotations that the stage makes from transcripts."""
    folder = bench / "structure" / SPLIT
    if not folder.is_dir():
        return
    asked = list(items(bench))
    texts = {
        name: plain((folder / f"{name}.txt").read_text("utf-8")) for name in {item.text for item in asked}
    }
    searched = [plain(item.quote).rstrip(".") in texts[item.text] for item in asked]
    right = [item.verdict for item in asked]
    yield from _results(EXACT, right, ["exact" if there else "absent" for there in searched])
    try:
        alike = likest([(plain(item.quote), texts[item.text]) for item in asked], peer)
    except NoPeer as error:
        print(f"{LIKE} was not asked: {error}", file=sys.stderr)
        return
    said = ["exact" if there else verdict for there, verdict in zip(searched, alike, strict=True)]
    yield from _results(LIKE, right, said)


def plain(words: str) -> str:
    """Words with one shape of quotation mark, apostrophe and blank: even a simple search does that much.

    >>> plain("It’s  “ours”")
    'It\\'s "ours"'
    """
    return " ".join(words.translate(_SHAPES).split())


def likest(asked: Sequence[tuple[str, str]], peer: Path | None) -> list[str]:
    """For each quotation and text `altered` where some stretch of the text is alike enough, else `absent`."""
    return ["altered" if alike else "absent" for alike in ask(peer, ASK_RAPIDFUZZ, [asked, ALIKE])]


def _results(system: str, right: list[str], said: list[str]) -> Iterator[Result]:
    asked, given = Counter(right), Counter(said)
    both = Counter(one for one, answer in zip(right, said, strict=True) if one == answer)
    for verdict in sorted(asked):
        precision = 100 * both[verdict] / given[verdict] if given[verdict] else float("nan")
        values = {"precision": precision, "recall": 100 * both[verdict] / asked[verdict]}
        yield result(STAGE, SPLIT, verdict, system, values)
    yield result(STAGE, SPLIT, "all", system, {"recall": 100 * both.total() / len(right)})
