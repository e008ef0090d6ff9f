"""Words that the translation left behind: a foreign word alone in a sentence, or a text that changes its language."""

from __future__ import annotations

from collections.abc import Iterator, Set
from functools import cache

from onrecord.integrity.document import Document
from onrecord.integrity.findings import Example, Finding, Rule
from onrecord.people import names
from onrecord.people.roles import LANGUAGES, noun, roles
from onrecord.text.language import document_language

NAMES = {"en": "English", "fr": "French", "de": "German", "es": "Spanish", "ru": "Russian"}
NAMES |= {"it": "Italian", "pt": "Portuguese", "uk": "Ukrainian", "ar": "Arabic"}
_LOAN = 3
"""A foreign word printed this often is the writer's own: a loan, a term, a name."""
_PART = 40
"""Words on either side from which a text that turns to another language is said to be half translated."""
_MARKS = frozenset('«»“”„"‘‹›*_([{')
"""Characters beside a word that show that the writer knew it for a foreign one, or a name."""
_PASSAGE = 20
"""Words from which a stretch in another language than the document's is read as a text of its own."""
_AROUND = 2
"""Words on either side that are the same where a word is only the same sentence printed again."""
_SAMPLE = 1500
_ROLE = 7
"""Letters from which a word that is like a title of another language is no accident."""
_STEM = 3
_PLAIN = frozenset(" \u00a0\u202f'’,\n")


def untranslated(document: Document) -> Iterator[Finding]:
    """One word of another language among words of this one; runs of several, names and quoted words are no damage."""
    tongue = document.tongue
    for code, words in tongue.foreign.items():
        for word in sorted(words & document.places.keys()):
            again = _again(document, word)
            if len(document.places[word]) >= _LOAN and not again:
                continue
            for at in document.places[word]:
                if document.joined(at) or not _alone(document, at, words):
                    continue
                if document.capital[at] and not _capital_too(document, at, again):
                    continue
                own, other = NAMES[document.language or "en"], NAMES[code]
                printed = document.text[document.starts[at] : document.end(at)]
                yield Finding(
                    document.starts[at], document.end(at), "major",
                    f"“{printed}” is {other} and stands alone in a {own} sentence",
                )  # fmt: skip


def in_passages(document: Document) -> Iterator[Finding]:
    """The same in a passage of another language than the document's, each read by what its own language knows."""
    for start, end, code in document.runs:
        if code != document.language and document.at(end) - document.at(start) >= _PASSAGE:
            passage = Document(document.text[start:end], code, people=document.people)
            for found in untranslated(passage):
                yield found._replace(start=found.start + start, end=found.end + start)


def _again(document: Document, word: str) -> bool:
    """Whether a word is printed several times, but always in one sentence: that makes it no loan and no name."""
    places, words = document.places[word], document.words
    return len(places) > 1 and len({tuple(words[max(0, p - _AROUND) : p + _AROUND + 1]) for p in places}) == 1


def _alone(document: Document, at: int, words: Set[str]) -> bool:
    """Whether plain words of the language stand around it: a small one directly beside it, or two everyday ones."""
    everyday, small, familiar, beside = document.tongue.everyday, _small(document), 0, False
    before, after = document.gap(at), document.after(at)
    if before[-1:] in _MARKS or after[:1] in _MARKS or ("\n" in before and "\n" in after):
        return False
    for step in (-1, 1, -2, 2):
        near = at + step
        if not 0 <= near < len(document) or not _reached(document, at, near):
            continue
        word = document.words[near]
        if word in words or (abs(step) == 1 and document.capital[near] and not document.opens(near)):
            return False
        familiar += word in everyday
        beside = beside or (abs(step) == 1 and word in small)
    return beside or familiar >= 2


def _small(document: Document) -> frozenset[str]:
    """Articles, prepositions and the like."""
    return document.tongue.function_words | document.tongue.elisions


def _reached(document: Document, at: int, near: int) -> bool:
    """Whether nothing but spaces and commas lies between two words."""
    low, high = min(at, near), max(at, near)
    between = document.text[document.end(low) : document.starts[high]]
    return all(c in _PLAIN or c.isalpha() for c in between)


