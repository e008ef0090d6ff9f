"""Names that lost their capital: "selon kremlin", where the same text has "le Kremlin"."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.integrity.document import Document
from onrecord.integrity.findings import Example, Finding, Rule, repair
from onrecord.integrity.shared import given_names, listed
from onrecord.model import Suggestion
from onrecord.people.roles import is_role_word, roles

_SHORTEST = 4
_RARE = 2
"""A word in small letters more often than this is not a name that lost its capital by accident."""
_APPOSED = frozenset(",.;:)»”!?")
"""What follows a full name more often than a verb does."""


def known_in_capitals(document: Document) -> Iterator[Finding]:
    """A word in small letters that the text itself prints as a name, and that is no everyday word."""
    if not document.tongue.rules.get("names_have_capitals", False) or _careless(document):
        return
    small, named = document.small, document.alone
    for word in named.keys() & small.keys():
        if small[word] <= min(_RARE, named[word] - _plural(word)) and _name_like(document, word):
            shown = _shown(document, word)
            for at in document.places[word]:
                if not document.capital[at] and _stands(document, at):
                    yield _finding(document, at, shown)


def _plural(word: str) -> int:
    """1 for what may be a plural, which names seldom are ("les slaves", "des rameaux"): it needs one proof more."""
    return int(word[-1] in "sx")


def known_names(document: Document) -> Iterator[Finding]:
    """A country, city or leader in small letters; a given name in small letters beside a capitalised one."""
    if _careless(document):
        return
    tongue = document.tongue
    for at in document.where(tongue.names):
        if not document.capital[at] and document.small[document.words[at]] <= _RARE and _stands(document, at):
            yield _finding(document, at)
    for at in document.where(frozenset(given_names()) - tongue.everyday):
        if document.capital[at] or not _stands(document, at):
            continue
        led = at > 0 and document.gap(at) == " " and document.words[at - 1] in tongue.listed("before_person")
        if led or _beside_a_name(document, at):
            yield _finding(document, at)
    for row in tongue.rules.get("names_behind", ()):
        heads = frozenset(row["behind"].split())
        for at in document.where(frozenset(row["words"].split())):
            if (
                not document.capital[at]
                and at
                and document.words[at - 1] in heads
                and document.gap(at) == " "
            ):
                yield _finding(document, at)


def peoples(document: Document) -> Iterator[Finding]:
    """A people in small letters behind a plural article, where no adjective can stand: "arrivée des européens"."""
    known, articles = roles(document.language), document.tongue.listed("plural_articles")
    for at in document.where(articles):
        people = at + 1
        if people >= len(document) or document.after(at) != " " or document.capital[people]:
            continue
        if (
            document.words[people].endswith("s")
            and known.adjective(document.words[people])
            and _stands(document, people)
        ):
            yield _finding(document, people)


def behind_given_name(document: Document) -> Iterator[Finding]:
    """A word that is no everyday word, in small letters where the surname belongs: "Margaret boemer, 41"."""
    everyday, given = document.tongue.everyday, _given()
    for at in document.where(given):
        last = at + 1
        if (
            not document.capital[at]
            or last >= len(document)
            or document.capital[last]
            or document.after(at) != " "
        ):
            continue
        word, stop = document.words[last], document.after(last)[:1]
        if (
            document.small[word] > _RARE
            or len(word) < _SHORTEST
            or word in everyday
            or not _stands(document, last)
        ):
            continue
        following = document.words[last + 1] if last + 1 < len(document) else ""
        if (stop in _APPOSED or following in document.tongue.listed("name_then")) and not word.endswith(
            tuple(document.tongue.listed("verb_ends"))
        ):
            yield _finding(document, last)


def beside_speech_verb(document: Document) -> Iterator[Finding]:
    """A word that is no everyday word, in small letters where the speaker stands: "», a déclaré dietrich depuis"."""
    for at in document.where(document.tongue.listed("said")):
        if (
            at + 1 < len(document)
            and document.after(at) == " "
            and _speaker(document, at + 1)
            and _tag(document, at)
        ):
            yield _finding(document, at + 1)
        led = (
            at > 1
            and document.words[at - 1] in document.tongue.listed("said_with")
            and document.gap(at) == " "
        )
        if (
            led
            and document.gap(at - 1) == " "
            and document.gap(at - 2) == ", "
            and _speaker(document, at - 2)
        ):
            yield _finding(document, at - 2)


def _speaker(document: Document, at: int) -> bool:
    """Whether the word is printed small and could only be a name: no everyday word, no adverb or participle."""
    word = document.words[at]
    rare = document.small[word] <= _RARE and len(word) >= _SHORTEST and word not in document.tongue.everyday
    plain = rare and not document.capital[at] and _stands(document, at)
    return plain and not word.endswith(tuple(document.tongue.listed("adverb_ends")))


def _tag(document: Document, at: int) -> bool:
    """Whether the verb follows a comma or a closing quotation mark, perhaps with an auxiliary between them."""
    first = at - 1 if at and document.words[at - 1] in document.tongue.listed("said_with") else at
    gap = document.gap(first)
    return any(mark in gap for mark in "»”") or (
        gap == ", " and document.after(at + 1)[:1] in _APPOSED | {" "}
    )


def _given() -> frozenset[str]:
    return frozenset(given_names()) | listed("given")


def _finding(document: Document, at: int, shown: int | None = None) -> Finding:
    word = document.text[document.starts[at] : document.end(at)]
    if shown is None and document.alone[document.words[at]]:
        shown = _shown(document, document.words[at])
    if shown is None:
        return Finding(
            document.starts[at], document.end(at), "major", f"the name “{word}” is printed without its capital",
            repair(word[0].upper() + word[1:]),
        )  # fmt: skip
    place = document.starts[shown], document.end(shown)
    printed = document.text[slice(*place)]
    return Finding(
        document.starts[at], document.end(at), "major",
        f"“{word}” is printed without a capital; elsewhere the text has “{printed}”",
        Suggestion(printed, "occurrence"), (place,),
    )  # fmt: skip


def _shown(document: Document, word: str) -> int:
    """Where the text first prints the word as a name."""
    return next(at for at in document.places[word] if document.lone_capital(at))


def _name_like(document: Document, word: str) -> bool:
    """Whether the word is nothing but a name: no everyday word or form of one, no role, no nation."""
    everyday = document.tongue.everyday
    if len(word) < _SHORTEST or word in everyday or word in document.tongue.listed("names_not"):
        return False
    if any(
        word.endswith(ending) and len(word) > len(ending) + 2
        for ending in document.tongue.listed("adjectives")
    ):
        return False
    stems = {word[:-1], word[:-2], word + "s", word + "e", word + "es"}
    return (
        everyday.isdisjoint(stems) and not is_role_word(word) and not roles(document.language).adjective(word)
    )


def _stands(document: Document, at: int) -> bool:
    """Whether the word stands free in prose, not in an address, a compound, a possessive or behind an elision."""
    return not document.joined(at) and document.gap(at)[-1:] != "." and document.after(at) != "."


def _beside_a_name(document: Document, at: int) -> bool:
    """Whether a capitalised word that is no sentence's first stands directly before or after."""
    before = at > 0 and document.gap(at) == " " and document.capital[at - 1] and not document.opens(at - 1)
    after = at + 1 < len(document) and document.after(at) == " " and document.capital[at + 1]
    near = [document.words[n] for n, beside in ((at - 1, before), (at + 1, after)) if beside]
    return any(word not in document.tongue.function_words for word in near)


