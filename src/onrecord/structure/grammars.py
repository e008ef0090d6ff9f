"""The label grammars: every way of printing a label that we know, each a scanner of one line.

A scanner proposes a `Candidate`; it never decides. `NAMES` lists the grammars; each can be switched off by name
(`without=`), which is how the evaluation asks what happens with a convention that nobody foresaw.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from onrecord.structure.labels import LONGEST, parse
from onrecord.structure.names import has_initials
from onrecord.structure.printed import GOOD, STRONG, LabelParts, Parsed
from onrecord.structure.vocabulary import vocabulary
from onrecord.text.expressions import later

NAMES = (
    "colon",  # TRUMP: Thank you.            Vladimir Poutine : Merci.
    "colon_line",  # Präsidentin Bärbel Bas:⏎Meine Damen und Herren!
    "stop",  # M. le président. La séance est ouverte.    ·    Mr. REID. Mr. President, …
    "dash",  # LE PRÉSIDENT – Merci.         BAŞKAN – Teşekkür ederim.
    "line",  # Rishi Sunak⏎I thank the hon. Member.
    "gap",  # Q    Thank you.  (no separator but a gap)
    "bracket",  # [SPEAKER_00] Good morning.     (speaker 1) Yes.
    "verb",  # Mr. X (Riding, Party) moved that …
    "bold",  # a bold name that opens a paragraph, no separator
    "chevron",  # >> WALLACE: Good evening.      >> THANK YOU.
    "tag",  # <SPEAKER ID="64" NAME="President">
    "voice",  # <v Wallace>Good evening.
    "given",  # the file itself says who speaks (JSONL, TEI)
)


class Candidate(NamedTuple):
    """A place that may be a label: `text[start:end]` is the label, speech begins at or after `after`. Before it on its
    line stand `ahead` characters that are nobody's words: a bullet, a number, a time."""

    start: int
    end: int
    after: int
    grammar: str
    parsed: Parsed
    line: int
    inline: bool = False  # not at the start of a line
    free: bool = False  # nor at the start of a sentence
    ahead: int = 0

    @property
    def key(self) -> str:
        """The label in a form in which its repetitions are equal; numbers count as one and the same."""
        return label_key(self.parsed.parts.text)


def label_key(label: str) -> str:
    """Case-folded, blanks squeezed, digits alike: `Speaker 1` and `SPEAKER 2` are one shape of label."""
    return _DIGITS.sub("#", " ".join(label.casefold().split()))


_DIGITS = re.compile(r"\d{1,9}")
UNNAMED = Parsed(LabelParts("unnamed", ""), STRONG)

# What may stand before a label on its line: the sign of a quoted e-mail, a bullet, a time, a number, Markdown.
_PREFIX = re.compile(
    r"(?:>[ \t]){0,3}"
    r"(?:[-•–—*#]{1,3}[ \t]{1,4}|[○◯●◎◆◇■□]\u3000?)?"
    r"(?:[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?[\])]?[ \t]{0,4}(?:[-–—][ \t]{1,4})?)?"
    r"(?:(?:[^\W\d_]{2,6}[.] )?\d{1,5}(?:[.]\d{1,3})?[.)]?[ \t]{1,20})?"
    r"(?:\*\*|__|\*)?"
)
_COLONS = re.compile(r"[()（）\[\]:：]")
_STOPS = re.compile(r"[()\[\]]|[.](?=[\s\u00a0\u2013\u2014*_]|-\s|$)")
_DASH = re.compile(r"[.:]?[ \u00a0][–—][ \u00a0]?|[.:]?[–—][ \u00a0]|[.:]?[ \u00a0]-[ \u00a0]")
_CIRCLES = "○◯●◎"
_GAP = re.compile(
    r"((?:[^\s\u00a0\u3000]{1,30} ){0,4}[^\s\u00a0\u3000]{1,40})(?:\t|\u3000|[ \u00a0]{2,})|(Q)[ \u00a0](?=[^\W\d_a-z])"
)
_BRACKET = re.compile(r"\[([^\[\]\n]{1,60})\][ \t]?:?|\(([^()\n]{1,60})\)[ \t]?:?")
_CHEVRON = re.compile(r"(?:>|&gt;){2,4}[ \u00a0]*")
_VERB = re.compile(r"((?:[^\s()]{1,25} ){1,7}\((?:[^()\n]|\([^()\n]{0,80}\)){3,150}\)) (\w{3,12})")
_COLUMNS = "    "  # blanks that stand between columns or over a lost line break, never inside a label
# "O Sr. Presidente: — Tem a palavra": the dash says once more that speech begins. Before a small letter it says that
# a sentence goes on which somebody broke, and is speech.
_OPENING_DASH = re.compile(r"[ \u00a0]{0,3}[–—][ \u00a0]{1,3}(?=([^\W\d_]))")
_TRAILING = " \t\u00a0\u202f*_"


