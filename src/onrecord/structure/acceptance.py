"""Which candidates are labels, once the document's convention is known: at most one a place, by its own habits."""

from __future__ import annotations

import re
from collections import Counter

from onrecord.structure.conventions import Convention, Proof, explicit_grammars
from onrecord.structure.grammars import Candidate
from onrecord.structure.lines import Lines
from onrecord.structure.printed import GOOD, STRONG, LabelParts
from onrecord.structure.vocabulary import vocabulary


def accept(text: str, convention: Convention, proofs: dict[str, Proof], lines: Lines) -> list[Candidate]:
    """The candidates that are labels under this convention, in order, at most one a line."""
    main = convention.name
    if main is None:
        return []
    lower = _LowerCase(text)
    chosen = _accept_main(main, proofs[main], lower)
    if main in ("stop", "dash", "line", "gap"):
        chosen = _regular(chosen, lines)
    if main == "line":
        chosen = _without_headings(text, chosen, lines)
    known = {candidate.key for candidate in chosen if not candidate.free}
    chosen = [candidate for candidate in chosen if not candidate.free or _free_fits(candidate, known)]
    for grammar in convention.grammars[1:]:
        chosen += _accept_companion(grammar, proofs[grammar], known, main)
    return _joined(_lettered(_one_each(chosen, convention, proofs)))


def _lettered(chosen: list[Candidate]) -> list[Candidate]:
    """Single letters are questions and answers only where no other letter is a label: "A:", "B:", "C:" are people."""
    letters = {c.parsed.parts for c in chosen if len(c.parsed.parts.text) == 1}
    if len(letters) < 3 or all(parts.kind == "query" for parts in letters):
        return chosen
    return [_as_person(c) if c.parsed.parts in letters else c for c in chosen]


def _as_person(candidate: Candidate) -> Candidate:
    parts = candidate.parsed.parts._replace(kind="person", name=candidate.parsed.parts.text)
    return candidate._replace(parsed=candidate.parsed._replace(parts=parts))


def _joined(chosen: list[Candidate]) -> list[Candidate]:
    """Read "Castillo y Brask" as two people where the cast has both: "y" and "e" also stand inside one surname."""
    words = vocabulary()
    soft = words.joints & words.particles
    alone = {c.parsed.parts.name.split()[-1].casefold() for c in chosen if _simple(c, soft)}
    return [_split_joint(candidate, alone, soft) for candidate in chosen]


def _simple(candidate: Candidate, soft: frozenset[str]) -> bool:
    name = candidate.parsed.parts.name
    return bool(name) and not any(word.casefold() in soft for word in name.split())


def _split_joint(candidate: Candidate, alone: set[str], soft: frozenset[str]) -> Candidate:
    parts = candidate.parsed.parts
    words = parts.name.split()
    for index, word in enumerate(words[1:-1], 1):
        sides = [words[:index], words[index + 1 :]]
        if word.casefold() in soft and all(side[-1].casefold() in alone for side in sides):
            joint = tuple(LabelParts("person", " ".join(side), name=" ".join(side)) for side in sides)
            return candidate._replace(
                parsed=candidate.parsed._replace(parts=parts._replace(name="", joint=joint))
            )
    return candidate


_ENDED = re.compile(r"\b(\w{3,}[.]) ")


def _holds_sentence_end(label: str) -> bool:
    """Whether a sentence may have ended inside ("Прошу Вас. С.Митрофанова"): a full stop that is no title's."""
    words = vocabulary()
    found = (match[1].casefold() for match in _ENDED.finditer(label.partition("(")[0]))
    return any(word not in words.honorifics and word.rstrip(".") not in words.office_parts for word in found)


def _one_each(chosen: list[Candidate], convention: Convention, proofs: dict[str, Proof]) -> list[Candidate]:
    """One label a place. Of labels that end in the same separator the one that recurs most is meant, of equals the
    longest: in "Facts. CLINTON: So" it is CLINTON, in "M. Joe Comartin: Il" it is not "Joe Comartin"."""
    order = {grammar: index for index, grammar in enumerate(convention.grammars)}
    best: dict[int, tuple[tuple[int, int, bool, int], Candidate]] = {}
    for candidate in chosen:
        count = len(proofs[candidate.grammar].by_key[candidate.key])
        whole = not _holds_sentence_end(candidate.parsed.parts.text)
        merit = (-order[candidate.grammar], count, whole, candidate.end - candidate.start)
        place = candidate.end if candidate.inline or candidate.line < 0 else -candidate.line - 1
        if place not in best or merit > best[place][0]:
            best[place] = (merit, candidate)
    ordered = sorted((candidate for _, candidate in best.values()), key=lambda c: (c.start, -c.end))
    kept: list[Candidate] = []
    for candidate in ordered:
        if not kept or candidate.start >= kept[-1].end:
            kept.append(candidate)
    return kept


