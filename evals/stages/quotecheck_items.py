"""Quotations with known verdicts, cut from the transcripts of the structure bench: made at run time, from a seed.

The gold of the bench says who spoke which characters; from it come verbatim quotations, and quotations that are
changed, joined, cut, given to somebody else, or taken from another sitting. What was done to a quotation never
reaches the program: it gets the quotation, the name and the transcript.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

SEED = 20_311_114
PAIRS: dict[str, tuple[tuple[str, str], ...]] = {
    "en": (("en_ca_43_1_44", "en_ca_44_1_196"), ("en_wh_5", "en_wh_10"), ("en_kremlin_57027", "en_kremlin_17173")),
    "fr": (
        ("fr_an_20130121", "fr_an_20130118"),
        ("fr_an_20130134", "fr_an_20130121"),
        ("fr_ca_42_1_2", "fr_ca_41_1_54"),
    ),
    "de": (("de_bt_20019", "de_bt_20011"),),
}  # fmt: skip
"""Transcripts by language; the second of each pair lends sentences that the same people spoke elsewhere."""

EACH = 64  # items of one kind in one language, at most
LEAST = (
    12  # words of a sentence from elsewhere; shorter ones are formulas of the house, said at every sitting
)


class Item(NamedTuple):
    """One quotation: its words, to whom it is given, in which transcript it is sought, and the right answer."""

    language: str
    text: str
    quote: str
    by: str
    verdict: str
    how: str


class Said(NamedTuple):
    """A sentence that somebody spoke: `turn` and `number` say where."""

    words: str
    speaker: str
    turn: int
    number: int


_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÄÖÜÉÀÊÇ])")
_CLEAN = re.compile(r"[A-ZÄÖÜÉÀÊÇ][^\[\]()“”„«»\"|\n]{20,260}[.!?]")
_SHORTENED = re.compile(r"\b(?:Mr|Mrs|Ms|Hon|Dr|M|Mme|MM|Prof|St|No|Nr|Art|bzw|Abs|[A-Z])\.")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_TITLES = re.compile(
    r"(?:(?:The|Right|Hon|Mr|Mrs|Ms|Dr|Mme|M|Prof|Rt|Herr|Frau|très|honorable|hon|Le|La|L['’])\b\.?\s*)+",
    re.IGNORECASE,
)
_TURNING = {
    "en": re.compile(
        r"(?i)\b(?:not|no|never|n't|nothing|nobody|none|nor|neither|without|cannot|if|unless|when|once|until|hope\w*|wish\w*|"
        r"s(?:ay|ays|aid|aying)|t(?:ell|old)|claim\w*|deny|den\w+|think\w*|thought|believ\w+|according|whether|false|only|"
        r"ask\w*|announc\w+|report\w*|wonder\w*|suppose|should|provided|doubt\w*|hardly|except|suggest\w*|indicat\w+)\b|n['’]t|\?"
    ),
    "fr": re.compile(
        r"(?i)\b(?:ne|pas|non|ni|rien|jamais|personne|aucune?|sans|si|lorsque|quand|dès|sauf|espér\w+|souhait\w+|d(?:it|isent|ire|isait|isons|ites)|"
        r"affirm\w+|pens\w+|croi\w+|selon|ni\w{0,3}|demand\w+|expliqu\w+|annonc\w+|déclar\w+|indiqu\w+|rappel\w+|dout\w+|seulement)\b|\b[ns]['’]|\?"
    ),
    "de": re.compile(
        r"(?i)\b(?:nicht|nichts|nie|niemals|kein\w*|niemand|ohne|wenn|falls|sofern|ob|solange|sobald|bis|außer|hoff\w+|wünsch\w+|sag\w+|"
        r"behaupt\w+|mein\w*|glaub\w+|laut|frag\w+|erklär\w+|weder|kaum|angeblich|nur|bestreit\w+|denk\w+|zweifel\w*)\b|\?"
    ),
}
_CUTS = {
    "en": (
        r"(?:If|Unless) [^,.;:?]{12,110}, (?P<kept>(?!then\b)[^?;:]{28,}\.)",
        r"(?P<kept>[^,;:?]{28,}),? (?:unless|only if|provided that|as long as) [^?;]{10,}\.",
        r"[^.;:?]{0,40}\b(?:do not|don['’]t|does not|cannot) (?:believe|think|accept|say) (?:that )?"
        r"(?P<kept>[^?;:]{28,}\.)",
    ),
    "fr": (
        r"(?:Si|S['’]il) [^,.;:?]{12,110}, (?P<kept>[^?;:]{28,}\.)",
        r"(?P<kept>[^,;:?]{28,}),? (?:sauf si|à condition que|à moins que|pourvu que) [^?;]{10,}\.",
        r"[^.;:?]{0,40}\bne (?:crois|pense|croyons|pensons) pas (?:que |qu['’])(?P<kept>[^?;:]{28,}\.)",
    ),
    "de": (
        r"(?:Wenn|Falls|Sofern) [^,.;:?]{12,110}, (?P<kept>[^?;:]{28,}\.)",
        r"(?P<kept>[^,;:?]{28,}), (?:wenn|falls|sofern|solange|es sei denn) [^?;]{10,}\.",
        r"[^.;:?]{0,40}\b(?:glaube|denke|meine) (?:ich )?nicht, dass (?P<kept>[^?;:]{28,}\.)",
    ),
}  # fmt: skip
_CHAIR = re.compile(
    r"(?i)la parole est|demande la parole|rappel au règlement|"
    r"nächste\w? redner|das wort|berufe die nächste|order, please"
)  # formulas of the house, which are said at every sitting with other names in them
_NOT = {"en": "not", "fr": "pas", "de": "nicht"}
_MODALS = {
    "en": ("will", "may", "must", "would", "should", "can"),
    "fr": ("peut", "doit", "peuvent", "doivent", "devons", "pouvons"),
    "de": ("kann", "muss", "soll", "können", "müssen", "sollen"),
}


def items(bench: Path) -> Iterator[Item]:
    """Every item, always the same ones in the same order; none where the bench has no transcripts."""
    dice = random.Random(SEED)
    for language, pairs in PAIRS.items():
        made: dict[str, list[Item]] = {}
        share = -(-EACH // len(pairs))
        for name, other in pairs:
            folder = bench / "structure" / "dev"
            if not (folder / f"{name}.gold.json").is_file():
                continue
            maker = _Maker(language, name, spoken(folder, name), spoken(folder, other), dice)
            for verdict, fresh in maker.all(share).items():
                made.setdefault(verdict, []).extend(fresh)
        for verdict in made:
            yield from made[verdict]


def spoken(folder: Path, name: str) -> list[Said]:
    """The clean sentences of a transcript with their speakers, as its gold has them."""
    text = (folder / f"{name}.txt").read_bytes().decode("utf-8-sig")
    gold = json.loads((folder / f"{name}.gold.json").read_text("utf-8"))
    marks = sorted((mark["start"], mark["end"]) for mark in gold["marks"])
    found = []
    for number, turn in enumerate(gold["turns"]):
        speaker = _bare(turn["speaker"])
        speech = text[turn["content_start"] : turn["end"]]
        for start, end in marks:
            if turn["content_start"] <= start < turn["end"]:
                left = start - turn["content_start"]
                speech = speech[:left] + "|" * (end - start) + speech[left + end - start :]
        for line in speech.split("\n"):
            before = ""
            for at, sentence in enumerate(_SENTENCE.split(line.strip())):
                whole = _CLEAN.fullmatch(sentence) and not _SHORTENED.search(f"{before[-6:]} {sentence}")
                if whole and 7 <= len(sentence.split()) <= 40:
                    found.append(Said(sentence, speaker, number, at))
                before = sentence
    return found


def _bare(label: str) -> str:
    """A printed label as people give a name: no party, no office behind the comma, no title in front."""
    name = _BRACKETS.sub(" ", label).split(",")[0].strip(" .:–—|")
    title = _TITLES.match(name)
    return " ".join((name[title.end() :] if title and title.end() < len(name) else name).split())


class _Maker:
    """Items from one transcript."""

    def __init__(
        self, language: str, name: str, said: Sequence[Said], other: Sequence[Said], dice: random.Random
    ) -> None:
        self.language, self.name, self.dice = language, name, dice
        counts: dict[str, int] = {}
        for one in said:
            counts[_plain(one.words)] = counts.get(_plain(one.words), 0) + 1
        self.said = [one for one in said if counts[_plain(one.words)] == 1 and len(one.speaker.split()) > 0]
        self.everything = {_plain(one.words) for one in said}
        self.other = other
        self.vocabulary = sorted(
            {word for one in self.said for word in re.findall(r"\b[a-zäöüßéèàç]{6,12}\b", one.words)}
        )
        self.names = sorted(
            {
                word
                for one in self.said
                for word in re.findall(r"(?<=[a-z] )[A-Z][a-zäöüéè]{4,12}\b", one.words)
            }
        )

    def all(self, share: int) -> dict[str, list[Item]]:
        """Up to `share` items of each kind."""
        kinds = {
            "exact": self.exact,
            "altered": self.altered,
            "spliced": self.spliced,
            "context_cut": self.cut,
            "misattributed": self.misattributed,
            "absent": self.absent,
        }
        made = {}
        for verdict, make in kinds.items():
            found = list(make())
            self.dice.shuffle(found)
            made[verdict] = sorted(found[:share])
        return made

    def item(self, quote: str, by: str, verdict: str, how: str) -> Item:
        """One item of this transcript."""
        return Item(self.language, self.name, quote, by, verdict, how)

    def exact(self) -> Iterator[Item]:
        """Verbatim, but for shapes: marks, apostrophes, dashes, blanks, the first letter, the last point."""
        shapes = (
            ("verbatim", lambda words: words),
            ("marks", lambda words: f"“{words}”"),
            ("apostrophes", lambda words: words.translate(str.maketrans("'’", "’'"))),
            ("dashes", lambda words: words.replace("—", "–").replace(" ", "\u00a0", 1)),
            ("first letter", lambda words: words[0].lower() + words[1:].rstrip(".")),
            ("wrapped", lambda words: words.replace(" ", "\n", 3)),
        )
        plain = [one for one in self.said if not _TURNING[self.language].search(one.words)]
        for number, one in enumerate(self.dice.sample(plain, min(80, len(plain)))):
            how, shape = shapes[number % len(shapes)]
            yield self.item(shape(one.words), one.speaker, "exact", how)
        for one in self.dice.sample(plain, min(25, len(plain))):
            words = one.words.split()
            start = self.dice.randrange(0, max(1, len(words) - 6))
            end = self.dice.randrange(start + 5, len(words) + 1) if start + 5 < len(words) else len(words)
            yield self.item(" ".join(words[start:end]), one.speaker, "exact", "fragment")

    def altered(self) -> Iterator[Item]:
        """One change each."""
        for one in self.dice.sample(self.said, min(400, len(self.said))):
            changed = self._changed(one.words)
            how = self.dice.choice(sorted(changed))
            if changed[how] and _plain(changed[how]) not in self.everything:
                yield self.item(changed[how], one.speaker, "altered", how)

    def _changed(self, words: str) -> dict[str, str]:
        dice, language = self.dice, self.language
        inner = list(re.finditer(r"(?<= )[a-zäöüßéèàç]{5,}(?= )", words))
        chosen = dice.choice(inner) if inner else None
        changed = {"omission": "", "wording": "", "addition": ""}
        if chosen:
            left, right = words[: chosen.start()], words[chosen.end() :]
            changed["omission"] = left + right.lstrip()
            changed["wording"] = left + dice.choice([w for w in self.vocabulary if w != chosen[0]]) + right
            changed["addition"] = left + dice.choice(self.vocabulary) + " " + chosen[0] + right
            later = [found for found in inner if found.start() > chosen.end() + 12]
            if later and len(words.split()) > 12:
                right = (
                    words[chosen.end() : later[-1].start()]
                    + dice.choice(self.vocabulary)
                    + words[later[-1].end() :]
                )
                changed["two changes"] = left.rstrip() + right
        figures = re.search(r"\b\d+\b", words)
        if figures:
            changed["number"] = (
                f"{words[: figures.start()]}{int(figures[0]) + dice.choice((1, 3, 10))}{words[figures.end() :]}"
            )
        negated = re.search(rf"(?<= ){_NOT[language]} ", words)
        if negated:
            changed["negation"] = words[: negated.start()] + words[negated.end() :]
        modal = re.search(rf"(?<= )(?:{'|'.join(_MODALS[language])})(?= )", words)
        if modal:
            rest = [m for m in _MODALS[language] if m != modal[0]]
            changed["modality"] = words[: modal.start()] + dice.choice(rest) + words[modal.end() :]
        named = re.search(r"(?<=[a-z] )[A-Z][a-zäöüéè]{4,12}\b", words)
        if named and len(self.names) > 1:
            changed["name"] = (
                words[: named.start()]
                + dice.choice([n for n in self.names if n != named[0]])
                + words[named.end() :]
            )
        plural = re.search(r"(?<= )[a-z]{4,}s(?= [a-z])", words)
        if plural and language == "en" and not plural[0].endswith("ss"):
            changed["apostrophe"] = f"{words[: plural.end() - 1]}’s{words[plural.end() :]}"
        return changed

    def spliced(self) -> Iterator[Item]:
        """Words of two places of one speaker, more than a sentence apart, or of two speakers, as if said in one go."""
        by_speaker: dict[str, list[Said]] = {}
        for one in self.said:
            if len(one.words.split()) >= 11:
                by_speaker.setdefault(one.speaker, []).append(one)
        several = [held for held in by_speaker.values() if len(held) > 3]
        for number in range(120):
            if not several:
                return
            first, second = sorted(
                self.dice.sample(self.dice.choice(several), 2), key=lambda one: (one.turn, one.number)
            )
            apart = first.turn != second.turn
            if not apart and second.number - first.number < 3:
                continue
            head, tail = first.words.split(), second.words.split()
            if number % 3 == 0:
                quote = f"{first.words} {second.words}"
            elif number % 3 == 1 and apart:
                quote = f"{' '.join(head[: len(head) // 2 + 1])} … {' '.join(tail[len(tail) // 2 :])}"
            else:
                quote = f"{' '.join(head[: len(head) // 2 + 1])} {' '.join(tail[len(tail) // 2 :])}"
            yield self.item(quote, first.speaker, "spliced", ("sentences", "ellipsis", "halves")[number % 3])

    def cut(self) -> Iterator[Item]:
        """A main clause without its condition, a clause without what denies it, a question as a statement."""
        for one in self.said:
            for number, pattern in enumerate(_CUTS[self.language]):
                if (found := re.fullmatch(pattern, one.words)) and "?" not in one.words:
                    kept = found["kept"].strip()
                    quote = kept[0].upper() + kept[1:].rstrip(".") + "."
                    yield self.item(
                        quote, one.speaker, "context_cut", ("if before", "if behind", "negation")[number]
                    )
        questions = [one for one in self.said if one.words.endswith("?")]
        for one in self.dice.sample(questions, min(6, len(questions))):
            yield self.item(one.words[:-1].rstrip() + ".", one.speaker, "context_cut", "question")

    def misattributed(self) -> Iterator[Item]:
        """Verbatim, but given to another person of the transcript."""
        speakers = sorted({one.speaker for one in self.said})
        for one in self.dice.sample(self.said, min(80, len(self.said))):
            others = [name for name in speakers if not set(name.split()) & set(one.speaker.split())]
            if others and len(one.speaker.split()) < 4:
                yield self.item(one.words, self.dice.choice(others), "misattributed", "other speaker")

    def absent(self) -> Iterator[Item]:
        """A real sentence of a person of this transcript, spoken at another sitting."""
        here = {one.speaker for one in self.said}
        same = [
            one
            for one in self.other
            if one.speaker in here and len(one.words.split()) >= LEAST and not _CHAIR.search(one.words)
        ]
        for one in self.dice.sample(same, min(120, len(same))):
            yield self.item(one.words, one.speaker, "absent", "another event")


def _plain(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.casefold()))
