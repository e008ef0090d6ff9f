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
from functools import lru_cache

from onrecord.structure.names import caseless, has_initials, named
from onrecord.structure.offices import is_office, parse_office
from onrecord.structure.printed import GOOD, STRONG, WEAK, LabelParts, Parsed
from onrecord.structure.vocabulary import Vocabulary, vocabulary

LONGEST = 280
"""Characters in the longest label considered; the longest seen in six parliaments has 220 (a minister's portfolio)."""

# Invisible characters inside a label: a soft hyphen, a zero-width space, a change of direction.
_INVISIBLE = re.compile("[\u200b-\u200f\u00ad\u2060-\u2064\ufeff\u202a-\u202e\u2066-\u2069]")
_CODE = re.compile(r"([^\W\d_]{1,12})[ _\u00a0#-]{0,2}(\d{1,4}|[A-Z])")
# A sentence ended or a second label began inside: no label.
_BREAKS = re.compile(r"[:;?!…：]|[.]{2}|\w{4}[.] (?=\w)")
_OPENING, _CLOSING = "([（", ")]）"


def parse(text: str) -> Parsed | None:
    """The parts of a printed label, or None when its form cannot be one. Blanks are squeezed first, and what cannot
    be seen is not read: `parts.text` is the label as a reader sees it."""
    if not text or len(text) > LONGEST:
        return None
    if not text.isascii():
        text = _INVISIBLE.sub("", text)
    return _parse(" ".join(text.split()))


@lru_cache(maxsize=65536)
def _parse(text: str) -> Parsed | None:
    if not text:
        return None
    words = vocabulary()
    head, brackets = _take_brackets(text)
    if not head or any(not _abbreviation(text, match, words) for match in _BREAKS.finditer(head)):
        return None
    head, _, role = head.partition(",")
    tokens, letters = _without_letters(head.split(), words)
    head, role = " ".join(tokens), role.strip() or letters
    if not tokens or len(tokens) > 18 or _is_field(tokens, words):
        return None
    found = _head(head, tokens, words)
    if found is None:
        return None
    if role and not _role_fits(role, found, words):
        return None
    return _complete(text, found, role, brackets, words)


def _without_letters(tokens: list[str], words: Vocabulary) -> tuple[list[str], str]:
    """A name without the letters behind it, and these: `Wenna Oake CBE MP`. A name of one word keeps them."""
    end = len(tokens)
    while end > 2 and tokens[end - 1] in words.post_nominals:
        end -= 1
    return tokens[:end], " ".join(tokens[end:])


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
        elif parts.kind == "office" and not parts.name and (holder := _holder(content, words)):
            parts = parts._replace(name=holder)
        elif not parts.affiliation:
            parts = parts._replace(affiliation=content)
    rank = found.rank
    if rank == WEAK and found.capitals and brackets and found.parts.kind == "person":
        rank = GOOD  # "OSTRINI (GMC)": a surname in capitals with its group
    elif rank == GOOD and found.parts.kind == "person":
        office = any(is_office(word.casefold().strip(".,"), words) for word in role.split()[:4])
        rank = STRONG if brackets or office else rank
    return Parsed(parts, rank, found.capitals)


def _holder(content: str, words: Vocabulary) -> str:
    """Who holds an office, where brackets say it: `ΠΡΟΕΔΡΟΣ (Νίκος Δάλας)`, `議長（山田太郎君）`; "" for a place."""
    name = content.removesuffix(next(filter(content.endswith, words.honorific_endings), ""))
    tokens = name.split()
    if name != content:
        return name if tokens and caseless(name) else ""
    if not 2 <= len(tokens) <= 4 or tokens[0].casefold() in words.place_openings | words.articles:
        return ""
    found = named(name, tokens, words)
    return name if found and found.rank >= GOOD and not name.isupper() else ""


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
    pieces = [piece for word in lowered for piece in word.replace("’", "'").split("'")]  # "s'est" holds "est"
    if any(piece in words.clause for piece in pieces) or (lowered[0] in words.honorifics and len(tokens) > 1):
        return False
    office = any(is_office(word, words) for word in lowered[:4])
    if office and (len(tokens) <= 12 or found.rank >= GOOD):
        return True  # a portfolio may take two lines; a lone word before one is more likely news
    titled = found.parts.honorific and found.parts.name
    if titled and (len(tokens) <= 6 or lowered[0] not in words.articles):
        return True
    if role.upper() == role and found.capitals:
        return True
    if len(tokens) <= 8 and has_initials(found.parts.name):
        return True  # "Остлинд М. П., фракция «Море»"
    named = all(
        token[0].isupper() or word in words.links for token, word in zip(tokens, lowered, strict=True)
    )
    return named and len(tokens) <= 8 and found.rank >= GOOD