def _capital_too(document: Document, at: int, again: bool) -> bool:
    """A capitalised foreign word counts only where no name can stand: between a small word and an article."""
    named = document.named[document.words[at]] > 1 and not again
    if document.opens(at) or at + 1 >= len(document) or named:
        return False
    follows = document.words[at + 1]
    return (
        document.after(at) == " "
        and not document.capital[at + 1]
        and follows in document.tongue.listed("articles")
        and not document.capital[at - 1]
        and document.words[at]
        not in {word for person in document.people for word in person.name.lower().split()}
    )


def foreign_roles(document: Document) -> Iterator[Finding]:
    """A title of another language, perhaps with an ending of this one: "l’adviseur"."""
    language = document.language
    if not document.tongue.rules.get("titles_are_own", False):
        return
    own = roles(language).nouns
    spared = document.tongue.everyday | document.tongue.listed("loans") | document.tongue.listed("roles_not")
    for word in document.small.keys() - spared:
        if len(word) < _ROLE or word[:_STEM] not in _stems() or not (meant := noun(word, language)):
            continue
        key = names.fold(word)
        if any(names.one_edit(key, mine) for mine in own) or any(
            key.removesuffix(s) in own for s in ("s", "e", "es", "n", "in")
        ):
            continue
        for at in document.places[word]:
            if not document.capital[at] and not document.joined(at):
                yield Finding(
                    document.starts[at], document.end(at), "major",
                    f"“{word}” is no {NAMES[language or 'en']} word; it looks like “{meant}”",
                )  # fmt: skip


@cache
def _stems() -> frozenset[str]:
    """How the long role words of all languages begin: a quick look before words are compared letter by letter."""
    return frozenset(word[:_STEM] for code in LANGUAGES for word in roles(code).nouns if len(word) >= _ROLE)


def half_translated(document: Document) -> Iterator[Finding]:
    """The text is in one language up to a paragraph and in another from there to its end."""
    if document.turns or not _turns(document):  # people speak as they like
        return
    runs = [run for run in document.runs if run[1] - run[0] > 1]
    if len(runs) != 2 or runs[0][2] == runs[1][2]:
        return
    (start, cut, first), (left, end, second) = runs
    split = document.at(left)
    if document.at(cut) - document.at(start) >= _PART and document.at(end) - split >= _PART:
        yield Finding(
            left, end, "critical",
            f"the text is in {NAMES[first]} up to here and in {NAMES[second]} from here on",
        )  # fmt: skip


def _turns(document: Document) -> bool:
    """Whether the end of the text is in another language than its beginning; the runs are only sought then."""
    text = document.text
    if len(document) < 2 * _PART:
        return False
    size = min(_SAMPLE, len(text) // 3)
    first, last = document_language(text[:size]).language, document_language(text[-size:]).language
    return first is not None and last is not None and first != last


_BEFORE = "The harbour has opened. " * 12 + "\n\n"
_AFTER = " Elle est venue avec eux dans la nuit, mais sans rien dire."

RULES = (
    Rule(
        "untranslated_word", "untranslated", "form", untranslated,
        Example("fr", "Le président a parlé ⟦without⟧ notes pendant une heure."),
        Example("fr", "Le « without » du texte anglais, et le groupe The Quay Without Lights jouent ce soir."),
    ),
    Rule(
        "untranslated_in_passage", "untranslated", "form", in_passages,
        Example("en", _BEFORE + "Le maire a ⟦told⟧ les pilotes que le port ouvre, et nous avons compris." + _AFTER),
        Example("en", _BEFORE + "Le maire a lu « told » aux pilotes de Tell, et nous avons tous compris." + _AFTER),
    ),
    Rule(
        "foreign_role", "untranslated", "form", foreign_roles,
        Example("fr", "Elle est venue avec l’⟦adviseur⟧ du port et deux pilotes."),
        Example("fr", "Elle est venue avec les directeurs du port, du ministère et de l’ambassade."),
    ),
    Rule(
        "half_translated", "untranslated", "form", half_translated,
        Example("es", "El puerto ha abierto de nuevo. " * 9 + "\n⟦" + "The harbour has opened. " * 12 + "The end.⟧"),
        Example("es", "El puerto ha abierto de nuevo. " * 9 + "\nAsí lo ha dicho la presidenta del puerto."),
    ),
)  # fmt: skip
