"""How names are compared: folds, parts, and the sound skeleton that outlives transliteration.

>>> fold("McCONNELL") == fold("Mcconnell"), fold("Recep Tayyip Erdoğan")
(True, 'recep tayyip erdogan')
>>> skeletons("Poutine") & skeletons("Путин") & skeletons("Putin")
frozenset({'putin'})
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any, NamedTuple

from onrecord.lexicon import shared

SHORTEST_TYPO = 5  # below five letters one edit makes another name: "Kim" and "Kin", "Lang" and "Lange"
_SEPARATORS = re.compile(r"[\s\-‐-―._,/·]+")
_APOSTROPHES = re.compile(r"['’‘`´ʼʹ]")
# Combining marks of Latin, Cyrillic, Hebrew and Arabic: what canonical decomposition leaves of a diacritic.
_MARKS = re.compile("[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u20d0-\u20f0]")
_TOKENS = 8  # a name has no more; longer labels are not split further


class Name(NamedTuple):
    """A name taken apart; every field is folded.

    given     given names or initials, in order
    surname   the last word with its particles ("von der leyen", "al sisi")
    initials  all given names are single letters ("В.Путин", "J. Smith")
    """

    given: tuple[str, ...]
    surname: str
    initials: bool

    @property
    def full(self) -> bool:
        """Whether a given name is written out."""
        return bool(self.given) and not self.initials


def listed(words: str) -> list[str]:
    """The entries of a data line, "atout | atouts": one string is read faster than a list."""
    return [word.strip() for word in words.split("|")]


@cache
def _data() -> dict[str, Any]:
    return shared("people/names")


@cache
def _letters() -> dict[int, str]:
    return str.maketrans(_data()["letters"])


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """The comparison key of a printed name: no case, diacritics, apostrophes, hyphens or points.

    >>> fold("J.-Y. Le\\u00a0Drian"), fold("O’Brien")
    ('j y le drian', 'obrien')
    """
    if name.isascii():
        plain = name.lower()
    else:
        plain = _MARKS.sub("", unicodedata.normalize("NFKD", name).casefold().translate(_letters()))
    return _SEPARATORS.sub(" ", _APOSTROPHES.sub("", plain)).strip()


def visible(name: str) -> tuple[str, str | None]:
    """The name as a reader sees it, and what was hidden in it: invisible characters, look-alike letters.

    >>> visible("Tr\\u200bump")
    ('Trump', 'printed with 1 invisible character')
    """
    seen = "".join(c for c in name if unicodedata.category(c) != "Cf")
    words = [_one_script(word) for word in seen.split(" ")]
    plain = " ".join(words)
    if plain != seen:
        return plain, "printed with letters of another script that look alike"
    if (hidden := len(name) - len(seen)) > 0:
        return plain, f"printed with {hidden} invisible character{'s' if hidden > 1 else ''}"
    return plain, None


def in_latin(name: str) -> str:
    """The name with Latin letters for all Cyrillic ones that look like them.

    >>> in_latin("СОХ")  # Cyrillic
    'COX'
    """
    pair = _data()["lookalikes"]
    return name.translate(str.maketrans(pair["cyrillic"], pair["latin"]))


def _one_script(word: str) -> str:
    cyrillic = sum("Ѐ" <= c <= "ӿ" for c in word)
    latin = sum(c.isalpha() and c < "ɐ" for c in word)
    if not cyrillic or not latin:
        return word
    pair = _data()["lookalikes"]
    source, target = ("cyrillic", "latin") if latin >= cyrillic else ("latin", "cyrillic")
    return word.translate(str.maketrans(pair[source], pair[target]))


@lru_cache(maxsize=65536)
def split(name: str) -> Name:
    """Given names and surname; particles go with the surname, generational suffixes are not names.

    >>> split("Ursula von der Leyen")
    Name(given=('ursula',), surname='von der leyen', initials=False)
    >>> split("В.Путин")
    Name(given=('в',), surname='путин', initials=True)
    """
    words = fold(name).split(" ")[:_TOKENS]
    if len(words) > 1 and words[-1] in {"jr", "sr", "ii", "iii"}:
        words = words[:-1]
    first = len(words) - 1
    particles = _particles()
    while first > 1 and words[first - 1] in particles:
        first -= 1
    if first == 1 and words[0] in particles and len(words[0]) > 1:
        first = 0  # "De Croo": a surname alone
    given = tuple(words[:first])
    return Name(given, " ".join(words[first:]), bool(given) and all(len(word) == 1 for word in given))


def is_particle(word: str) -> bool:
    """Whether a lower-case word may stand inside a name ("van", "de", "bin")."""
    return fold(word) in _particles()


@cache
def _particles() -> frozenset[str]:
    return frozenset(_data()["particles"])


@cache
def _articles() -> tuple[str, ...]:
    return tuple(sorted((word + " " for word in _data()["articles"]), key=len, reverse=True))


def is_honorific(word: str) -> bool:
    """Whether a word is an article or a form of address ("Mr.", "Frau"), and so no part of a name."""
    return fold(word) + " " in _articles()


def office_key(office: str) -> str:
    """The comparison key of a printed office, without articles and honorifics.

    >>> office_key("M. le président") == office_key("Le Président")
    True
    """
    key = fold(office)
    for _ in range(3):
        key = next((key[len(word) :] for word in _articles() if key.startswith(word)), key)
    return key


@lru_cache(maxsize=65536)
def skeletons(name: str) -> frozenset[str]:
    """The sound skeletons of a name: one for Cyrillic, one for each Latin tradition (en, fr, de, es).

    Two spellings of one name share at least one skeleton; sharing one is evidence, not proof.
    """
    key = fold(name)
    if any("Ѐ" <= c <= "ӿ" for c in key):
        return frozenset({_squeeze("".join(_data()["cyrillic"].get(c, c) for c in key))})
    return frozenset(_squeeze(_latin(language).sub(_sound(language), key)) for language in _data()["latin"])


@cache
def _latin(language: str) -> re.Pattern[str]:
    spellings = sorted(_data()["latin"][language], key=len, reverse=True)
    return re.compile("|".join(map(re.escape, spellings)))


def _sound(language: str) -> Any:
    sounds: dict[str, str] = _data()["latin"][language]
    return lambda match: sounds[match[0]]


def _squeeze(skeleton: str) -> str:
    """Double letters become one, and the mute e of French spellings goes ("Poutine", "Eltsine")."""
    once = re.sub(r"(.)\1+", r"\1", skeleton.replace("z", "s"))
    return " ".join(word[:-1] if word.endswith("ine") else word for word in once.split(" "))


def one_edit(a: str, b: str) -> bool:
    """Whether two folded words of five letters differ by one: put in, left out, changed, swapped.

    >>> one_edit("merkel", "markel"), one_edit("kim", "kin")
    (True, False)
    """
    if a == b or min(len(a), len(b)) < SHORTEST_TYPO or abs(len(a) - len(b)) > 1:
        return False
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    end = 0
    while end < min(len(a), len(b)) - start and a[-1 - end] == b[-1 - end]:
        end += 1
    left, right = a[start : len(a) - end], b[start : len(b) - end]
    return max(len(left), len(right)) == 1 or (len(left) == 2 and left == right[::-1])


def shortened(key: str) -> set[str]:
    """The key, and the key with any one letter left out: keys one edit apart share one of these.

    >>> shortened("merkel") & shortened("markel")
    {'mrkel'}
    """
    key = key[:40]
    return {key} | {key[:at] + key[at + 1 :] for at in range(len(key))}
