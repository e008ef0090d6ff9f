"""Phrases and sentences printed twice in a row: "en Russie en Russie"."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.integrity.document import Document
from onrecord.integrity.findings import Example, Finding, Rule, repair
from onrecord.text.sentences import sentences

_LONGEST = 15
"""Words of the longest phrase that is looked for twice."""
_BLANK = frozenset((" ", "\u00a0", "\u202f"))
_WITHIN = _BLANK | {"'", "’", "-", "‑"}
_WORDS = 8
"""Words from which a sentence said twice in a row is a copy, not emphasis."""


def doubled_phrases(document: Document) -> Iterator[Finding]:
    """Two or more words again at once, with nothing but a space between; speech may stumble over function words."""
    last: dict[str, int] = {}
    free = 0
    for at, word in enumerate(document.words):
        before = last.get(word)
        last[word] = at
        if before is None or (length := at - before) > _LONGEST or before < free:
            continue
        first = before
        if length > 1 and first + 2 * length <= len(document) and _again(document, first, length):
            free = first + 2 * length
            yield _finding(document, first, length, _phrase(document, first, length))


def _again(document: Document, first: int, length: int) -> bool:
    words = document.words
    phrase = words[first : first + length]
    if phrase != words[first + length : first + 2 * length] or len(set(phrase)) == 1:
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
    words = document.words
    for at in document.where(document.tongue.listed("never_doubled")):
        if at + 1 < len(words) and words[at] == words[at + 1] and document.after(at) in (" ", "\u00a0"):
            whole = document.starts[at], document.end(at + 1)
            triple = (at > 0 and words[at - 1] == words[at]) or words[at + 2 : at + 3] == [words[at]]
            if not triple and not document.spoken(whole[0]) and document.capital[at] <= document.opens(at):
                once = document.text[whole[0] : document.end(at)]
                yield Finding(*whole, "minor", f"“{words[at]}” is printed twice in a row", repair(once))


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
    text = document.text
    for paragraph in document.paragraphs:
        if paragraph.end - paragraph.start < 2 * 4 * _WORDS or document.spoken(paragraph.end - 1):
            continue
        half = text[paragraph.start : paragraph.start + 24]
        if text.find(half, paragraph.start + 24, paragraph.end) < 0 and not _repeats(document, paragraph):
            continue
        before: tuple[int, int] | None = None
        for start, end in sentences(text, document.language, paragraph.start, paragraph.end):
            if before and text[slice(*before)] == text[start:end] and len(text[start:end].split()) >= _WORDS:
                yield Finding(start, end, "minor", "the sentence before is printed again", None, (before,))
            before = start, end


def _repeats(document: Document, paragraph: tuple[int, int]) -> bool:
    """Whether any eight words of the paragraph come back in it: only then are its sentences cut."""
    first, stop = document.at(paragraph[0]), document.at(paragraph[1])
    words = document.words
    if stop - first < 2 * _WORDS:
        return False
    seen: set[tuple[str, ...]] = set()
    for at in range(first, stop - _WORDS + 1, _WORDS // 2):
        seen.add(tuple(words[at : at + _WORDS]))
    return sum(tuple(words[at : at + _WORDS]) in seen for at in range(first, stop - _WORDS + 1)) > len(seen)


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
