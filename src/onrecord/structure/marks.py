"""What is printed but not spoken: stage directions, clock lines, pages, languages, (sic), editors' insertions.

A bracket is a mark by what it says or where it stands; a bracket that is neither stays speech, since people do
speak in parentheses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from onrecord import lexicon
from onrecord.model import MarkKind
from onrecord.structure.lines import Lines
from onrecord.structure.vocabulary import vocabulary
from onrecord.text.expressions import later


class RawMark(NamedTuple):
    """`text[start:end]` is printed, not spoken; `voice` is the name a heckle's bracket gives, if any."""

    start: int
    end: int
    kind: MarkKind
    voice: tuple[int, int] | None = None


class _Stems(NamedTuple):
    """Beginnings of words; those of three letters or fewer are whole words ("nod", not "node")."""

    beginnings: tuple[str, ...]
    whole: frozenset[str]

    def match(self, word: str) -> bool:
        """Whether the case-folded word is one of these."""
        return word in self.whole or word.startswith(self.beginnings)


class _Words(NamedTuple):
    stage: _Stems
    reactions: frozenset[str]
    inaudible: tuple[str, ...]
    interpretation: frozenset[str]
    languages: tuple[str, ...]
    codes: frozenset[str]


@cache
def _words() -> _Words:
    folders = [lexicon.load(language, "marks") for language in lexicon.languages()]

    def words(key: str) -> set[str]:
        return {word for folder in folders for word in folder.get(key, "").casefold().split()}

    return _Words(
        _Stems(
            tuple(sorted(word for word in words("stage") if len(word) > 3)),
            frozenset(word for word in words("stage") if len(word) <= 3),
        ),
        frozenset(words("reactions")),
        tuple(sorted(words("inaudible"))),
        frozenset(words("interpretation")),
        tuple(sorted(words("languages"))),
        frozenset(lexicon.shared("marks")["codes"].split()),
    )


_WORD = re.compile(r"[^\W\d_][\w'’\-]*")
_SIC = re.compile(r"sic[.!]?", re.IGNORECASE)
_CLOCK = re.compile(
    r"\d{1,2}[ \u00a0\u202f]?[:.h][ \u00a0\u202f]?\d{2}(?::\d{2})?(?:[.,]\d{1,3})?(?: ?[ap]\.?m\.?)?|[012]\d[0-5]\d",
    re.IGNORECASE,
)
# Lines that are a clock or a page mark without being a bracket.
_CLOCK_LINE = later(
    r"(?:\{time\} {1,4})?\d{1,2}(?:[:.]\d{2}){1,2} ?(?:[AP]\.?M\.?)?(?: ?[A-Z]{2,4})?|\{time\} {1,4}\d{3,4}",
    re.IGNORECASE,
)
_PAGE_MARK = re.compile(r"\[\[Page [\w-]{1,12}\]\]")  # the Congressional Record's own


