"""Mentions become people: names and pronouns of the narrative against the people of the document.

A name settles it; a pronoun is the speaker before it in the same paragraph, else the first person that the last
sentence with a person names. What stays open stays null: nobody is guessed.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from onrecord.model import Judgement, Person
from onrecord.people.mentions import find_mentions
from onrecord.people.names import is_honorific
from onrecord.people.roles import is_role_word
from onrecord.statements.quote_names import people_named, says_what
from onrecord.statements.quote_words import ADV, DET, PREP, quote_words
from onrecord.statements.quotes import FAR, Characters, RawQuote
from onrecord.text.sentences import sentences


class Speaker(NamedTuple):
    """Whom a quotation belongs to; `person` is null where the text does not settle it."""

    person: str | None
    judgement: Judgement


NOBODY = Speaker(None, "unresolved")


class Speakers:
    """The people of one document, and who among them each quotation's mention is.

    `people` grows by speakers whom only the narrative names.
    """

    def __init__(
        self,
        text: str,
        language: str | None,
        narrative: Sequence[Characters],
        speeches: Sequence[Characters],
        people: Iterable[Person],
    ) -> None:
        self.text, self.language, self.narrative = text, language, narrative
        self.frames = sorted([*narrative, *speeches])
        self._edges = [start for start, _ in self.frames]
        self.people = list(people)
        self._words = quote_words(language)
        self._split: dict[int, list[int]] = {}  # where the sentences of a frame begin

    def resolve(self, quotes: Sequence[RawQuote]) -> list[Speaker]:
        """The speaker of each quotation, in order; `people` is complete afterwards."""
        if not quotes:
            return []
        everybody = [
            *self.people,
            *people_named(self.text, self.narrative, self.people, self.language),
        ]
        # Once for all frames: each call compiles the names.
        places = find_mentions(self.text, [_in_small_letters(person) for person in everybody])
        self._places = [place for place in places if self._framed(place[0]) and not _quoted(place[0], quotes)]
        self._starts = [place[0] for place in self._places]
        found: list[Speaker] = []
        known: dict[Characters, Speaker] = {}
        for at, quote in enumerate(quotes):
            before = (quotes[at - 1], found[-1]) if at else None
            speaker = known.get(quote.mention) if quote.mention else NOBODY
            if speaker is None and quote.mention:
                speaker = known[quote.mention] = self._speaker(quote.mention, before)
            assert speaker is not None
            borrowed = speaker.person is not None and quote.rule in ("floating", "embedded")
            found.append(Speaker(speaker.person, "likely") if borrowed else speaker)
        return self._kept(found, everybody)

    def _kept(self, found: list[Speaker], everybody: list[Person]) -> list[Speaker]:
        """Only people who speak enter the record; those whom nothing is given to are forgotten again."""
        speaking = {speaker.person for speaker in found}
        ids: dict[str | None, str] = {}
        for person in everybody[len(self.people) :]:
            if person.id in speaking:
                ids[person.id] = f"p{len(self.people) + 1}"
                self.people.append(msgspec.structs.replace(person, id=ids[person.id]))
        return [speaker._replace(person=ids.get(speaker.person, speaker.person)) for speaker in found]

    def _framed(self, at: int) -> bool:
        """Whether a place lies in the narrative or a speech, and not in a label or a heading."""
        index = bisect_right(self._edges, at) - 1
        return index >= 0 and at < self.frames[index][1]

    def _speaker(self, mention: Characters, before: tuple[RawQuote, Speaker] | None) -> Speaker:
        named = [place for place in self._within(mention) if self._is_source(place, mention)]
        if named:
            together = self._with_kin(named[0], mention) or self._with_others(named[0], mention)
            return Speaker(None, "ambiguous") if together else Speaker(named[0][2], "certain")
        word = self.text[slice(*mention)].casefold()
        singular = word in self._words.pronouns_m or word in self._words.pronouns_f
        return self._pronoun(mention[0], before) if singular else NOBODY

    def _sentence(self, at: int) -> int:
        """Where the sentence begins in which a place of the narrative or of a speech lies."""
        frame = bisect_right(self._edges, at) - 1
        if frame not in self._split:  # few speeches are ever asked
            self._split[frame] = [
                first for first, _ in sentences(self.text, self.language, *self.frames[frame])
            ]
        return self._split[frame][bisect_right(self._split[frame], at) - 1]

    def _within(self, mention: Characters) -> list[tuple[int, int, str]]:
        first = bisect_left(self._starts, mention[0])
        last = bisect_left(self._starts, mention[1])
        return self._places[first:last]

    def _is_source(self, place: tuple[int, int, str], mention: Characters) -> bool:
        """Whether a name in a mention is whose it is, and not whose spokesman, office or country it is."""
        behind = self.text[place[1] : place[1] + 2]
        if behind in ("’s", "'s") and place[1] + 2 < mention[1]:
            return False
        led = self.text[mention[0] : place[0]].replace("’", "' ").split()
        while (
            led and not self._leads(led[-1]) and (is_honorific(led[-1].rstrip(".")) or is_role_word(led[-1]))
        ):
            led.pop()
        return not led or not self._leads(led[-1])

    def _with_others(self, place: tuple[int, int, str], mention: Characters) -> bool:
        """Whether "and" ties somebody to a name, known or not: "Vera Lind and her mate", "the mate and Vera Lind"."""
        before = self.text[mention[0] : place[0]].split()[-1:]
        behind = self.text[place[1] : mention[1]].split()[:1]
        return any(word.strip(",") in self._words.joins for word in [*before, *behind])

    def _with_kin(self, place: tuple[int, int, str], mention: Characters) -> bool:
        """Whether a surname alone was found behind somebody else's first name: "Ole Lind", "Ole und Vera Lind"."""
        if " " in self.text[place[0] : place[1]]:
            return False
        led = self.text[mention[0] : place[0]].replace("’", "' ").replace("'", "' ").split()  # l’amiral
        if not led or not led[-1][:1].isupper() or "-" in led[-1] or led[-1].isupper():
            return False
        if len(led) == 1 and self._words.classes.get(led[-1].lower(), 0) & (DET | PREP | ADV):
            return False
        return led[-1][-1].isalpha() and not says_what(led[-1], self.language)

    def _leads(self, word: str) -> bool:
        """Whether a word is a preposition: "for Castle", "de Castle"."""
        return bool(self._words.classes.get(word.lower(), 0) & PREP)

    def _joined(self, first: tuple[int, int, str], second: tuple[int, int, str]) -> bool:
        return self.text[first[1] : second[0]].strip() in self._words.joins

    def _pronoun(self, at: int, before: tuple[RawQuote, Speaker] | None) -> Speaker:
        """The person a singular pronoun stands for; ambiguous where two are named together."""
        last = bisect_left(self._starts, at) - 1
        edge = max(self._edges[bisect_right(self._edges, at) - 1], at - FAR)  # nobody is looked for before it
        near = last >= 0 and self._starts[last] >= edge
        if before and before[0].mention and before[0].segments[-1][0] >= edge:
            told = max(before[0].segments[-1][1], before[0].mention[1])
            if not near or self._starts[last] <= told:  # nobody else since; who is not known stays unknown
                return Speaker(before[1].person, "likely") if before[1].person else NOBODY
        if not near:
            return NOBODY
        first = bisect_left(self._starts, self._sentence(self._starts[last]))
        if first < last and self._joined(self._places[first], self._places[first + 1]):
            return Speaker(None, "ambiguous")
        return Speaker(self._places[first][2], "likely")


def _in_small_letters(person: Person) -> Person:
    """A person whom only a label in capitals names, as running text would print the name."""
    return msgspec.structs.replace(person, name=person.name.title()) if person.name.isupper() else person


def _quoted(at: int, quotes: Sequence[RawQuote]) -> bool:
    """Whether a place lies in words that somebody is quoted with in marks."""
    index = bisect_right(quotes, at, key=lambda quote: quote.segments[0][0]) - 1
    for quote in quotes[max(0, index - 1) : index + 1]:
        if quote.type == "direct" and any(start <= at < end for start, end in quote.segments):
            return True
    return False
