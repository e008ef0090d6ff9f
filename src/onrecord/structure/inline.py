"""Labels in text whose line breaks were lost, and labels glued behind the sentence before.

A sentence start is read as if it were the start of a line, and so is a title of address ("M.", "Sen."), since a
heading without a full stop may stand before it. In a text that has its lines, only labels that are already known
are believed in such places.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from onrecord.structure.grammars import Candidate, scan_line
from onrecord.structure.labels import LONGEST
from onrecord.structure.lines import Lines
from onrecord.structure.vocabulary import vocabulary
from onrecord.text.expressions import later

_SENTENCE = later(
    r"(?:[.!?…:;؟。*]|--|[–—]|[ \u00a0]{2}|[.!?…][»”\"'’]|[)\]»”>])[ \u00a0\u202f]{1,6}(?=[^\W\d_a-zà-ÿа-я]|>>|\[)"
)
_CHEVRON = later(r"(?<=[ \u00a0])(?:>>|&gt;&gt;)")


def is_flat(lines: Lines) -> bool:
    """Whether most of the text lies in lines too long for paragraphs, or in very few lines: its breaks were lost."""
    lengths = [end - start for start, end in zip(lines.starts, lines.ends, strict=True)]
    total = sum(lengths)
    few = len(lengths) <= 3 and total >= 120
    return few or 2 * sum(length for length in lengths if length > PARAGRAPH) > total


PARAGRAPH = 4000
"""Characters; paragraphs of speech longer than this are rare (none in 37 transcripts outside flat ones)."""


def inline_starts(text: str, brackets: Sequence[tuple[int, int]]) -> tuple[list[int], set[int]]:
    """Offsets inside lines where a label could begin, and the subset that lies in mid-sentence."""
    openings = [start for start, _ in brackets]

    def outside(offset: int) -> bool:
        at = bisect_right(openings, offset) - 1
        return at < 0 or brackets[at][1] <= offset

    sentences = {
        match.end() for match in _SENTENCE.finditer(text) if not _after_title(text, match.start() + 1)
    }
    sentences.update(match.start() for match in _CHEVRON.finditer(text))
    free = {match.start(1) for match in _titles().finditer(text)} - sentences
    free = {offset for offset in free if not _governed(text, offset)}
    return sorted(offset for offset in sentences | free if outside(offset)), free


def _after_title(text: str, end: int) -> bool:
    """Whether the full stop before `end` belongs to a title: the label began before it ("M. Joe Comartin")."""
    word = text[max(0, end - 12) : end].rsplit(None, 1)[-1:]
    return bool(word) and word[0][0].isupper() and word[0].casefold() in vocabulary().honorifics


def _governed(text: str, offset: int) -> bool:
    """Whether the word before is a small word that takes a name: "est à M. X", "offered by Mr. X"."""
    before = text[max(0, offset - 24) : offset].split()
    word = before[-1].casefold() if before else ""
    words = vocabulary()
    return (
        word in words.openers or word in words.particles or word in words.clause or word in words.honorifics
    )


@cache
def _titles() -> re.Pattern[str]:
    """Titles of address and offices, capitalised, after a blank."""
    words = vocabulary()
    titles = {word for word in words.honorifics if len(word) > 1 and word[0].isalpha()} | words.offices
    forms = {form for word in titles for form in (word.capitalize(), word.upper())}
    alternation = "|".join(re.escape(form) for form in sorted(forms, key=lambda form: (-len(form), form)))
    return re.compile(
        rf"[ \u00a0]((?:(?:The|Le|La|Il|El|O|A) )?(?:{alternation}|L['’]hon\.|Le très hon\.)[ :\u00a0])"
    )


def scan_inline(text: str, lines: Lines, brackets: Sequence[tuple[int, int]]) -> Iterator[Candidate]:
    """Candidates at inline starts, every start of a label that ends in the same separator included."""
    starts, free = inline_starts(text, brackets)
    for start in starts:
        line = lines.at(start)
        if line < 0 or start == lines.starts[line] or start >= lines.ends[line]:
            continue
        for candidate in scan_line(text, start, min(lines.ends[line], start + LONGEST + 60), line):
            if candidate.grammar in ("line", "colon_line"):
                continue
            if candidate.grammar == "gap" and candidate.parsed.parts.kind != "query":
                continue
            if start not in free:
                yield candidate._replace(inline=True)
            elif candidate.parsed.parts.honorific or candidate.parsed.parts.office:
                yield candidate._replace(inline=True, free=True)


_QUESTION = "Q"
"""The one single letter that is a label behind a full stop; others end a sentence or number a list."""

_GLUED_LIMIT = 2000
"""Different labels searched for inside lines; more than this in one document is a list, not a cast."""


_FREQUENT = 5
"""Times a label must stand where labels stand before it is believed in mid-sentence too, in text without lines."""


def with_glued(
    text: str, lines: Lines, brackets: Sequence[tuple[int, int]], labels: Sequence[Candidate], flat: bool
) -> list[Candidate]:
    """Add known labels inside lines.

    In text that has its lines, a label behind the end of a sentence: one line break was lost. In `flat` text, where
    speech may lack its full stops, a frequent label with a colon wherever it stands.
    """
    known = _frequent(text, labels) if flat else _known(text, labels)
    if not known:
        return list(labels)
    alternation = "|".join(re.escape(form) for form in sorted(known, key=lambda form: (-len(form), form)))
    separator = "[ \u00a0]?:" if next(iter(known.values())).grammar == "colon" else "[.]"
    before = r"\s" if flat else "[.!?…»”)\\]][ \u00a0\u202f]"
    pattern = re.compile(rf"{before}({alternation}){separator}(?=[ \u00a0\u202f])")
    openings = [start for start, _ in brackets]
    taken = {label.end for label in labels}
    extra = []
    for match in pattern.finditer(text):
        start = match.start(1)
        at = bisect_right(openings, start) - 1
        if match.end(1) in taken or (at >= 0 and brackets[at][1] > start):
            continue
        model = known[match[1]]
        extra.append(
            model._replace(
                start=start, end=match.end(1), after=match.end(), line=lines.at(start), inline=True
            )
        )
    return sorted([*labels, *extra], key=lambda label: label.start)


def _known(text: str, labels: Sequence[Candidate]) -> dict[str, Candidate]:
    """Labels by their printed form, up to a limit; single letters but one prove nothing inside a line."""
    known: dict[str, Candidate] = {}
    for label in labels:
        letter = len(label.parsed.parts.text) == 1 and label.parsed.parts.text != _QUESTION
        if label.grammar in ("colon", "stop") and not letter and len(known) < _GLUED_LIMIT:
            known.setdefault(text[label.start : label.end], label)
    return known


def _frequent(text: str, labels: Sequence[Candidate]) -> dict[str, Candidate]:
    """The labels with a colon that come often."""
    counts = Counter(text[label.start : label.end] for label in labels if label.grammar == "colon")
    return {form: label for form, label in _known(text, labels).items() if counts[form] >= _FREQUENT}
