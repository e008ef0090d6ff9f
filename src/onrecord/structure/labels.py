"""Is this piece of text a label, and what are its parts?

`parse` judges one string by its own form; whether the document really uses it as a label is decided by
`conventions.py` from recurrence, layout and regularity. Forms and traps: the label grammar in docs/design.md.

>>> parse("M. Joe Comartin (Windsor—Tecumseh, NPD)").parts.name
'Joe Comartin'
>>> parse("The PRESIDING OFFICER (Mr. Talent)").parts.kind
'office'
>>> parse("Now, here is my question") is None
True
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from onrecord.structure.printed import LabelKind, LabelParts
from onrecord.structure.vocabulary import Vocabulary, vocabulary

LONGEST = 280
"""Characters in the longest label considered; the longest seen in six parliaments has 220 (a minister's portfolio)."""

STRONG, GOOD, WEAK = 3, 2, 1
"""STRONG: a title, an office, a group or a query word says so. GOOD: several capitalised words, or an initial
and a surname. WEAK: one capitalised word, or words of a script without capitals; only recurrence makes it a label."""


class Parsed(NamedTuple):
    """A label's parts, how far its form alone goes to prove it (`rank`), and whether its name is in capitals."""

    parts: LabelParts
    rank: int
    capitals: bool = False


_SPACES = re.compile(r"\s+")
# Invisible characters inside a label: a soft hyphen, a zero-width space, a change of direction.
_INVISIBLE = re.compile("[\u200b-\u200f\u00ad\u2060-\u2064\ufeff\u202a-\u202e\u2066-\u2069]")
# В.Путин, J.-P. Martin, G. W. Bush; a surname with an inner full stop is an initial's.
_INITIAL = re.compile(r"(?:[^\W\d_][.][-‑]?){1,3}(?:[^\W\d_][\w'’\-‑]*)?[.]?")
_NAME = re.compile(r"(?:[^\W\d_]['’])?[^\W\d_][\w'’`´\-‐‑—–\u00ad\u200b-\u200d]*[.]?")
_INITIALS = re.compile(r"(?:^| )[^\W\d_][.] ?[^\W\d_]?[.]?(?: |,|$)")
_CODE = re.compile(r"([^\W\d_]{1,12})[ _\u00a0#-]{0,2}(\d{1,4}|[A-Z])")
# A sentence ended or a second label began inside: no label.
_BREAKS = re.compile(r"[:;?!…：]|[.]{2}|\w{4}[.] (?=\w)")
_OPENING, _CLOSING = "([（", ")]）"
_STARTING_ARTICLES = frozenset("the le la l' l’ les der die das el o a il lo de het to ο η".split())
_LINKS = frozenset(
    "of for and de du des d' d’ der die das am im für à au aux en et y e del da do van zum zur by".split()
)
# "Plusieurs députés sur les bancs du groupe UMP", "Voix à gauche": words of place behind a group.
_PLACES = frozenset("sur bancs groupe groupes on from floor side left right gauche droite centre bei".split())


def has_initials(name: str) -> bool:
    """Whether a name is printed with initials: `Браск Т. И`, `J. Smith`."""
    return bool(_INITIALS.search(name))


def parse(text: str) -> Parsed | None:
    """The parts of a printed label, or None when its form cannot be one. Blanks are squeezed first, and what cannot
    be seen is not read: `parts.text` is the label as a reader sees it."""
    if not text or len(text) > LONGEST:
        return None
    if not text.isascii():
        text = _INVISIBLE.sub("", text)
    return _parse(_SPACES.sub(" ", text).strip(" "))


@lru_cache(maxsize=65536)
def _parse(text: str) -> Parsed | None:
    if not text:
        return None
    words = vocabulary()
    head, brackets = _take_brackets(text)
    if not head or any(not _abbreviation(text, match, words) for match in _BREAKS.finditer(head)):
        return None
    head, _, role = head.partition(",")
    head, role = head.strip(), role.strip()
    tokens = head.split()
    if not tokens or len(tokens) > 18 or _is_field(tokens, words):
        return None
    found = _head(head, tokens, words)
    if found is None:
        return None
    if role and not _role_fits(role, found, words):
        return None
    return _complete(text, found, role, brackets, words)


def _abbreviation(text: str, match: re.Match[str], words: Vocabulary) -> bool:
    """Whether a full stop inside a label belongs to a title of four letters or more: "Prof. Muster"."""
    start = text.rfind(" ", 0, match.start() + 1) + 1
    word = text[start : match.end()].strip().casefold()
    return "." in match[0] and (
        word in words.honorifics or word.rstrip(".") in words.office_parts or word in words.office_parts
    )


def _complete(text: str, found: Parsed, role: str, brackets: list[str], words: Vocabulary) -> Parsed | None:
    """Add what stands in brackets and after the comma."""
    parts = found.parts._replace(text=text, role=role)
    for content in brackets:
        lowered = [word.strip(".,;") for word in content.casefold().split()]
        if any(word in words.manner for word in lowered):
            parts = parts._replace(manner=content)
        elif parts.kind == "office" and not parts.name and lowered and _honorific(content.split(), words)[0]:
            inner = _parse(content)
            parts = parts._replace(name=inner.parts.name if inner else content, honorific=content.split()[0])
        elif not parts.affiliation:
            parts = parts._replace(affiliation=content)
    rank = found.rank
    if rank == WEAK and found.capitals and brackets and found.parts.kind == "person":
        rank = GOOD  # "OSTRINI (GMC)": a surname in capitals with its group
    elif rank == GOOD and found.parts.kind == "person":
        office = any(_is_office(word.casefold().strip(".,"), words) for word in role.split()[:4])
        rank = STRONG if brackets or office else rank
    return Parsed(parts, rank, found.capitals)


def _take_brackets(text: str) -> tuple[str, list[str]]:
    """Cut trailing bracket groups, nested ones whole: `Name (A (B), C) (D)` -> `Name`, `["A (B), C", "D"]`."""
    groups: list[str] = []
    while text and text[-1] in _CLOSING:
        depth = 0
        for index in range(len(text) - 1, -1, -1):
            if text[index] in _CLOSING:
                depth += 1
            elif text[index] in _OPENING:
                depth -= 1
                if depth == 0:
                    groups.insert(0, text[index + 1 : -1].strip())
                    text = text[:index].rstrip()
                    break
        else:
            return "", []
    if any(character in text for character in "()[]{}<>（）"):
        return _middle_brackets(text, groups)
    return text, groups


def _middle_brackets(text: str, groups: list[str]) -> tuple[str, list[str]]:
    """One bracket group inside a label: `Detlef Müller (Chemnitz), SPD`."""
    start, end = text.find("("), text.find(")")
    single = text.count("(") == 1 and text.count(")") == 1
    if (
        single
        and 0 < start < end < start + 60
        and text[end + 1 : end + 2] == ","
        and text[start - 2 : start] != ". "
    ):
        return text[:start].rstrip() + text[end + 1 :], [text[start + 1 : end], *groups]
    return "", []


def _is_field(tokens: list[str], words: Vocabulary) -> bool:
    first = tokens[0].casefold().strip(".*_#")
    return first in words.fields and not (len(tokens) > 1 and _honorific(tokens, words)[0])


def _role_fits(role: str, found: Parsed, words: Vocabulary) -> bool:
    """After a comma only a role may stand, never a clause: it names an office, follows a title, or is in capitals
    like the label itself."""
    tokens = role.split()
    if len(tokens) > 32:
        return False
    lowered = [token.casefold().strip(".,;") for token in tokens]
    if any(word in words.clause for word in lowered) or (lowered[0] in words.honorifics and len(tokens) > 1):
        return False
    if any(_is_office(word, words) for word in lowered[:4]) or found.parts.honorific:
        return True
    if role.upper() == role and found.capitals:
        return True
    if len(tokens) <= 8 and has_initials(found.parts.name):
        return True  # "Остлинд М. П., фракция «Море»"
    named = all(token[0].isupper() or word in _LINKS for token, word in zip(tokens, lowered, strict=True))
    return named and len(tokens) <= 8 and found.rank >= GOOD


def _head(head: str, tokens: list[str], words: Vocabulary) -> Parsed | None:
    folded = head.casefold()
    if folded in words.queries and (head[0].isupper() or not head[0].isascii()):
        return Parsed(LabelParts("query", head), STRONG)
    if (code := _CODE.fullmatch(head)) and code[1].casefold() in words.codes:
        return Parsed(LabelParts("code", head, name=head), STRONG)
    joint = _joint(tokens, words)
    if joint is not None:
        return joint
    return (
        _titled(head, tokens, words)
        or _group(head, tokens, words)
        or _office(head, tokens, words)
        or _named(head, tokens, words)
    )


def _joint(tokens: list[str], words: Vocabulary) -> Parsed | None:
    """`M. Hervé Mariton et M. Philippe Gosselin`: both sides must be labels by their own title or full name."""
    for index, token in enumerate(tokens[1:-1], 1):
        if token.casefold() in words.joints or token in "&/":
            soft = token.casefold() in words.particles  # "y" and "e" also stand inside one surname
            sides = [_parse(" ".join(tokens[:index])), _parse(" ".join(tokens[index + 1 :]))]
            if all(side and side.parts.kind == "person" and len(side.parts.name) > 2 for side in sides):
                both = [side for side in sides if side]
                titled = all(side.parts.honorific for side in both)
                if titled or not soft or all(side.rank >= GOOD for side in both):
                    joint = tuple(side.parts for side in both)
                    return Parsed(
                        LabelParts("person", " ".join(tokens), joint=joint), STRONG, both[0].capitals
                    )
    return None


def _honorific(tokens: list[str], words: Vocabulary) -> tuple[int, str | None]:
    """How many leading tokens are a title, and the gender it tells."""
    lowered = [token.casefold() for token in tokens[:5]]
    count, gender = 0, None
    for phrase in words.honorific_phrases:
        if tuple(lowered[: len(phrase)]) == phrase:
            count = len(phrase)
            break
    while count < len(lowered) and lowered[count] in words.honorifics:
        gender = gender or words.honorifics[lowered[count]]
        count += 1
    return count, gender


def _titled(head: str, tokens: list[str], words: Vocabulary) -> Parsed | None:
    count, gender = _honorific(tokens, words)
    if not count or count == len(tokens) or not (tokens[0][0].isupper() or tokens[0][0] in "lLdD"):
        return None
    title, rest = " ".join(tokens[:count]), tokens[count:]
    rank = GOOD if tokens[0].casefold() in words.address else STRONG
    office = _office(" ".join(rest), rest, words, titled=True)
    if office and (rest[0].casefold() in _STARTING_ARTICLES or not office.parts.name or office.parts.office):
        parts = office.parts._replace(honorific=title, gender=gender or office.parts.gender)
        return Parsed(parts, rank, office.capitals)
    rest, affiliation = _of_place(rest)
    name = _named(" ".join(rest), rest, words)
    if name is None or name.parts.kind != "person":
        return None
    parts = LabelParts("person", head, title, name=name.parts.name, affiliation=affiliation, gender=gender)
    return Parsed(parts, rank, name.capitals)


def _of_place(tokens: list[str]) -> tuple[list[str], str]:
    """`SMITH of New Jersey` -> the name, and the place as printed."""
    if "of" in tokens[1:]:
        at = tokens.index("of", 1)
        if 0 < len(tokens) - at - 1 <= 4 and all(
            token[0].isupper() or token == "of" for token in tokens[at:]
        ):
            return tokens[:at], " ".join(tokens[at:])
    return tokens, ""


def _group(head: str, tokens: list[str], words: Vocabulary) -> Parsed | None:
    lowered = [token.casefold().strip(".,") for token in tokens]
    if len(tokens) > 12 or not any(token in words.groups for token in lowered[:4]):
        return None
    alone = len(tokens) == 1 and lowered[0] in words.groups
    started = lowered[0] in words.group_starters and tokens[0][0].isupper()
    if not (alone or started) or not head[0].isupper():
        return None
    noun = next(i for i, word in enumerate(lowered) if word in words.groups)
    if any(
        token[0].islower()
        and word not in _LINKS | _PLACES | words.groups | words.group_starters | words.particles
        for token, word in zip(tokens[noun + 1 :], lowered[noun + 1 :], strict=True)
    ):
        return None
    return Parsed(LabelParts("group", head), STRONG if started else GOOD)


def _office(head: str, tokens: list[str], words: Vocabulary, *, titled: bool = False) -> Parsed | None:
    """`The Acting CHAIRMAN`, `President of Russia Vladimir Putin`, `Le président`, `PRESIDENT TRUMP`."""
    lowered = [token.casefold().strip(".,") for token in tokens]
    begin = _article(lowered[0])
    body = lowered[begin:] if begin else [lowered[0].removeprefix("l'").removeprefix("l’"), *lowered[1:]]
    noun = next((i for i, word in enumerate(body[:9]) if _is_office(word, words)), None)
    if noun is None or not (tokens[0][0].isupper() or titled):
        return None
    if any(
        len(token) > 5 and token[-1] == "." and token.casefold() not in words.honorifics
        for token in tokens[:-1]
    ):
        return None
    if any(_title_inside(token, words) for token in tokens[noun + begin + 1 :]):
        return None
    foreign = [
        word for token, word in zip(tokens[begin:], body, strict=True) if not _may_stand(token, word, words)
    ]
    if len(foreign) > 2 or any(
        word in words.clause or word in words.openers or not word.isalpha() for word in foreign
    ):
        return None
    if any(
        tokens[begin + i][0].islower() and body[i] not in words.office_parts | _LINKS for i in range(noun)
    ):
        return None
    name_at = _name_in_office(tokens, begin + noun, words)
    office, name = " ".join(tokens[:name_at]), " ".join(tokens[name_at:])
    if foreign and not name:  # words we do not know make it a label only with a name behind them
        return None
    kind: LabelKind = "person" if name else "office"
    capitals = name.isupper() if name else head.isupper()
    gender = "f" if _feminine(tokens[0].casefold(), body[noun], words) else None
    rank = STRONG if (name or begin or noun or len(tokens) > 1 or head.isupper()) and not foreign else GOOD
    return Parsed(LabelParts(kind, head, office=office, name=name, gender=gender), rank, capitals)


def _article(word: str) -> int:
    return 1 if word in _STARTING_ARTICLES else 0


def _is_office(word: str, words: Vocabulary) -> bool:
    """An office noun, also as the head of a hyphenated or German compound: `Parlamentspräsidentin`."""
    if word in words.offices:
        return True
    return word.rsplit("-", 1)[-1] in words.offices or word.endswith(words.office_endings)


def _feminine(article: str, noun: str, words: Vocabulary) -> bool:
    return article in words.feminine_articles or noun.endswith(words.feminine_endings)


def _may_stand(token: str, word: str, words: Vocabulary) -> bool:
    """Inside an office label: names, office words, and the small words between them; never a verb."""
    if token[0].isupper() or word in _LINKS or word in words.particles:
        return word not in words.openers or word in _LINKS | _STARTING_ARTICLES | words.office_parts
    return word in words.office_parts or _is_office(word, words) or word in _STARTING_ARTICLES


def _name_in_office(tokens: list[str], noun: int, words: Vocabulary) -> int:
    """Index where the personal name begins; `len(tokens)` when there is none.

    A place follows "of": `President of Russia Vladimir Putin`. Of the capitalised words at the end the place takes
    the first (two after an article or "New", "Saudi" …); what remains, one or two words or more, is the name.
    """
    at = len(tokens)
    while (
        at > noun + 1
        and _name_token(tokens[at - 1])
        and tokens[at - 1].casefold().strip(".,") not in words.office_parts
    ):
        if _is_office(tokens[at - 1].casefold().strip(".,"), words):
            break
        at -= 1
    if at == len(tokens):
        return at
    before = tokens[at - 1].casefold()
    if before in _LINKS | _STARTING_ARTICLES:
        free = len(tokens) - at
        return len(tokens) - 2 if free >= 3 else len(tokens)
    if tokens[at][0].islower():
        return len(tokens)
    return at


def _name_token(token: str) -> bool:
    return token[0].isupper() and bool(_name_form(token, vocabulary()) or _INITIAL.fullmatch(token))


def _named(head: str, tokens: list[str], words: Vocabulary) -> Parsed | None:
    """Names by their shape alone."""
    if len(tokens) > 7:
        return None
    first = tokens[0].casefold().strip(".,")
    if first in words.openers and not (len(tokens) > 1 and (head.isupper() or len(tokens[0]) == 1)):
        # "The Taoiseach", "An Ceann Comhairle": an office in a language we do not know; only recurrence proves it.
        titled = (
            first in ("the", "an")
            and head[0].isupper()
            and 1 < len(tokens) <= 4
            and all(map(_name_token, tokens[1:]))
        )
        return Parsed(LabelParts("office", head, office=head), WEAK) if titled else None
    if all(_caseless(token) for token in tokens):
        return Parsed(LabelParts("person", head, name=head), WEAK) if len(tokens) <= 4 else None
    if any(_title_inside(token, words) for token in tokens[1:]):
        return None
    solid = 0
    for index, token in enumerate(tokens):
        if _INITIAL.fullmatch(token) and token[0].isupper():
            solid += 2 if len(token) > 3 else 1
        elif _name_form(token, words) and (
            token[0].isupper() or token[:3] in ("al-", "el-", "as-", "ad-", "an-")
        ):
            solid += 1
        elif not (0 < index < len(tokens) - 1 and token.casefold() in words.particles) and not (
            index == 0 and token in ("de", "van", "von", "di", "ter", "al", "bin", "ibn") and len(tokens) > 1
        ):
            return None
    rank = GOOD if solid >= 2 else WEAK
    if len(tokens) > 5 and not head.isupper():
        rank = WEAK
    return Parsed(LabelParts("person", head, name=head), rank, _in_capitals(tokens))


def _name_form(token: str, words: Vocabulary) -> bool:
    """A full stop ends a name only in an abbreviation: `St.`, `Jr.`, a title; else a sentence ends there."""
    if not _NAME.fullmatch(token):
        return False
    return token[-1] != "." or len(token) <= 4 or token.casefold() in words.honorifics


def _title_inside(token: str, words: Vocabulary) -> bool:
    """A title of address in the middle: two things were glued, a heading and a label ("Wildfires Mr. Dane Lloyd")."""
    folded = token.casefold()
    return (folded in words.honorifics and words.honorifics[folded] is not None) or folded in (
        "hon.",
        "l'hon.",
        "l’hon.",
    )


def _in_capitals(tokens: list[str]) -> bool:
    """Whether the surname is set in capitals, a prefix apart: `SMITH`, `McCONNELL`, `DeLAY`, `O'BRIEN`."""
    letters = [character for character in tokens[-1] if character.isalpha()]
    return len(letters) > 1 and all(character.isupper() for character in letters[-max(2, len(letters) - 3) :])


def _caseless(token: str) -> bool:
    """Letters of a script without capitals (Arabic, Hebrew, Chinese, Georgian …)."""
    return all(
        unicodedata.category(character) in ("Lo", "Mn", "Mc", "Lm") or character in "-'’.·\"״׳"
        for character in token
    ) and any(character.isalpha() for character in token)
