"""Labels that name an office, with or without its holder: `The Acting CHAIRMAN`, `President of Russia Vladimir X`."""

from __future__ import annotations

from onrecord.structure.names import caseless, name_token, title_inside
from onrecord.structure.printed import GOOD, STRONG, LabelKind, LabelParts, Parsed
from onrecord.structure.vocabulary import Vocabulary


def parse_office(head: str, tokens: list[str], words: Vocabulary, *, titled: bool = False) -> Parsed | None:
    """`The Acting CHAIRMAN`, `President of Russia Vladimir Putin`, `Le président`, `PRESIDENT TRUMP`."""
    lowered = [token.casefold().strip(".,") for token in tokens]
    begin = int(lowered[0] in words.articles)
    body = lowered[begin:] if begin else [lowered[0].removeprefix("l'").removeprefix("l’"), *lowered[1:]]
    noun = next((i for i, word in enumerate(body[:9]) if is_office(word, words)), None)
    if noun is None or (tokens[0][0].islower() and not titled):
        return None
    unproven = caseless(tokens[0])  # without capitals "The minister said" looks like a name behind an office
    if unproven and (len(tokens) > 6 or any(word in words.clause for word in body)):
        return None
    if any(
        len(token) > 5 and token[-1] == "." and token.casefold() not in words.honorifics
        for token in tokens[:-1]
    ):
        return None
    if any(title_inside(token, words) for token in tokens[noun + begin + 1 :]):
        return None
    foreign = [
        word for token, word in zip(tokens[begin:], body, strict=True) if not _may_stand(token, word, words)
    ]
    if len(foreign) > 2 or any(
        word in words.clause or word in words.openers or not word.isalpha() for word in foreign
    ):
        return None
    if any(
        tokens[begin + i][0].islower() and body[i] not in words.office_parts | words.links
        for i in range(noun)
    ):
        return None
    name_at = _name_in_office(tokens, begin + noun, words)
    office, name = " ".join(tokens[:name_at]), " ".join(tokens[name_at:])
    if foreign and not name:  # words we do not know make it a label only with a name behind them
        return None
    kind: LabelKind = "person" if name else "office"
    capitals = name.isupper() if name else head.isupper()
    gender = "f" if _feminine(tokens[0].casefold(), body[noun], words) else None
    rank = (
        STRONG
        if (name or begin or noun or len(tokens) > 1 or head.isupper())
        and not foreign
        and noun <= 3
        and not unproven
        else GOOD
    )
    return Parsed(LabelParts(kind, head, office=office, name=name, gender=gender), rank, capitals)


def is_office(word: str, words: Vocabulary) -> bool:
    """An office noun, also as the head of a hyphenated or German compound: `Parlamentspräsidentin`."""
    if word in words.offices:
        return True
    return (
        word.rsplit("-", 1)[-1] in words.offices
        or word.endswith(words.office_endings)
        or (word.startswith(words.office_beginnings) and not word.endswith(words.glued_verbs))
    )


def _feminine(article: str, noun: str, words: Vocabulary) -> bool:
    return article in words.feminine_articles or noun.endswith(words.feminine_endings)


def _may_stand(token: str, word: str, words: Vocabulary) -> bool:
    """Inside an office label: names, office words, and the small words between them; never a verb."""
    if not token[0].islower() or word in words.links or word in words.particles:
        return word not in words.openers or word in words.links | words.articles | words.office_parts
    return word in words.office_parts or is_office(word, words) or word in words.articles


def _name_in_office(tokens: list[str], noun: int, words: Vocabulary) -> int:
    """Index where the personal name begins; `len(tokens)` when there is none.

    A place follows "of": in `President of Russia Vladimir X` the first capitalised word behind it is the place (the
    first two behind an article, or behind "New", "South" …); what remains, two words or more, is the name.
    """
    at = len(tokens)
    while at > noun + 1 and _belongs_to_name(tokens, at - 1, words):
        at -= 1
    if at == len(tokens) or tokens[at][0].islower():
        return len(tokens)
    before = tokens[at - 1].casefold()
    if before not in words.links | words.articles:
        return at
    double = before in words.articles or tokens[at].casefold() in words.place_openings
    name_at = at + (2 if double else 1)
    return name_at if len(tokens) - name_at >= 2 else len(tokens)


def _belongs_to_name(tokens: list[str], index: int, words: Vocabulary) -> bool:
    """A capitalised word that is no office, or a particle between two of them."""
    word = tokens[index].casefold().strip(".,")
    if name_token(tokens[index]):
        return word not in words.office_parts and not is_office(word, words)
    return (
        word in words.name_particles
        and index + 1 < len(tokens)
        and not tokens[index - 1][0].islower()
        and not is_office(tokens[index - 1].casefold(), words)
    )