@cache
def _pages() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A bracket that is a page mark, and a line that is one ("- Page 3 of 12 -"), in any language."""
    words = {
        word for code in lexicon.languages() for word in lexicon.load(code, "marks").get("pages", "").split()
    }
    word = "|".join(re.escape(item) for item in sorted(words, key=lambda item: (-len(item), item)))
    bracket = later(rf"(?:{word}) ?[\w.\- ]{{1,12}}", re.IGNORECASE)
    line = later(rf"[-–—]? ?(?:{word}) ?\d{{1,5}}(?: [^\W\d_]{{1,4}} \d{{1,5}})? ?[-–—]?", re.IGNORECASE)
    return bracket, line


_HECKLE = re.compile(r"([^\W\d_][^:()\[\]–—]{2,60}(?:\[[^\[\]]{1,40}\])?):")


def find_marks(
    text: str,
    lines: Lines,
    brackets: Sequence[tuple[int, int]],
    labels: Sequence[tuple[int, int]],
    given: Sequence[RawMark] = (),
) -> list[RawMark]:
    """All marks, in order, outside `labels` (whose brackets belong to them); `given` are those the file declares."""
    found = [*given, *_bracket_marks(text, lines, brackets, labels)]
    found.extend(_line_marks(text, lines))
    found.sort(key=lambda mark: mark[:3])  # of two that are one, the file's own stays
    kept: list[RawMark] = []
    for mark in found:
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return kept


def _bracket_marks(
    text: str, lines: Lines, brackets: Sequence[tuple[int, int]], labels: Sequence[tuple[int, int]]
) -> Iterator[RawMark]:
    at = 0
    for start, end in brackets:
        while at < len(labels) and labels[at][1] <= start:
            at += 1
        if at < len(labels) and labels[at][0] < end:
            continue  # it is in a label, or somebody begins to speak in it: its other half was lost
        if text[start : start + 2] == "[[" and _PAGE_MARK.fullmatch(text, start, end):
            continue
        kind = classify(text, start, end, _owns_line(lines, start, end))
        if kind:
            voice = _voice(text, start, end) if kind == "stage" else None
            yield RawMark(start, end, kind, voice)


def _owns_line(lines: Lines, start: int, end: int) -> bool:
    line = lines.at(start)
    return line >= 0 and lines.starts[line] == start and lines.ends[lines.at(end - 1)] <= end + 1


def _line_marks(text: str, lines: Lines) -> Iterator[RawMark]:
    page_line, reactions = _pages()[1], _words().reactions
    for start, end in zip(lines.starts, lines.ends, strict=True):
        if end - start <= _REACTION and _reports(text[start:end], reactions):
            yield RawMark(start, end, "stage")
        if end - start > 40 or not (
            text[start].isdigit() or text[start] in "{[-–—" or text[end - 1].isdigit()
        ):
            continue
        if _CLOCK_LINE.fullmatch(text, start, end):
            yield RawMark(start, end, "time")
        elif _PAGE_MARK.fullmatch(text, start, end) or page_line.fullmatch(text, start, end):
            yield RawMark(start, end, "page")


_REACTION = 80
"""Characters of the longest line without brackets that is read as a report of how people reacted."""


def _reports(line: str, reactions: frozenset[str]) -> bool:
    """Whether a line tells who clapped or laughed, and nothing else: names, groups and the small words between."""
    first, *others = line.split()
    if not first[0].isupper() or first.casefold().rstrip(".,!") not in reactions or line[-1] not in ".!":
        return False
    small = vocabulary()
    allowed = small.links | small.articles | small.particles | small.joints | small.group_links | small.groups
    return not any(
        word[0].islower() and word.casefold().rstrip(".,!") not in allowed | reactions for word in others
    )


def classify(text: str, start: int, end: int, owns_line: bool) -> MarkKind | None:
    """The kind of the bracket `text[start:end]`, None when it is speech.

    >>> classify("Yes. (Applause.)", 5, 16, False)
    'stage'
    >>> classify("article (see annex 3) says", 8, 21, False)
    """
    content = text[start + 1 : end - 1].strip()
    words = [word.casefold() for word in _WORD.findall(content[:400])]
    known = _words()
    return _by_content(content, words, text[start], known) or _by_place(
        text, start, content, words, owns_line, known
    )


def _by_content(content: str, words: list[str], opening: str, known: _Words) -> MarkKind | None:
    """What the bracket says, wherever it stands."""
    if _SIC.fullmatch(content):
        return "sic"
    if _CLOCK.fullmatch(content):
        return "time"
    if opening == "[" and _pages()[0].fullmatch(content):
        return "page"
    if not words:
        return None
    if len(words) <= 4 and any(word.startswith(known.inaudible) for word in words):
        return "inaudible"
    if len(words) <= 3 and all(word.startswith(known.languages) for word in words):
        return "interpretation" if words[0] in known.interpretation and opening == "(" else "language"
    if content in known.codes and opening == "(":
        return "language"
    if len(words) <= 9 and words[0] in known.interpretation and _tells_manner(words, known):
        return "interpretation"
    return "stage" if known.stage.match(words[0]) else None


def _by_place(
    text: str, start: int, content: str, words: list[str], owns_line: bool, known: _Words
) -> MarkKind | None:
    """What the bracket is by where it stands: alone on a line, between sentences, inside one."""
    if not words:
        return "insertion" if text[start] == "[" and content.strip(". …") and len(content) < 60 else None
    staged = [known.stage.match(word) for word in words]
    if owns_line and (any(staged) or len(words) > 3 or content[-1] in ".!?…"):
        return "stage"
    if (content[0].isupper() and any(staged[:4])) or _is_aside(text, start, content):
        return "stage"
    if any(staged) and len(words) <= 8:
        return "stage"
    return "insertion" if _is_insertion(text, start, content, words) else None


def _tells_manner(words: list[str], known: _Words) -> bool:
    return any(word in known.interpretation for word in words) and (
        len(words) <= 3 or any(word.startswith(known.languages) for word in words)
    )


def _is_aside(text: str, start: int, content: str) -> bool:
    """A bracket that is a sentence of its own, between sentences: capital first, full stop or several words."""
    first = content.lstrip('„“«"–—- \u00a0\u202f')[:1]
    if not first.isupper() or text[start] != "(":
        return False
    before = text[max(0, start - 3) : start].rstrip()[-1:]
    closed = content[-1] in ".!?…" or content.endswith((".«", ".“"))
    apart = before in '.!?…:»”“)"' and len(content.split()) > 1
    return (closed and (apart or not before)) or (apart and len(content.split()) > 2)


def _is_insertion(text: str, start: int, content: str, words: list[str]) -> bool:
    """An editor's word inside a sentence: `[to Russia]`, `Marco (Rubio)`, `(nous) considérerait`."""
    if text[start] == "[":
        return len(words) <= 12
    inside = text[start - 1 : start].isspace() and not content[0].isdigit()
    return inside and len(words) <= 6 and not any(character in content for character in ",;:.0123456789")


def _voice(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The name of a heckler inside a stage bracket: `(Dr. Muster [XYZ]: Unsinn!)`."""
    match = _HECKLE.match(text, start + 1, end)
    if match and match.end() < end - 2:
        return match.start(1), match.end(1)
    return None
