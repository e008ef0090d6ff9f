"""Two or more accounts of one event: do they belong together, how do they align, and what differs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import msgspec

from onrecord import __version__, lexicon
from onrecord.collation import across, same_language
from onrecord.collation.account import Account
from onrecord.collation.alignment import Alignment, Bead
from onrecord.collation.differences import classify
from onrecord.collation.frames import spoken_frames
from onrecord.errors import UsageError
from onrecord.model import (
    SCHEMA_VERSION,
    Comparison,
    Difference,
    OneEvent,
    Record,
    Source,
    Stretch,
    Tool,
)
from onrecord.spans import Span

_UNRELATED, _KIN = (
    0.08,
    0.3,
)  # likeness below which accounts are not of one event, and from which they surely are
_EVERY_PAIR = 4  # accounts up to which each is compared with each, and not only with the first


def compare(records: Sequence[Record], *, semantic: bool | None = None) -> Comparison:
    """How accounts of one event differ, most serious first.

    Each later account is compared with the first, and up to four of them with each other; then every item says
    which `pair` it speaks of. `semantic` asks for (True) or forgoes (False) sentence meanings across languages;
    None takes them where they are installed. Accounts that do not look like one event are not aligned: the answer
    is then `unresolved` with its reason, and no differences. `UsageError` for fewer than two records.
    """
    if len(records) < 2:
        raise UsageError("comparing needs two accounts or more")
    sources = tuple(
        msgspec.structs.replace(record.sources[0], id=f"s{number}")
        for number, record in enumerate(records, 1)
    )
    every = range(len(records)) if len(records) <= _EVERY_PAIR else range(1)
    judged: list[OneEvent] = []
    stretches: list[Stretch] = []
    differences: list[Difference] = []
    for first, second in combinations(range(len(records)), 2):
        if first not in every:
            continue
        one, aligned, found = _pair(records[first], records[second], semantic)
        pair = msgspec.UNSET if len(records) == 2 else (sources[first].id, sources[second].id)
        judged.append(one if pair is msgspec.UNSET else _named(one, sources[first], sources[second]))
        stretches += (msgspec.structs.replace(stretch, pair=pair) for stretch in aligned)
        differences += (msgspec.structs.replace(difference, pair=pair) for difference in found)
    return Comparison(
        schema_version=SCHEMA_VERSION,
        tool=Tool("onrecord", __version__, lexicon.digest()),
        sources=sources,
        one_event=_together(judged),
        alignment=tuple(stretches),
        differences=_numbered(differences),
    )


def _pair(
    left: Record, right: Record, semantic: bool | None
) -> tuple[OneEvent, list[Stretch], list[Difference]]:
    a, b = _accounts(left, right)
    for name, account in (("first", a), ("second", b)):
        if not account.tokens:
            return OneEvent("unresolved", (f"the {name} account has no words to compare",)), [], []
    if a.composed.characters == b.composed.characters:
        return OneEvent("certain", ("the two texts are identical",)), _identical(a, b), []
    alignment = _aligned(a, b, semantic)
    one = _judged(alignment)
    if one.judgement == "unresolved":
        return one, [], []
    return one, _stretches(alignment, a, b), classify(alignment, a, b)


def _identical(a: Account, b: Account) -> list[Stretch]:
    """Sentence by sentence the same, though one text may be composed otherwise than the other."""
    there, back = a.composed.there, b.composed.back
    return [
        Stretch(
            "same",
            a.text.span(sentence.start, sentence.end),
            b.text.span(back(there(sentence.start)), back(there(sentence.end))),
            1.0,
        )
        for sentence in a.sentences
    ]


def _accounts(left: Record, right: Record) -> tuple[Account, Account]:
    """Both prepared: speech against speech where both have enough of it, everything otherwise."""
    a, b = Account(left), Account(right)
    if a.spoken and b.spoken:
        also_a, also_b = spoken_frames(a, b), spoken_frames(b, a)
        return (Account(left, also=also_a) if also_a else a), (Account(right, also=also_b) if also_b else b)
    return (Account(left, whole=True) if a.spoken else a), (Account(right, whole=True) if b.spoken else b)


def _aligned(a: Account, b: Account, semantic: bool | None) -> Alignment:
    if a.language and b.language and a.language != b.language:
        return across.align(a, b, semantic)
    return same_language.align(a, b)


def _judged(alignment: Alignment) -> OneEvent:
    share = f"{alignment.likeness:.0%} of the shorter account stands in the other"
    reasons = (share, *(f"aligned by {method}" for method in alignment.method))
    moved = sum(bead.moved for bead in alignment.beads)
    if moved * 2 > len(alignment.beads):
        reasons = (*reasons, f"most sentences stand in another order ({moved} of {len(alignment.beads)})")
    if alignment.likeness < _UNRELATED:
        return OneEvent("unresolved", ("these do not look like one event", *reasons))
    return OneEvent("certain" if alignment.likeness >= _KIN else "likely", reasons)


def _named(one: OneEvent, a: Source, b: Source) -> OneEvent:
    return OneEvent(one.judgement, tuple(f"{a.name} and {b.name}: {reason}" for reason in one.reasons))


def _together(judged: Sequence[OneEvent]) -> OneEvent:
    """The weakest judgement of all pairs, with every reason."""
    order = ("unresolved", "ambiguous", "likely", "certain")
    weakest = min(judged, key=lambda one: order.index(one.judgement))
    return OneEvent(weakest.judgement, tuple(reason for one in judged for reason in one.reasons))


def _stretches(alignment: Alignment, a: Account, b: Account) -> list[Stretch]:
    return [_stretch(bead, a, b) for bead in alignment.beads]


def _stretch(bead: Bead, a: Account, b: Account) -> Stretch:
    here, there = _span(a, bead.a), _span(b, bead.b)
    if here is None or there is None:
        return Stretch("only_a" if there is None else "only_b", here, there, 0.0)
    if bead.moved:
        return Stretch("moved", here, there, bead.score)
    return Stretch("same" if _words(a, bead.a) == _words(b, bead.b) else "changed", here, there, bead.score)


def _span(account: Account, sentences: tuple[int, ...]) -> Span | None:
    if not sentences:
        return None
    return account.text.span(account.sentences[sentences[0]].start, account.sentences[sentences[-1]].end)


def _words(account: Account, sentences: tuple[int, ...]) -> list[str]:
    return account.keys[account.sentences[sentences[0]].first : account.sentences[sentences[-1]].last]


def _numbered(differences: Sequence[Difference]) -> tuple[Difference, ...]:
    """Differences of several pairs in one ranked list with ids of their own."""
    grave = {"critical": 0, "major": 1, "minor": 2}
    ordered = sorted(differences, key=lambda found: (grave[found.severity], -found.score))
    return tuple(msgspec.structs.replace(found, id=f"d{n}") for n, found in enumerate(ordered, 1))
