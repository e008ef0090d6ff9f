"""Two accounts by a word diff: difflib over the words of both, and what its gaps hold.

A changed place with a digit is a number, one with a word of denial a negation; a line all of whose words are deleted
is left out, or moved where the same line was inserted elsewhere. Nothing is ranked: the first difference is the first
in the text. CollateX is not among the systems: at 5,000 words it takes minutes (docs/performance.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path

from evals.baselines.result import Result, result
from evals.injection import injected, scored
from evals.stages.collation import LANGUAGES, NAMED, SEED, STAGE, documented, injected_values
from onrecord.collation.gaps import common

SPLIT = "dev"
SYSTEM = "difflib, words"
DENIALS = frozenset("not no never n't don't doesn't didn't isn't wasn't ne pas n' jamais не нет ни".split())


def measure(bench: Path, peer: Path | None) -> Iterator[Result]:
    """Documented cases, injected differences by language, and equal words kept on the real pair."""
    if not (bench / "collate").is_dir():
        return
    yield from _cases(bench / "cases.jsonl")
    for language in LANGUAGES:
        yield _injected(bench, language)
    yield _pair(bench)


def _cases(path: Path) -> Iterator[Result]:
    """Whether the first difference holds the words that the case is about; of what kind it is, nobody asks."""
    for case in documented(path):
        words = case["a"].split(), case["b"].split()
        gaps = [" ".join(words[0][a:b]) for tag, a, b, *_ in changes(*words) if tag != "equal"]
        right = bool(gaps) and NAMED[case["id"]][1] in gaps[0]
        yield result(STAGE, SPLIT, case["id"], SYSTEM, {"passed": 100.0 * right})


def _injected(bench: Path, language: str) -> Result:
    made = injected(bench, language, language, SEED)
    values = injected_values(scored(bench, [(made, flagged(made.before, made.after))]))
    return result(STAGE, SPLIT, f"injected_{language}", SYSTEM, values)


def flagged(before: str, after: str) -> dict[str, list[int]]:
    """The lines of the first text that each kind of change touches."""
    lines = before.splitlines()
    owner = [number for number, line in enumerate(lines) for _ in line.split()]
    a, b = before.split(), after.split()
    inserted = set(after.splitlines())
    gone = [0] * len(lines)
    found: dict[str, set[int]] = {"omitted": set(), "moved": set(), "number": set(), "negation": set()}
    for tag, a0, a1, b0, b1 in changes(a, b):
        if tag == "equal":
            continue
        here = {owner[min(at, len(owner) - 1)] for at in range(a0, max(a1, a0 + 1))}
        for at in range(a0, a1):
            gone[owner[at]] += 1
        changed = [*a[a0:a1], *b[b0:b1]]
        if tag == "replace" and any(any(c.isdigit() for c in word) for word in changed):
            found["number"] |= here
        if any(word.casefold().strip(".,;") in DENIALS for word in changed):
            found["negation"] |= here
    for number, line in enumerate(lines):
        if line.split() and gone[number] == len(line.split()):
            found["moved" if line in inserted else "omitted"].add(number)
    whole = found["moved"] | found["omitted"]
    return {kind: sorted(at if kind in {"moved", "omitted"} else at - whole) for kind, at in found.items()}


def changes(a: list[str], b: list[str]) -> Sequence[tuple[str, int, int, int, int]]:
    """The steps from one list of words to the other."""
    return SequenceMatcher(None, a, b, autojunk=False).get_opcodes()


def _pair(bench: Path) -> Result:
    """Equal words kept, of the longest common subsequence."""
    texts = [path.read_text("utf-8") for path in sorted((bench / "collate" / "debate").glob("*.txt"))]
    a, b = (text.casefold().split() for text in texts)
    kept = sum(a1 - a0 for tag, a0, a1, *_ in changes(a, b) if tag == "equal")
    best = sum(length for _, _, length in common(a, b))
    return result(STAGE, SPLIT, "debate", SYSTEM, {"kept": 100 * kept / best})
