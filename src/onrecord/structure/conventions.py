"""Which label convention does this document follow? The evidence is in the document itself.

Every grammar proposes candidates; a grammar is believed when its labels recur, name people by their own form, and
account for the text. The winner may take companions (a White House page has `MR. X:` and `Q  `). What is not proven
stays unproven: a document without enough evidence has no convention and no turns, and a weak convention's turns are
unresolved.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from onrecord.model import Judgement
from onrecord.structure.grammars import NAMES, Candidate, scan_line, scan_tags
from onrecord.structure.labels import parse
from onrecord.structure.lines import Lines
from onrecord.structure.printed import GOOD, STRONG, WEAK
from onrecord.structure.taught import scan_taught, taught
from onrecord.structure.vocabulary import known_surnames, vocabulary

__all__ = ["NAMES", "Convention", "Proof", "candidates", "decide", "settle"]


class Convention(NamedTuple):
    """The detected convention: its main grammar (None when unknown), the grammars taken with it, and why."""

    name: str | None
    grammars: tuple[str, ...]
    judgement: Judgement
    reasons: tuple[str, ...]


# These need a main convention beside them; all others carry a text alone.
_DEPENDENT = frozenset({"verb", "given"})
# Grammars whose separator is common in prose: they must prove themselves by repeated labels.
_PROSE = frozenset({"stop", "dash", "line", "gap", "bracket", "bold"})
# Marks made for the purpose: where they stand, no other form is the main one.
_EXPLICIT = ("voice", "tag", "chevron")
_COMPANIONS = {
    "colon": ("colon_line", "gap", "verb", "stop", "dash", "bracket"),
    "colon_line": ("colon", "line"),
    "stop": ("colon", "verb", "dash"),
    "dash": ("colon", "stop", "line"),
    "line": ("colon_line", "colon"),
    "gap": ("colon", "stop"),
    "bracket": ("colon",),
    "bold": ("colon", "colon_line"),
    "chevron": ("colon",),
    "tag": (),
    "voice": (),
}


@cache
def explicit_grammars() -> tuple[str, ...]:
    """Grammars whose mark is made for the purpose; what stands there is a label."""
    return (*_EXPLICIT, *(name for name, grammar in taught().items() if grammar.explicit))


def _in_prose(grammar: str) -> bool:
    return taught()[grammar].prose if grammar in taught() else grammar in _PROSE


def _companions(main: str) -> tuple[str, ...]:
    return taught()[main].companions if main in taught() else _COMPANIONS[main]


def _place(grammar: str) -> int:
    """Where a grammar stands among all: of equals, ours come first."""
    return NAMES.index(grammar) if grammar in NAMES else len(NAMES) + list(taught()).index(grammar)


HEADING = 200
"""Characters; a first line shorter than this, with a colon behind a name, may be a headline."""
CHARACTERS_PER_LABEL = 40_000
"""A convention that names a speaker less often than this is not believed on its own: the longest speech without a
new label in the transcripts measured has 27,000 characters."""


class Proof(NamedTuple):
    """What speaks for one grammar: its candidates by key, and the support of each key."""

    by_key: dict[str, list[Candidate]]
    support: dict[str, float]

    @property
    def total(self) -> float:
        return sum(self.support.values())

    @property
    def repeated(self) -> int:
        return sum(1 for key, value in self.support.items() if value and len(self.by_key[key]) > 1)


def candidates(
    text: str, lines: Lines, without: frozenset[str], bold: dict[int, int], glued: Iterable[Candidate] = ()
) -> list[Candidate]:
    """All candidates of all lines and tags; `bold` maps the start of a bold stretch to its end, `glued` are those
    that `inline.py` proposes where line breaks were lost."""
    found: list[Candidate] = list(scan_tags(text))
    for index, (start, end) in enumerate(zip(lines.starts, lines.ends, strict=True)):
        found.extend(scan_line(text, start, end, index))
        found.extend(scan_taught(text, start, end, index))
        if start in bold:
            found.extend(_bold(text, start, bold[start], index))
    found.extend(glued)
    if _shouts(text):
        found = list(_unimpressed(found))
    return [candidate for candidate in found if candidate.grammar not in without]


def _unimpressed(found: Iterable[Candidate]) -> Iterable[Candidate]:
    """Where everything is in capitals, capitals prove nothing: names without a title must recur."""
    openers = vocabulary().openers
    for candidate in found:
        parts, rank = candidate.parsed.parts, candidate.parsed.rank
        if candidate.grammar in ("line", "dash", "gap", "stop"):
            continue
        if parts.text and parts.text.split()[0].casefold() in openers:
            continue
        weak = rank == GOOD and parts.kind == "person" and not parts.honorific
        yield candidate._replace(parsed=candidate.parsed._replace(rank=WEAK)) if weak else candidate


def _shouts(text: str) -> bool:
    sample = text[:20000]
    upper = sum(map(str.isupper, sample))
    return upper > 200 and upper > 0.7 * sum(map(str.isalpha, sample))


def _bold(text: str, start: int, end: int, line: int) -> Iterable[Candidate]:
    label = text[start:end].rstrip(" \u00a0:.–—-")
    parsed = parse(label)
    if parsed:
        after = end + len(text[end : end + 3]) - len(text[end : end + 3].lstrip(" :.–—-\u00a0"))
        yield Candidate(start, start + len(label), after, "bold", parsed, line)


def prove(found: Sequence[Candidate], names: frozenset[str], lines: Lines) -> Proof:
    """Weigh the candidates of one grammar; `names` are folded surnames known from stronger labels."""
    by_key: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in found:
        by_key[candidate.key].append(candidate)
    often = 2 if _regular_list(by_key, lines) else 3
    # A place in mid-sentence is believed once a label is known; it proves none.
    proving = {key: [item for item in items if not item.free] for key, items in by_key.items()}
    support = {key: _weight(items, names, often) if items else 0.0 for key, items in proving.items()}
    return Proof(dict(by_key), support)


def _letters(found: list[Candidate]) -> list[Candidate]:
    """Single letters are voices only together: "A." without "Q." is the first item of a list."""
    letters = {c.key for c in found if len(c.key) == 1 and c.parsed.parts.kind == "query"}
    if len(letters) == 1 and letters != {"q"}:
        return [candidate for candidate in found if candidate.key not in letters]
    return found


def _regular_list(by_key: dict[str, list[Candidate]], lines: Lines) -> bool:
    """Whether half of all lines offer a label and some of them come back: the text is plainly an exchange."""
    count = sum(not item.inline for items in by_key.values() for item in items)
    return 2 * count >= len(lines.starts) and 3 * len(by_key) <= 2 * count


def _weight(items: Sequence[Candidate], names: frozenset[str], often: int) -> float:
    """Support of one label: strong forms count each time, good ones when they recur, weak ones when `often`."""
    rank, count = items[0].parsed.rank, len(items)
    if items[0].grammar in explicit_grammars() or rank == STRONG:
        return count
    if rank == GOOD:
        return count if count > 1 else 0.5
    surname = items[0].parsed.parts.name.casefold()
    if surname in names or surname in known_surnames():
        return count
    if often == 2 and count == 2:
        return 2.0
    return 0.8 * count if count >= often else 0.0


def decide(text: str, found: Sequence[Candidate], lines: Lines) -> tuple[Convention, dict[str, Proof]]:
    """The document's convention, with the proof of every grammar."""
    by_grammar: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in found:
        by_grammar[candidate.grammar].append(candidate)
    names = surnames(candidate for candidate in found if candidate.parsed.rank >= GOOD)
    proofs = {grammar: prove(_letters(items), names, lines) for grammar, items in by_grammar.items()}
    length = sum(lines.ends) - sum(lines.starts)
    believed = {
        g: p for g, p in proofs.items() if g not in _DEPENDENT and _believable(g, p, text, lines, length)
    }
    if not believed:
        return Convention(None, (), "unresolved", (_why_not(proofs),)), proofs
    explicit = [grammar for grammar in explicit_grammars() if grammar in believed]
    main = explicit[0] if explicit else max(believed, key=lambda g: (believed[g].total, -_place(g)))
    companions = tuple(grammar for grammar in _companions(main) if grammar in proofs)
    judgement, reason = _judge(main, proofs[main], text)
    return Convention(main, (main, *companions), judgement, (_evidence(main, proofs[main]), *reason)), proofs


