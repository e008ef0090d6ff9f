"""Words of any script by their sound, so that relatives meet: "président", "Präsident" and "президент" share a key.

>>> cognates("président") & cognates("Präsident") & cognates("президент")
frozenset({'presi'})
>>> cognates("oui")
frozenset()
"""

from __future__ import annotations

from functools import lru_cache

from onrecord.people.names import skeletons

SHORTEST = 4  # letters; shorter words meet by chance
_STEM = 5  # letters of the sound that count: endings are each language's own
_ALIKE = str.maketrans({"c": "k", "q": "k", "č": "k"})  # "Konferenz" and "conférence" differ in letter only


@lru_cache(maxsize=65536)
def cognates(word: str) -> frozenset[str]:
    """The beginnings of a word's sound, one for each way to read its letters; none for a short word."""
    if len(word) < SHORTEST:
        return frozenset()
    spellings = {word, word.replace("ä", "e")}  # "Präsident" for "president"
    sounds = (sound for spelling in spellings for sound in skeletons(spelling))
    stems = (sound.translate(_ALIKE)[:_STEM] for sound in sounds)
    return frozenset(stem for stem in stems if len(stem) >= SHORTEST)