def _careless(document: Document) -> bool:
    """Whether sentences begin in small letters too, as in captions and messages: then capitals tell nothing."""
    opening = small = 0
    for paragraph in document.paragraphs[:400]:
        if document.text[paragraph.start].isalpha():
            opening += 1
            small += document.text[paragraph.start].islower()
    return small * 3 > opening


RULES = (
    Rule(
        "name_known_in_capitals", "lower_case_name", "form", known_in_capitals,
        Example("fr", "On attend le Torvenyi à Lindhavn. Le porte-parole de ⟦torvenyi⟧ n’a rien dit."),
        Example("fr", "La Présidente est arrivée. Avec elle, la présidente du conseil et des Torvéniens."),
    ),
    Rule(
        "known_name", "lower_case_name", "form", known_names,
        Example("en", "The delegation flew from ⟦germany⟧ to the islands on Friday."),
        Example("en", "See www.germany.example for a turkey and a set of china from the harbour shop."),
    ),
    Rule(
        "people_name", "lower_case_name", "form", peoples,
        Example("fr", "On a vu l’arrivée des ⟦norvégiens⟧ au port."),
        Example("fr", "On a vu des ministres norvégiens et les bons pilotes danois."),
    ),
    Rule(
        "behind_given_name", "lower_case_name", "form", behind_given_name,
        Example("fr", "On a vu Margaret ⟦velmar⟧, de Lindhavn, sur le quai."),
        Example("fr", "On a vu Margaret pensive, puis Margaret Velmar, de Lindhavn."),
    ),
    Rule(
        "beside_speech_verb", "lower_case_name", "form", beside_speech_verb,
        Example("fr", "« Rien n’est signé », a déclaré ⟦velmar⟧ depuis le quai."),
        Example("fr", "« Rien n’est signé », a déclaré sèchement Velmar, et elle a dit vouloir partir."),
    ),
)  # fmt: skip