def surnames(found: Iterable[Candidate]) -> frozenset[str]:
    """Folded last words of the names in these labels, so that a later bare surname is recognised."""
    names = set()
    for candidate in found:
        for parts in candidate.parsed.parts.joint or (candidate.parsed.parts,):
            if parts.name:
                names.add(parts.name.split()[-1].casefold())
    return frozenset(names)


def _believable(grammar: str, proof: Proof, text: str, lines: Lines, length: int) -> bool:
    """`length` is that of the text without its blank lines."""
    total = proof.total
    if _in_prose(grammar) and any(items[0].inline for items in proof.by_key.values()):
        often = sum(value for key, value in proof.support.items() if len(proof.by_key[key]) > 2)
        frequent = total >= 4 and 2 * often >= total and total >= length / CHARACTERS_PER_LABEL
        return frequent or (total >= 3 and proof.repeated >= 1 and total * _SENTENCES >= _ends(text))
    if grammar in ("tag", "voice"):
        return total > 0
    if _in_prose(grammar):
        proven = sum(len(proof.by_key[key]) for key, value in proof.support.items() if value)
        regular = proof.repeated >= 1 and 4 * proven >= len(lines.starts)
        enough = (total >= 4 and proof.repeated >= 2) or (total >= 3 and regular)
        return enough and total >= length / CHARACTERS_PER_LABEL and _dense(grammar, proof, lines)
    if grammar == "chevron":
        return total >= 3
    if total >= 2:
        return total >= min(8, length / CHARACTERS_PER_LABEL)
    return total >= 1 and _opens(proof, text, lines)


