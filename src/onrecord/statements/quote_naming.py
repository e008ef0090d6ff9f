"""Marks that name a thing and quote nobody: titles, newspapers, mottoes, addresses, "so-called" words.

Nothing here knows a name. What tells is how the words are printed (capitals, no verb) and what governs them:
a noun, a preposition, a word that names, and not a verb of speech.
"""

from __future__ import annotations

from onrecord.statements import quote_sources as sources
from onrecord.statements.quote_sentences import CAP, CUE, QUOTE, Sentence
from onrecord.statements.quote_words import ADV, CONJ, DET, FINITE, PREP, PRON, SUB, quote_words
from onrecord.text.expressions import later

LONGEST_NAME = 14  # words; what is longer says something
_CLAUSE = 24  # tokens to the left in which a word can govern the marks
_SMALL = CUE | PRON | ADV | DET | PREP | SUB | CONJ
_ADDRESS = later(r"[\w@/:-]{1,60}(?:\.[\w@/:-]{1,60}){1,6}/?")
_WORD = later(r"\w+(?:[-’'.]\w+)*")


def names(sentence: Sentence, at: int) -> bool:
    """Whether the quotation at token `at` names a thing and quotes nobody.

    Behind a colon or a comma, and at the head of a sentence, marks are taken for speech whatever stands in
    them, unless a word that names leads to them ("Motto: “…”").
    """
    quotation, know = sentence.quotations[at], sentence.words
    content = sentence.text[quotation.start : quotation.end]
    words = content.split()
    if know.naming and know.naming.search(sentence.text[max(0, quotation.left - 60) : quotation.left]):
        return len(words) < 12
    if len(words) == 1 and _ADDRESS.fullmatch(content):
        return True
    if (
        know.naming_stems
        and len(words) <= LONGEST_NAME
        and sentence.word(at - 1).startswith(know.naming_stems)
    ):
        return True
    if know.naming_nouns and at and len(words) <= LONGEST_NAME and _named(sentence, at):
        return True
    if _baptised(sentence, at):
        return len(words) <= LONGEST_NAME
    if at == 0 or sentence.word(at - 1) in {",", ":"}:
        return False
    if know.capital_nouns:
        return len(words) <= LONGEST_NAME and _governed(sentence, at, content)
    if len(words) > 8 or (sentence.word(at + 1) == "," and not _proper(sentence, at, words)):
        return False
    large = [word for word in words if word[:1].isupper()]
    small = [word for word in words if word[:1].islower() and len(word) > 3]
    return len(large) > 1 and not small


def _proper(sentence: Sentence, at: int, words: list[str]) -> bool:
    """Whether the marks hold nothing but capitals although a comma follows, and no verb of speech is beside."""
    if not sentence.words.inverts or sentence.words.bare or sentence.words.indirect:
        return False
    return not sentence.has(at + 2, CUE) and all(word[:1].isupper() for word in words)


def _named(sentence: Sentence, at: int) -> bool:
    """Whether a noun that names leads to the marks: "Motto: “…”", "the name is “…”", "the title “…”"."""
    know, left = sentence.words, at - 1
    if sentence.word(left) == ":":
        return _announces(sentence, left)
    while left > 0 and (sentence.low[left] in know.naming_verbs or sentence.bits[left] & ADV):
        left -= 1
    nouns = know.naming_nouns if left < at - 1 else know.naming_nouns + know.work_nouns
    return sentence.has(left, CAP) and sentence.low[left].endswith(nouns)


def _baptised(sentence: Sentence, at: int) -> bool:
    """Whether a verb that names follows: "“…”, so heißt der Hafen"."""
    know, after = sentence.words, at + 1 + (sentence.word(at + 1) == ",")
    after += sentence.word(after) in know.inline_sources
    return sentence.word(after) in know.naming_verbs and not sentence.has(after + 1, PRON)


def _announces(sentence: Sentence, colon: int) -> bool:
    """Whether a noun that names stands before a colon, with no verb of speech between."""
    know, left = sentence.words, colon - 1
    if sentence.has(left, CAP) and sentence.word(left).endswith(know.work_nouns):
        begin = sources.phrase_ending(sentence, colon)
        return begin is not None and not sentence.has(begin - 1, PREP) and not sentence.has(begin, PREP)
    for at in range(left, max(-1, left - _CLAUSE), -1):
        bits, low = sentence.bits[at], sentence.low[at]
        if bits & CAP and low.endswith(know.naming_nouns):
            return True
        if low in (";", ",", ")", ":") or bits & QUOTE or (bits & CUE and not bits & CAP):
            return False
    return False


def _governed(sentence: Sentence, at: int, content: str) -> bool:
    """Whether the marks hold a name where every noun has a capital: a noun or a preposition governs them."""
    left = at - 1
    if sentence.words.speech_nouns and sentence.word(left).endswith(sentence.words.speech_nouns):
        return False  # "den Satz „…“"
    if sentence.word(left) in sentence.words.indefinite:
        return False  # "in einen „Bunker“": somebody's word for a thing; names have another article or none
    while left > 0 and sentence.bits[left] & DET and not sentence.bits[left] & CAP:
        left -= 1
    noun = bool(sentence.bits[left] & CAP and not sentence.bits[left] & _SMALL)
    large = not content[:1].islower()
    if noun and large and left == at - 1 and len(content.split()) < 4 and not _speaks(sentence, at):
        return True
    beside = left < at - 1 and sentence.low[left] == ","  # "der Lauf, das „Torver Rund um den Kai“, …"
    if not (noun or beside or sentence.has(left, PREP)) or not titled(content, sentence.words.language):
        return False
    return not _reached(sentence, left)


def _speaks(sentence: Sentence, at: int) -> bool:
    """Whether a verb of speech stands right behind the marks."""
    return sentence.has(at + 1, CUE) and not sentence.has(at + 1, CAP)


def _reached(sentence: Sentence, at: int) -> bool:
    """Whether a verb of speech reaches the marks by the word at `at`: "sprach von", "warnte vor"."""
    low = sentence.low[at]
    for left in range(at, max(-1, at - _CLAUSE), -1):
        cue = sentence.words.cues.get(sentence.low[left])
        if cue and not sentence.bits[left] & CAP:
            return low in cue.governs
    return False


def titled(content: str, language: str | None) -> bool:
    """Whether all words of weight have capitals and none of them is a verb."""
    know = quote_words(language)
    weighty = 0
    for word in _WORD.findall(content):
        low = word.lower()
        kind = know.classes.get(low, 0)
        if kind & (FINITE | PRON) or (low in know.cues and word[0].islower()):
            return False
        if word[0].islower() and not kind & (DET | PREP | CONJ) and len(word) > 2:
            return False
        weighty += word[0].isupper()
    return weighty > 0
