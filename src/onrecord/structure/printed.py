"""The parts of a printed label: what stands where the text names its speaker."""

from __future__ import annotations

from typing import Literal, NamedTuple

LabelKind = Literal["person", "office", "group", "query", "code", "unnamed"]


class LabelParts(NamedTuple):
    """A label taken apart; every field is printed text, nothing is resolved yet.

    kind         person   "M. Christian Jacob", "TRUMP", "В.Путин"
                 office   "Le président", "The Acting CHAIRMAN"; `name` may hold a person: "Le président (M. Tilson)"
                 group    "Des voix", "Some hon. members", "CROWD"
                 query    "Q", "Question", "Вопрос", "A", "Remark": a voice with no name
                 code     "SPEAKER_00", "Speaker 1"
                 unnamed  "" (a bare chevron)
    honorific    "M.", "Mr.", "Hon.", "SEN."
    office       "President of Russia", "le président", "Bundeskanzler"
    name         "Christian Jacob", "TRUMP", "В.Путин": as printed, without honorific and brackets
    affiliation  bracket content: "Portneuf—Jacques-Cartier, CPC", "CDU/CSU", "of New Jersey"
    role         after a comma: "ministre déléguée", "CNN CORRESPONDENT"
    manner       a note on how the words come: "retranslated", "spoke in French"
    gender       "m", "f" or None, from honorific or office
    joint        the parts of each speaker of a joint label ("M. Hervé Mariton et M. Philippe Gosselin"), else ()
    """

    kind: LabelKind
    text: str
    honorific: str = ""
    office: str = ""
    name: str = ""
    affiliation: str = ""
    role: str = ""
    manner: str = ""
    gender: str | None = None
    joint: tuple[LabelParts, ...] = ()


STRONG, GOOD, WEAK = 3, 2, 1
"""STRONG: a title, an office, a group or a query word says so. GOOD: several capitalised words, or an initial
and a surname. WEAK: one capitalised word, or words of a script without capitals; only recurrence makes it a label."""


class Parsed(NamedTuple):
    """A label's parts, how far its form alone goes to prove it (`rank`), and whether its name is in capitals."""

    parts: LabelParts
    rank: int
    capitals: bool = False