_SENTENCES = 5
"""Sentences a turn may have on average when a short text without lines is to be believed an exchange."""


def _ends(text: str) -> int:
    """Sentence ends, roughly."""
    return sum(text.count(sign) for sign in (". ", "? ", "! ", "… "))


def _dense(grammar: str, proof: Proof, lines: Lines) -> bool:
    """Prose separators: at least one line in sixty carries a proven label (a name alone on a line is commoner)."""
    proven = sum(len(proof.by_key[key]) for key, value in proof.support.items() if value)
    return proven * (25 if grammar == "line" else 60) >= len(lines.starts)


def _opens(proof: Proof, text: str, lines: Lines) -> bool:
    """A single label is believed when the text opens with it, and not with a headline ("Castle: no deal on ferry")."""
    first = [items[0] for key, items in proof.by_key.items() if proof.support[key] >= 1]
    return any(item.line <= 1 and not item.inline and not _is_headline(text, lines, item) for item in first)


def _is_headline(text: str, lines: Lines, item: Candidate) -> bool:
    """Whether a first line is short, has text below it, and is no sentence or opens with a bare name."""
    start, end = lines.starts[item.line], lines.ends[item.line]
    if item.line == len(lines.starts) - 1 or end - start >= HEADING:
        return False
    closing = text[start:end].rstrip("»”\"’')")[-1:]
    return item.parsed.rank < STRONG or closing == "" or closing not in ".!?…"


def _judge(main: str, proof: Proof, text: str) -> tuple[Judgement, tuple[str, ...]]:
    kinds = {proof.by_key[key][0].parsed.parts.kind for key, value in proof.support.items() if value}
    if kinds <= {"query", "group"}:
        return "unresolved", ("only questions carry a label, so the answers would be theirs",)
    if main == "chevron" and not any(kind in kinds for kind in ("person", "office", "code")):
        return "likely", ("changes of speaker are marked, names are not",)
    if proof.total >= 6 and proof.repeated >= 1:
        return "certain", ()
    return "likely", ("few labels",)


def _evidence(main: str, proof: Proof) -> str:
    proven = {key: len(proof.by_key[key]) for key, value in proof.support.items() if value}
    shown = sorted(proven.items(), key=lambda item: (-item[1], item[0]))[:3]
    listed = ", ".join(f"“{proof.by_key[key][0].parsed.parts.text}” {count}×" for key, count in shown)
    return f"{sum(proven.values())} labels of the form “{main}”, {len(proven)} different ({listed})"


def _why_not(proofs: dict[str, Proof]) -> str:
    if not proofs:
        return "no line begins like a speaker’s label"
    best = max(proofs, key=lambda grammar: (proofs[grammar].total, -_place(grammar)))
    return f"no label recurs or names a person clearly enough (best form “{best}”, support {proofs[best].total:.1f})"


_RUNAWAY = 20
"""Times the median turn; a turn longer than that is looked at, it may have swallowed text of another convention."""


def settle(convention: Convention, labels: Sequence[Candidate], length: int) -> Convention:
    """Doubt a convention whose labels stand in one part of the text only.

    A record of a sitting may quote an interview: its labels are real, but they do not carry the document, and the
    last of them would swallow all that follows.
    """
    counts = Counter(label.key for label in labels)
    recurring = [label for label in labels if counts[label.key] > 1]
    if len(recurring) < 4 or recurring[len(recurring) // 10].start <= length / 10:
        return convention
    ends = [label.start for label in labels[1:]] + [length]
    lengths = sorted(end - label.start for label, end in zip(labels, ends, strict=True))
    median = max(lengths[len(lengths) // 2], 1)
    swallowed = sum(size for size in lengths if size > max(_RUNAWAY * median, 5000))
    if labels[0].start + swallowed <= length / 2:
        return convention
    reason = "its labels stand in one part of the text only, like an exchange quoted inside another text"
    return convention._replace(judgement="unresolved", reasons=(*convention.reasons, reason))