def scan_line(text: str, start: int, end: int, line: int) -> Iterator[Candidate]:
    """Every candidate that one line offers, at most one a grammar. `start:end` are its characters, trimmed."""
    head = text[start : min(end, start + LONGEST + 60)]
    first = head[0]
    if head.startswith((">>", "&gt;")):
        yield from _chevron(head, start, line)
        return
    if first in "([":
        yield from _bracket(head, start, line)
        if not (match := _PREFIX.match(head)) or not match.end():
            return
    if first == "<":
        return
    prefix = _PREFIX.match(head)
    skip = prefix.end() if prefix else 0
    if skip >= len(head) or not head[skip].isalpha():
        return
    whole = start + len(head) == end
    yield from _colon(head, skip, start, line, whole)
    if head[skip].isupper() or not head[skip].islower():
        yield from _stop(head, skip, start, line)
        yield from _dash(head, skip, start, line)
        yield from _gap(head, skip, start, line)
        yield from _verb(head, skip, start, line)
        if whole and len(head) <= 110:
            yield from _alone(head, skip, start, line)


def _made(
    head: str, a: int, b: int, after: int, base: int, grammar: str, line: int, parsed: Parsed
) -> Candidate:
    return Candidate(base + a, base + b, base + after, grammar, parsed, line, ahead=a)


def _colon(head: str, skip: int, base: int, line: int, whole: bool) -> Iterator[Candidate]:
    depth = 0
    for match in _COLONS.finditer(head, skip):
        sign = match[0]
        if sign in "([（":
            depth += 1
        elif sign in ")]）":
            depth = max(0, depth - 1)
        elif depth == 0:
            at = match.start()
            label = head[skip:at].rstrip(_TRAILING)
            follows = head[at + 1 : at + 2]
            if follows == "/" or (follows.isdigit() and head[at - 1].isdigit()):
                return
            parsed = None if _COLUMNS in label else parse(label.replace("**", ""))
            if parsed:
                rest = head[at + 1 :].strip(_TRAILING)
                grammar = "colon" if rest or not whole else "colon_line"
                dash = _OPENING_DASH.match(head, at + 1)
                after = dash.end() if dash and not dash[1].islower() else at + 1
                yield _made(head, skip, skip + len(label), after, base, grammar, line, parsed)
            return


def _stop(head: str, skip: int, base: int, line: int) -> Iterator[Candidate]:
    depth = tries = 0
    for match in _STOPS.finditer(head, skip):
        sign = match[0]
        if sign in "([":
            depth += 1
            continue
        if sign in ")]":
            depth = max(0, depth - 1)
            continue
        if depth:
            continue
        tries += 1
        if tries > 8:
            return
        at = match.start()
        parsed = None if _COLUMNS in head[skip:at] else parse(head[skip:at])
        if parsed and _stops(parsed):
            yield _made(head, skip, at, at + 1, base, "stop", line, parsed)
            return


def _stops(parsed: Parsed) -> bool:
    """Before a full stop a label must prove itself by its form: prose is full of names that end a sentence."""
    parts = parsed.parts
    if parts.kind == "query":
        return len(parts.text.rstrip("0123456789")) == 1
    if parsed.rank == GOOD:
        return parsed.capitals or parts.kind == "office" or has_initials(parts.name)
    return parsed.rank == STRONG


def _dash(head: str, skip: int, base: int, line: int) -> Iterator[Candidate]:
    if not ("–" in head or "—" in head or "- " in head or "-\u00a0" in head):
        return  # three lines of four, and asking costs a fiftieth of the search
    for match in islice(_DASH.finditer(head, skip), 4):
        label = head[skip : match.start()]
        if match.end() == len(head) or label.count("(") != label.count(")"):
            continue
        parsed = parse(label)
        if parsed and (parsed.rank == STRONG or parsed.capitals):
            yield _made(head, skip, match.start(), match.end(), base, "dash", line, parsed)
        return