def _accept_main(main: str, proof: Proof, lower: _LowerCase) -> list[Candidate]:
    chosen: list[Candidate] = []
    doubtful: list[Candidate] = []
    explicit = explicit_grammars()
    for key, items in proof.by_key.items():
        rank, count = items[0].parsed.rank, len(items)
        if rank == STRONG or main in explicit:
            chosen += items
        elif rank == GOOD:
            if count > 1 or not lower.has_all(items[0].parsed.parts.name):
                chosen += items
        elif proof.support[key] or (count == 2 and not lower.has_all(items[0].parsed.parts.name)):
            chosen += items
        elif not lower.has_all(items[0].parsed.parts.name):
            doubtful += items
    # A lone capitalised word is a label where the convention has hardly any other lone word: "Atout:" among
    # "Poutine:" and "Donald Trump:", not the "Exemple:" of a page full of fields.
    if doubtful and len(doubtful) <= max(1, len(chosen) // 4) and main in ("colon", "colon_line"):
        chosen += doubtful
    return chosen


def _free_fits(candidate: Candidate, known: set[str]) -> bool:
    """A label in mid-sentence (a heading lost its full stop) must be known, or carry a bracket as labels do."""
    if candidate.grammar == "stop":
        return candidate.key in known
    return candidate.key in known or bool(candidate.parsed.parts.affiliation or candidate.parsed.parts.office)


def _accept_companion(grammar: str, proof: Proof, known: set[str], main: str) -> list[Candidate]:
    chosen: list[Candidate] = []
    for key, items in proof.by_key.items():
        parts, rank = items[0].parsed.parts, items[0].parsed.rank
        if grammar == "verb" or key in known:
            chosen += items
        elif rank < STRONG:
            continue
        elif (
            (grammar == "colon_line" and main == "colon")
            or (grammar in ("gap", "stop") and parts.kind == "query" and len(items) > 1)
            or (grammar == "colon" and main in ("gap", "chevron", "bold", "bracket"))
            or (grammar == "bracket" and parts.kind == "group")
            or (
                grammar == "colon"
                and main == "stop"
                and (parts.honorific or parts.office)
                and items[0].parsed.capitals
            )
        ):
            chosen += items
    return chosen


def _regular(chosen: list[Candidate], lines: Lines) -> list[Candidate]:
    """Drop labels that break the page's own habit: its indentation, and capitals for surnames."""
    counts = Counter(c.key for c in chosen)
    indents = Counter(
        lines.indents[c.line] for c in chosen if c.line >= 0 and not c.inline and counts[c.key] > 1
    )
    if indents:
        indent, count = indents.most_common(1)[0]
        if indent and count > 0.8 * sum(indents.values()):
            chosen = [c for c in chosen if c.inline or lines.indents[c.line] == indent]
    people = [c for c in chosen if c.parsed.parts.kind == "person"]
    if people and sum(c.parsed.capitals for c in people) > 0.9 * len(people) > 3:
        chosen = [
            c for c in chosen if c.parsed.parts.kind != "person" or c.parsed.capitals or counts[c.key] > 1
        ]
    return chosen


_FURNITURE = 40
"""Characters; a shorter line with a figure and no stop, between a heading and what it heads, is a date or a time."""


def _without_headings(text: str, chosen: list[Candidate], lines: Lines) -> list[Candidate]:
    """Drop names that stand once, alone on their line, where nobody speaks below: "Ferry Services" above a label."""
    counts = Counter(candidate.key for candidate in chosen)
    labelled = {candidate.line for candidate in chosen}

    def silent(line: int) -> bool:
        below = line + 1
        while below not in labelled and below < len(lines.starts) and _dates(text, lines, below):
            below += 1
        return below in labelled

    return [
        candidate
        for candidate in chosen
        if counts[candidate.key] > 1 or not _bare(candidate) or not silent(candidate.line)
    ]


def _bare(candidate: Candidate) -> bool:
    """A name and nothing else, as a heading may be."""
    parts = candidate.parsed.parts
    more = parts.honorific or parts.office or parts.affiliation or parts.role
    return parts.kind == "person" and not more


def _dates(text: str, lines: Lines, line: int) -> bool:
    said = text[lines.starts[line] : lines.ends[line]]
    return len(said) < _FURNITURE and any(map(str.isdigit, said)) and not said.endswith((".", "!", "?"))


_LOWER_WORDS = re.compile(r"(?<![\w'’])[^\W\d_A-Z][\w]{2,30}")


class _LowerCase:
    """Which words the text also writes in lower case; a name does not occur so. Read once, when first asked."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._words: frozenset[str] | None = None

    def has_all(self, name: str) -> bool:
        if self._words is None:
            self._words = frozenset(word for word in _LOWER_WORDS.findall(self._text) if word.islower())
        words = [word.strip(".,") for word in name.split()]
        return bool(words) and all(word.lower() in self._words for word in words)
