"""A quotation in one language, its passage in another: found by what belongs to no language, or by meaning.

Figures, dates, names, cognates and ideas of the concept table carry over; with the extra `semantic` so does what a
sentence is about. Neither tells "will" from "may": what is found is a likely match and never the same words.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from math import log
from typing import NamedTuple

from onrecord.collation import semantic as meaning
from onrecord.collation.passages import Passage, joined, lines_as_passages
from onrecord.quotecheck.quotation import Quotation
from onrecord.quotecheck.speech import Speech, Unit
from onrecord.spans import Span
from onrecord.text.language import document_language

# Likeness without meaning, and how many times that of the runner-up it must be: set on parallel news sentences (English
# and French, 120 that have a counterpart among 400 and 100 that have none).
ENOUGH, SURE_APART = 0.5, 1.3
COSINE, COSINE_APART = 0.52, 0.06  # the same with meaning, as cosine and as distance
LENGTHS = (0.4, 2.5)  # characters of a passage over those of the quotation
MOST = 3  # sentences of one passage
FEW = 200  # sentences of a record whose meaning is read whatever they share: about half a second
READ = 16  # passages whose meaning is read: those that are likeliest without
_DOUBT = 4.0  # weight of invented evidence against: two short sentences that share one word are not alike yet
_RUNNER = 0.2  # likeness of a runner-up below which distance says nothing


class Rendered(NamedTuple):
    """A passage that probably says in another language what the quotation says; `by_meaning`: a model was asked."""

    speech: Speech
    unit: Unit
    span: Span
    score: float
    by_meaning: bool


class Sentences:
    """The sentences of a record as passages with keys, weighed by rarity; built once for all quotations."""

    def __init__(self, speech: Speech) -> None:
        self.places = [(unit, start, end) for unit in speech.units for start, end in speech.sentences(unit)]
        lines = [" ".join(speech.text[start:end].split()) for _, start, end in self.places]
        self.passages = lines_as_passages(lines, speech.source.language)
        counts: dict[str, int] = {}
        for passage in self.passages:
            for key in passage.keys:
                counts[key] = counts.get(key, 0) + 1
        self.weights = {key: log(len(lines) / count) + 0.3 for key, count in counts.items()}
        self.holders: dict[str, list[int]] = {}
        for at, passage in enumerate(self.passages):
            for key in passage.keys:
                self.holders.setdefault(key, []).append(at)

    @cached_property
    def meanings(self) -> meaning.Matrix:
        """What each sentence means, read once."""
        return meaning.encode([passage.text for passage in self.passages])


def sentences_of(speech: Speech) -> Sentences:
    """The index of a record, made when first asked for and kept with it."""
    found = speech.kept.get("across")
    if not isinstance(found, Sentences):
        found = speech.kept["across"] = Sentences(speech)
    return found


def rendered(quotation: Quotation, speeches: Sequence[Speech], semantic: bool | None) -> Rendered | None:
    """The best likely match among records in another language than the quotation's; None where none stands out.

    Keys are asked first, meaning only where they are not enough: `semantic` True asks the extra (`MissingExtra` where
    it is not there), False does not, None does where it is installed.
    """
    language = document_language(quotation.text).language
    if language is None:
        return None
    found = [
        one
        for speech in speeches
        if speech.source.language not in (None, language)
        for one in [_best(quotation, language, speech, semantic)]
        if one
    ]
    return max(found, key=lambda one: one.score, default=None)


def _best(quotation: Quotation, language: str, speech: Speech, semantic: bool | None) -> Rendered | None:
    index = sentences_of(speech)
    if not index.passages:
        return None
    mine = joined(lines_as_passages(quotation.text.split("\n"), language))
    scored = sorted(_scored(mine, index), key=lambda one: (-one[0], one[1], one[2]))
    if scored and scored[0][0] >= ENOUGH:
        rest = next((score for score, *span in scored if not _overlap(span, scored[0][1:])), 0.0)
        if rest <= _RUNNER or scored[0][0] >= SURE_APART * rest:
            return _rendered(speech, index, scored[0], by_meaning=False)
    if semantic or (semantic is None and meaning.available()):
        return _by_meaning(quotation, speech, index, scored, all_of_it=bool(semantic))
    return None


def _overlap(a: Sequence[int], b: Sequence[int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _scored(mine: Passage, index: Sentences) -> list[tuple[float, int, int]]:
    """Likeness, first and last sentence of every passage that shares a key and has about the right length."""
    shared = sorted({at for key in mine.keys for at in index.holders.get(key, ())})
    total = sum(index.weights.get(key, _unheard(key)) for key in mine.keys)
    found = []
    for size in range(1, MOST + 1):
        starts = sorted({at - back for at in shared for back in range(size) if at >= back})
        for first in starts:
            last = first + size
            if last > len(index.places) or index.places[first][0].first != index.places[last - 1][0].first:
                continue
            letters = sum(passage.letters for passage in index.passages[first:last])
            if not LENGTHS[0] <= letters / max(1, mine.letters) <= LENGTHS[1]:
                continue
            keys = frozenset().union(*(passage.keys for passage in index.passages[first:last]))
            common = sum(index.weights[key] for key in mine.keys & keys)
            theirs = sum(index.weights[key] for key in keys if key[0] in _TOLD)
            found.append((2 * common / (total + max(theirs, common) + _DOUBT), first, last))
    return found


_TOLD = "#@~"  # keys of values and ideas; a word that only one language has says nothing against a pair


def _unheard(key: str) -> float:
    """What a key weighs against a match that the whole record lacks: a figure much, a word that is no idea nothing."""
    return 3.0 if key[0] in "#@" else 0.0


def _by_meaning(
    quotation: Quotation,
    speech: Speech,
    index: Sentences,
    scored: Sequence[tuple[float, int, int]],
    *,
    all_of_it: bool,
) -> Rendered | None:
    """The passage whose meaning is nearest: of every sentence where there are few or all are asked for, else of those
    that share most keys; of longer passages where they share keys."""
    longer = [(first, last) for _, first, last in scored if last - first > 1][:READ]
    quoted = meaning.encode([quotation.text])[0]
    if all_of_it or len(index.places) <= FEW:
        spans = [(at, at + 1) for at in range(len(index.places))]
        cosines = [float(one) for one in index.meanings @ quoted]
    else:
        spans, cosines = [], []
        longer = [(first, last) for _, first, last in scored if last - first == 1][:FEW] + longer
    if longer:
        texts = [" ".join(passage.text for passage in index.passages[a:b]) for a, b in longer]
        spans += longer
        cosines += [float(one) for one in meaning.encode(texts) @ quoted]
    if not spans:
        return None
    order = sorted(range(len(spans)), key=lambda at: (-cosines[at], spans[at]))
    best = order[0]
    rest = next((cosines[at] for at in order if not _overlap(spans[at], spans[best])), 0.0)
    if cosines[best] < COSINE or cosines[best] - rest < COSINE_APART:
        return None
    return _rendered(speech, index, (round(cosines[best], 4), *spans[best]), by_meaning=True)


def _rendered(
    speech: Speech, index: Sentences, found: tuple[float, int, int], *, by_meaning: bool
) -> Rendered:
    score, first, last = found
    unit, start, _ = index.places[first]
    return Rendered(speech, unit, Span(start, index.places[last - 1][2]), min(1.0, score), by_meaning)