def _head(head: str, tokens: list[str], words: Vocabulary) -> Parsed | None:
    folded = head.casefold()
    if folded in words.queries and (head[0].isupper() or not head[0].isascii()):
        return Parsed(LabelParts("query", head), STRONG)
    if code := _CODE.fullmatch(head):
        if code[1].casefold() in words.codes:
            return Parsed(LabelParts("code", head, name=head), STRONG)
        if code[1].casefold() in words.queries and code[2].isdigit() and code[1][0].isupper():
            return Parsed(LabelParts("query", head), STRONG)  # Q1, Question 12
    joint = _joint(tokens, words)
    if joint is not None:
        return joint
    return (
        _titled(head, tokens, words)
        or _group(head, tokens, words)
        or parse_office(head, tokens, words)
        or named(head, tokens, words)
    )


def _joint(tokens: list[str], words: Vocabulary) -> Parsed | None:
    """`M. Hervé Mariton et M. Philippe Gosselin`, three of them too: every side must be a label of a person."""
    for index, token in enumerate(tokens[1:-1], 1):
        if token.casefold() not in words.joints and token not in "&/":
            continue
        sides = [_parse(" ".join(tokens[:index])), _parse(" ".join(tokens[index + 1 :]))]
        both = [side for side in sides if side and _names_person(side)]
        if len(both) == 2 and both[0].parts.affiliation.startswith("of ") and not both[1].parts.honorific:
            return None  # "Baroness Oake of Port Harlan and Saint Merryn": two places
        soft = token.casefold() in words.particles  # "y" and "e" also stand inside one surname
        titled = all(side.parts.honorific or side.parts.joint for side in both)
        if len(both) == 2 and (titled or not soft or all(side.rank >= GOOD for side in both)):
            joint = tuple(parts for side in both for parts in side.parts.joint or (side.parts,))
            return Parsed(LabelParts("person", " ".join(tokens), joint=joint), STRONG, both[0].capitals)
    return None


def _names_person(side: Parsed) -> bool:
    return bool(side.parts.joint) or (side.parts.kind == "person" and len(side.parts.name) > 2)


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
    surname = rest[0].casefold() in words.names_too
    office = None if surname else parse_office(" ".join(rest), rest, words, titled=True)
    if office and (rest[0].casefold() in words.articles or not office.parts.name or office.parts.office):
        parts = office.parts._replace(honorific=title, gender=gender or office.parts.gender)
        return Parsed(parts, rank, office.capitals)
    rest, affiliation = _of_place(rest)
    name = named(" ".join(rest), rest, words, titled=True)
    if name is None or name.parts.kind != "person":
        return None
    parts = LabelParts("person", head, title, name=name.parts.name, affiliation=affiliation, gender=gender)
    return Parsed(parts, rank, name.capitals)


def _of_place(tokens: list[str]) -> tuple[list[str], str]:
    """`SMITH of New Jersey` -> the name, and the place as printed."""
    if "of" in tokens[1:]:
        at = tokens.index("of", 1)
        if 0 < len(tokens) - at - 1 <= 5 and all(
            token[0].isupper() or token in ("of", "and") for token in tokens[at:]
        ):
            return tokens[:at], " ".join(tokens[at:])
    return tokens, ""


def _group(head: str, tokens: list[str], words: Vocabulary) -> Parsed | None:
    lowered = [token.casefold().strip(".,") for token in tokens]
    if len(tokens) > 12 or not any(token in words.groups for token in lowered[:4]):
        return None
    alone = len(tokens) == 1 and lowered[0] in words.groups
    # "Several members"; "Voice from the floor", where the place says that it is no name
    placed = lowered[0] in words.groups and any(token in words.group_places for token in lowered[1:])
    started = lowered[0] in words.group_starters or placed
    if not (alone or started) or not head[0].isupper():
        return None
    noun = next(i for i, word in enumerate(lowered) if word in words.groups)
    small = words.links | words.particles | words.group_links | words.group_places
    small |= words.groups | words.group_starters
    if any(
        token[0].islower() and word not in small
        for token, word in zip(tokens[noun + 1 :], lowered[noun + 1 :], strict=True)
    ):
        return None
    return Parsed(LabelParts("group", head), STRONG if started else GOOD)