def _gap(head: str, skip: int, base: int, line: int) -> Iterator[Candidate]:
    match = _GAP.match(head, skip)
    if match and match.end() < len(head):
        label = (match[1] or match[2]).rstrip(".")
        parsed = parse(label)
        sure = "\t" in match[0] or "\u3000" in match[0]
        if parsed and head[0] in _CIRCLES and "\u3000" in match[0]:
            parsed = parsed._replace(
                rank=STRONG
            )  # ○議長　…: as the minutes of Japanese bodies print every speaker
        if parsed and (
            parsed.rank == STRONG
            or parsed.capitals
            or (sure and (parsed.rank >= GOOD or "\t" not in match[0]))
        ):
            yield _made(head, skip, skip + len(label), match.end(), base, "gap", line, parsed)


def _verb(head: str, skip: int, base: int, line: int) -> Iterator[Candidate]:
    match = _VERB.match(head, skip)
    if match and match[2].casefold() in vocabulary().verbs:
        parsed = parse(match[1])
        if parsed and parsed.rank == STRONG and parsed.parts.affiliation and parsed.parts.honorific:
            yield _made(head, skip, match.end(1), match.end(1), base, "verb", line, parsed)


_CLOCK = re.compile(r"[ \t]{1,4}[\[(]?\d{1,2}:\d{2}(?::\d{2})?[\])]?$")


def _alone(head: str, skip: int, base: int, line: int) -> Iterator[Candidate]:
    """A label alone on its line, perhaps with a clock time behind it, as meeting software prints it."""
    label = head[skip:].rstrip(_TRAILING)
    clock = _CLOCK.search(label)
    if clock:
        label = label[: clock.start()]
    if not label or label[-1] in ".!?,;:…":
        return
    parsed = parse(label)
    if parsed and (parsed.rank >= GOOD or parsed.capitals or clock):
        yield _made(head, skip, skip + len(label), len(head), base, "line", line, parsed)


def _bracket(head: str, base: int, line: int) -> Iterator[Candidate]:
    match = _BRACKET.match(head)
    if match:
        group = 1 if match[1] is not None else 2
        parsed = parse(match[group])
        sure = group == 1 or match[0].endswith(":")  # "(UNKNOWN): Sir?"
        if parsed and (parsed.parts.kind in ("code", "query") or (sure and parsed.rank >= GOOD)):
            yield _made(
                head, match.start(group), match.end(group), match.end(), base, "bracket", line, parsed
            )


def _chevron(head: str, base: int, line: int) -> Iterator[Candidate]:
    match = _CHEVRON.match(head)
    if not match:
        return
    skip = match.end()
    for named in _colon(head, skip, base, line, False):
        if len(named.parsed.parts.text) <= 60:
            yield named._replace(grammar="chevron")
            return
    yield _made(head, skip, skip, skip, base, "chevron", line, UNNAMED)


# ------------------------------------------------------------------------------------- tags, anywhere in the text

# <SPEAKER ID="64" NAME="President">   <speaker name="X">   <u who="#X">
_TAG = later(
    r"<(?:speaker|turn|u|sp|speech)\b[^<>\n]{0,200}?\b(?:name|who|by|speaker)[ ]?=[ ]?"
    r"\"([^\"<>\n]{0,120})\"[^<>\n]{0,200}>",
    re.IGNORECASE,
)
_VOICE = later(r"<v(?:\.[\w.\-]{1,40})?[ \t]+([^<>\n]{1,120})>")


def scan_tags(text: str) -> Iterator[Candidate]:
    """Speaker tags (`tag`) and WebVTT voice tags (`voice`) wherever they stand."""
    if "<" not in text:
        return
    for grammar, pattern in (("tag", _TAG), ("voice", _VOICE)):
        for match in pattern.finditer(text):
            name = match[1]
            start = match.start(1) + len(name) - len(name.lstrip(" #"))
            end = match.start(1) + len(name.rstrip(" ,"))
            if start < end:
                label = text[start:end]
                parsed = parse(label) or Parsed(LabelParts("person", label, name=label), GOOD)
                yield Candidate(start, end, match.end(), grammar, parsed, -1)
