"""Which language a text is in, and where it changes. Evidence: function words, then letters and endings.

The lists are `[language]` in each `lexicon/<language>/text.toml`. A word that several languages share counts
for each of them by its share, so that what is distinctive decides.

>>> document_language("Nous avons eu des négociations très utiles, et je vous remercie.").language
'fr'
>>> document_language("Мы провели очень полезные переговоры, и я вас благодарю.").language
'ru'
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from onrecord.lexicon import languages, load
from onrecord.model import Judgement
from onrecord.text.expressions import later
from onrecord.text.matching import fold
from onrecord.text.vocabulary import words as entries_of

Run = tuple[int, int, str]

_WORD = re.compile(r"[^\W\d_]+")
_NO_LETTER = re.compile(r"[\W\d_]")
# One set for all that may cut, and only then what a dash needs: a search skips to the set.
_BREAK = re.compile(r"[.!?…»«“”„\"()\[\]:;–—-](?:(?<![–—-])|(?<=\s.)(?=\s))")
_SAMPLE, _WINDOWS = 20_000, 10  # of a long document we read this many characters, in this many places
_EVIDENCE = 2_000  # characters of one paragraph that judge it
_ENDING, _LETTER = 0.25, 0.5  # what an ending and a letter weigh against a function word
_SCRIPTS = {
    "latin": later(r"[A-Za-zÀ-ɏ]"),
    "cyrillic": later(r"[\u0400-\u052f]"),
    "arabic": later(r"[\u0600-\u06ff]"),
}


class Guess(NamedTuple):
    """The language of a document (ISO 639-1), how sure, and the weighted share of each language's words.

    `ambiguous` still names the best candidate; `unresolved` names none. Scores are highest first.
    """

    language: str | None
    judgement: Judgement
    scores: tuple[tuple[str, float], ...]


class _Evidence(NamedTuple):
    scores: dict[str, float]  # weighted evidence by language
    hits: dict[str, int]  # function words by language, unweighted
    words: int


class _Detector:
    """The function words, endings and letters of all languages, indexed by what a word can show."""

    def __init__(self) -> None:
        self.words: dict[str, list[str]] = {}
        self.endings: dict[str, list[str]] = {}
        self.letters: dict[str, list[str]] = {}
        self.script: dict[str, str] = {}
        for language in languages():
            data: dict[str, Any] = load(language, "text")["language"]
            self.script[language] = data["script"]
            for word in dict.fromkeys(_WORD.findall(data["function_words"])):
                self.words.setdefault(word, []).append(language)
            for word in data["elisions"].split():
                if language not in self.words.setdefault(word, []):
                    self.words[word].append(language)
            for ending in entries_of(data["endings"]):
                self.endings.setdefault(ending, []).append(language)
            for letter in data["letters"]:
                self.letters.setdefault(letter, []).append(language)
        self.lengths = sorted({len(ending) for ending in self.endings}, reverse=True)

    def evidence(self, words: list[str]) -> _Evidence:
        """Weigh the words (lower case) for every language."""
        scores = dict.fromkeys(self.script, 0.0)
        hits = dict.fromkeys(self.script, 0)
        for word, times in Counter(words).items():
            if owners := self.words.get(word):
                for language in owners:
                    scores[language] += times / len(owners)
                    hits[language] += times
                continue
            for weight, owners in self._traits(word):
                for language in owners:
                    scores[language] += weight * times / len(owners)
        return _Evidence(scores, hits, len(words))

    def _traits(self, word: str) -> Iterator[tuple[float, list[str]]]:
        for length in self.lengths:
            if len(word) > length and (owners := self.endings.get(word[-length:])):
                yield _ENDING, owners
                break
        if not word.isascii():
            for letter in dict.fromkeys(word[:40]):
                if owners := self.letters.get(letter):
                    yield _LETTER, owners


@cache
def _detector() -> _Detector:
    return _Detector()


@cache
def _own_and_foreign(language: str | None) -> tuple[frozenset[str], frozenset[str]]:
    """Function words of the language, and those that only other languages have."""
    words = _detector().words
    own = frozenset(word for word, owners in words.items() if language in owners)
    return own, frozenset(words) - own


def document_language(text: str) -> Guess:
    """The language most of the text is in; a long document is judged by samples spread over it."""
    if len(text) > _SAMPLE:
        step, size = len(text) // _WINDOWS, _SAMPLE // _WINDOWS
        text = "\n".join(text[at : at + size] for at in range(0, step * _WINDOWS, step))
    return _judge(_detector().evidence(_WORD.findall(text.lower())))


def _judge(evidence: _Evidence) -> Guess:
    ranked = sorted(evidence.scores.items(), key=lambda item: (-item[1], item[0]))
    total = max(evidence.words, 1)
    scores = tuple((language, round(score / total, 4)) for language, score in ranked if score > 0)
    (best, top), (_, second) = ranked[0], ranked[1]
    # Any text of some length is full of function words. One with few of ours is in a language we do not know.
    # Languages without articles have fewer, and share their script with fewer neighbours.
    least = 0.15 if _detector().script[best] == "latin" else 0.1
    foreign = evidence.hits[best] < least * evidence.words and top < (least + 0.05) * evidence.words
    if top < 0.5 or foreign:
        return Guess(None, "unresolved", scores)
    if second <= 0.5 * top and top >= 4:
        return Guess(best, "certain", scores)
    return Guess(best, "likely" if second <= 0.75 * top else "ambiguous", scores)


def language_runs(text: str, lines: Sequence[tuple[int, int]]) -> list[Run]:
    """The language of each paragraph, and of foreign stretches inside it, as `(start, end, language)`.

    `lines` are the paragraphs in order; neighbours of one language are merged. A short paragraph is in the
    language of the document unless its words say otherwise; a foreign stretch is a sentence or quotation of
    at least four words. Paragraphs in a language or script that no lexicon knows are left out.

    >>> text = "Elle nous l’a dit hier : “There is no deal until we sign”. Nous avons tous très bien compris."
    >>> [(text[s:e][:8], language) for s, e, language in language_runs(text, [(0, len(text))])]
    [('Elle nou', 'fr'), ('There is', 'en'), ('”. Nous ', 'fr')]
    """
    document = document_language(text).language
    runs: list[Run] = []
    before: str | None = document
    letters = _letters_alone(text)
    for start, end in lines:
        piece = text[start:end]
        if not piece or piece.isspace():
            continue
        for run in _paragraph_runs(piece, letters[start:end], start, document, before):
            if runs and runs[-1][2] == run[2]:
                runs[-1] = (runs[-1][0], run[1], run[2])
            else:
                runs.append(run)
            before = run[2]
    return runs


def _letters_alone(text: str) -> str:
    """The text folded, with a blank for all that is no letter; never longer or shorter."""
    return _NO_LETTER.sub(" ", fold(text))


def _paragraph_runs(
    piece: str, letters: str, start: int, document: str | None, before: str | None
) -> Iterator[Run]:
    """The runs of one paragraph; `letters` is the same with its `_letters_alone`."""
    words = letters.split()
    own_words, foreign_words = _own_and_foreign(document)
    own, foreign = sum(map(own_words.__contains__, words)), sum(map(foreign_words.__contains__, words))
    language = document
    if foreign > own and len(words) < 4 and before != document and before in _owners(words):
        language = before  # a short answer in the middle of a foreign passage
    elif own < 0.2 * len(words) or (foreign and foreign >= own):
        language = _paragraph_language(piece, words, document)
    if language is not None and language == document and foreign >= 2 and len(words) >= 8:
        yield from _split(piece, letters, start, language)
    elif language is not None:
        yield start, start + len(piece), language


def _owners(words: list[str]) -> set[str]:
    return {language for word in words for language in _detector().words.get(word, ())}


def _paragraph_language(piece: str, words: list[str], document: str | None) -> str | None:
    """Another language where the evidence is strong, else the document's; None in a script of no lexicon."""
    head = piece[:_EVIDENCE]
    if words and not any(script.search(head) for script in _SCRIPTS.values()):
        return None
    if document is None:
        return _judge(_detector().evidence(words[: _EVIDENCE // 4])).language
    return _foreign(words[: _EVIDENCE // 4], document) or document


def _foreign(words: list[str], document: str) -> str | None:
    """The language of at least four words that are clearly not in the document's, else None."""
    if len(words) < 4:
        return None
    evidence = _detector().evidence(words)
    best = max(evidence.scores, key=lambda language: (evidence.scores[language], language))
    top, own = evidence.scores[best], evidence.scores[document]
    shown = evidence.hits[best] >= max(2, 0.2 * len(words)) or (
        _detector().script[best] != _detector().script[document] and top >= 0.2 * len(words)
    )
    return best if best != document and shown and top >= 1.5 and own <= 0.5 * top else None


def _split(piece: str, letters: str, start: int, document: str) -> Iterator[Run]:
    """A paragraph of the document's language, cut where a sentence or a quotation is foreign."""
    at = left = 0
    own_words, foreign_words = _own_and_foreign(document)
    for right in [*(found.end() for found in _BREAK.finditer(piece)), len(piece)]:
        words = letters[left:right].split()
        if sum(map(foreign_words.__contains__, words)) > sum(map(own_words.__contains__, words)):
            language = _foreign(words, document)
            if language:
                first, last = _letters(piece, left, right)
                if at < first:
                    yield start + at, start + first, document
                yield start + first, start + last, language
                at = last
        left = right
    if at < len(piece):
        yield start + at, start + len(piece), document


def _letters(piece: str, left: int, right: int) -> tuple[int, int]:
    """The part from its first letter to its last: the quotation marks around it are the writer's own."""
    found = [match.span() for match in _WORD.finditer(piece, left, right)]
    return found[0][0], found[-1][1]
