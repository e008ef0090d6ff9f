"""Phrases and sentences printed twice in a row: "en Russie en Russie"."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.integrity.document import Document
from onrecord.integrity.findings import Example, Finding, Rule, repair

_LONGEST = 60
"""Words of the longest sentence that is looked for twice."""
_PHRASE = 15
"""And of the longest phrase."""
_ENDS = frozenset(".!?…")
_SHORTEST = 4
_BLANK = frozenset((" ", "\u00a0", "\u202f"))
_WITHIN = _BLANK | {"'", "’", "-", "‑"}
_WORDS = 8
"""Words from which a sentence said twice in a row is a copy, not emphasis."""


def _twice(document: Document) -> list[tuple[int, int]]:
    """Every run of words that is printed again at once, as `(first word, number of words)`; found in one pass."""
    found: list[tuple[int, int]] = document.remember("twice", lambda: list(_seek(document.words)))
    return found


def _seek(words: list[str]) -> Iterator[tuple[int, int]]:
    """A word of the second copy stands as far behind its first as the copy is long; its neighbours must too."""
    last: dict[str, int] = {}
    free, count = 0, len(words)
    for at, word in enumerate(words):
        before = last.get(word, -1)
        last[word] = at
        length = at - before
        if before < free or length > _LONGEST:
            continue
        left, right = at, at + 1
        while left > free + length and at - left < length and words[left - 1] == words[left - 1 - length]:
            left -= 1
        while right < count and right - left < length and words[right] == words[right - length]:
            right += 1
        if right - left >= length:
            yield left - length, length
            free = left if length > 1 else at


def doubled_phrases(document: Document) -> Iterator[Finding]:
    """Two or more words again at once, with nothing but a space between; speech may stumble over function words."""
    for first, length in _twice(document):
        if 1 < length <= _PHRASE and _again(document, first, length):
            yield _finding(document, first, length, _phrase(document, first, length))


def _again(document: Document, first: int, length: int) -> bool:
    words = document.words
    phrase = words[first : first + length]
    if len(set(phrase)) == 1:
        return False
    linking = document.tongue.listed("linking")
    around = {phrase[0]: first + 2 * length, phrase[-1]: first - 1}
    if any(words[max(at, 0) : at + 1] == [word] and word not in linking for word, at in around.items()):
        return False  # "from coast to coast to coast"
    inner = (document.gap(at) for at in range(first + 1, first + length))
    if document.gap(first + length) not in _BLANK or any(gap not in _WITHIN for gap in inner):
        return False
    content = any(word not in document.tongue.function_words for word in phrase)
    return content or not document.spoken(document.starts[first])


def _phrase(document: Document, first: int, length: int) -> str:
    return document.text[document.starts[first] : document.end(first + length - 1)]


def _finding(document: Document, first: int, length: int, phrase: str) -> Finding:
    return Finding(
        document.starts[first], document.end(first + 2 * length - 1), "minor",
        f"“{phrase}” is printed twice in a row", repair(phrase),
    )  # fmt: skip


def doubled_words(document: Document) -> Iterator[Finding]:
    """A word that no sentence doubles ("de de"), outside of speech, which may stumble."""
    words, never = document.words, document.tongue.listed("never_doubled")
    for at, length in _twice(document):
        if length > 1 or document.after(at) not in _BLANK or not (words[at] in never or _plain(document, at)):
            continue
        start, once = document.starts[at], document.text[document.starts[at] : document.end(at)]
        triple = words[max(at - 1, 0) : at] == [words[at]] or words[at + 2 : at + 3] == [words[at]]
        if not triple and not document.spoken(start) and document.capital[at] <= document.opens(at):
            yield Finding(
                start, document.end(at + 1), "minor", f"“{words[at]}” is printed twice in a row", repair(once)
            )


def _plain(document: Document, at: int) -> bool:
    """Whether the word is one that nobody doubles for emphasis, in a language where we know which people do."""
    emphatic, word = document.tongue.listed("doubled_well"), document.words[at]
    small = not document.capital[at] and not document.capital[at + 1] and len(word) >= _SHORTEST
    return bool(emphatic) and small and word not in emphatic and word not in document.tongue.function_words


def doubled_ends(document: Document) -> Iterator[Finding]:
    """The end of a comparison twice: "the sooner, the better, the better"."""
    for phrase in document.tongue.listed("never_twice"):
        at = document.folded.find(f"{phrase}, {phrase}")
        while at >= 0:
            end = at + 2 * len(phrase) + 2
            if not document.folded[at - 1 : at].isalpha() and not document.folded[end : end + 1].isalpha():
                once = document.text[at : at + len(phrase)]
                yield Finding(at, end, "major", f"“{once}” is printed twice in a row", repair(once))
            at = document.folded.find(f"{phrase}, {phrase}", end)


def doubled_sentences(document: Document) -> Iterator[Finding]:
    """A long sentence twice in a row; speakers do repeat themselves."""
    for first, length in _twice(document):
        second = first + length
        if length < _WORDS or document.spoken(document.starts[first]) or "\n" in document.gap(second):
            continue
        if _ENDS.isdisjoint(document.gap(second)) or not document.capital[second]:
            continue
        start, end = document.starts[second], document.end(second + length - 1)
        end += len(document.text[end : end + 1].strip())  # with its full stop
        before = document.starts[first], document.starts[second] - len(document.gap(second)) + 1
        yield Finding(start, end, "minor", "the sentence before is printed again", None, (before,))


RULES = (
    Rule(
        "doubled_phrase", "duplicate", "form", doubled_phrases,
        Example("fr", "La ligne a rouvert ⟦entre les deux ports entre les deux ports⟧ en mai."),
        Example("fr", "Nous avons beaucoup, beaucoup travaillé. Peu à peu, jour après jour."),
    ),
    Rule(
        "doubled_word", "duplicate", "form", doubled_words,
        Example("en", "The ferry left ⟦the the⟧ quay at noon."),
        Example("en", "He said that that ferry had had a long, long winter."),
    ),
    Rule(
        "doubled_end", "duplicate", "form", doubled_ends,
        Example("fr", "Plus nous avançons, ⟦mieux c’est, mieux c’est⟧ pour la paix du détroit."),
        Example("fr", "Plus tôt, mieux c’est ; et moins on parle, mieux c’est."),
    ),
    Rule(
        "doubled_sentence", "duplicate", "form", doubled_sentences,
        Example(
            "en",
            "Nobody will be searched without a reason on this line. "
            "⟦Nobody will be searched without a reason on this line.⟧ That is all.",
        ),
        Example("en", "Thank you very much. Thank you very much. It was a good day for both of us."),
    ),
)  # fmt: skip
