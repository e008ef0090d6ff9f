"""Aligning equal words: exact where it can be, near-linear, and true to the characters whatever the input."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from same import account, compared, found, record

from onrecord.collation import compare, same_language
from onrecord.collation.chain import anchors, chained
from onrecord.collation.composed import Composed
from onrecord.collation.gaps import common
from onrecord.collation.matching_runs import match
from onrecord.errors import UsageError

WORDS = st.lists(st.sampled_from("the boat left a quay not two 3 we may".split()), max_size=40)
REMARKS = st.lists(
    st.sampled_from(
        (
            "We can't sign.", "The ferry sails on 3 May.", "No!", "Did Orval fire?", "The quay is, uh, closed.",
            "Twenty boats left.",
        )
    ),
    min_size=1,
    max_size=12,
).map(" ".join)  # fmt: skip


def longest(a: list[str], b: list[str]) -> int:
    """Length of the longest common subsequence, by the textbook."""
    row = [0] * (len(b) + 1)
    for x in a:
        above = row
        row = [0]
        for at, y in enumerate(b):
            row.append(above[at] + 1 if x == y else max(above[at + 1], row[at]))
    return row[-1]


@given(WORDS, WORDS)
def test_a_gap_is_matched_exactly(a: list[str], b: list[str]) -> None:
    matches = common(a, b)
    assert sum(length for _, _, length in matches) == longest(a, b)
    for i, j, length in matches:
        assert a[i : i + length] == b[j : j + length]
    assert matches == sorted(matches)


@given(st.lists(st.integers(0, 6), max_size=60), st.lists(st.integers(0, 6), max_size=60))
def test_every_token_is_used_once(a: list[int], b: list[int]) -> None:
    in_a: set[int] = set()
    in_b: set[int] = set()
    for run in match(a, b, [], []):
        assert a[run.a : run.a + run.length] == b[run.b : run.b + run.length]
        here, there = set(range(run.a, run.a + run.length)), set(range(run.b, run.b + run.length))
        assert not (here & in_a or there & in_b)
        in_a |= here
        in_b |= there


def test_the_heaviest_chain_wins_over_the_first() -> None:
    left, right = [1, 2, 3, 10, 11, 12, 13, 14], [10, 11, 12, 13, 14, 1, 2, 3]
    on, off = chained(anchors(left, right, 3))
    assert (on, off) == ([(3, 0, 5)], [(0, 5, 3)])


def test_nearly_every_equal_token_is_kept() -> None:
    choose = random.Random(4)
    words = [choose.randrange(800) for _ in range(6000)]
    other = [word for word in words if choose.random() > 0.04]
    other[2000:2000] = [choose.randrange(800) for _ in range(150)]
    kept = sum(run.length for run in match(words, other, [], []))
    assert kept >= 0.999 * sum(length for _, _, length in common(words, other))


@given(st.text(alphabet="ae\u0301\u0308n\u0303 .가각\u1100\u1161\u11a8", max_size=30))
def test_composing_knows_the_way_back(text: str) -> None:
    import unicodedata

    composed = Composed(text)
    assert composed.characters == unicodedata.normalize("NFC", text)
    places = [composed.back(at) for at in range(len(composed.characters) + 1)]
    assert places == sorted(places)
    assert composed.back(len(composed.characters)) == len(text)


# ------------------------------------------------------------------------------------------- whole comparisons


@settings(deadline=None, max_examples=40)
@given(REMARKS, REMARKS)
def test_spans_read_their_own_text_and_sentences_stand_in_one_bead(a: str, b: str) -> None:
    answer = compared(a, b)
    for difference in answer.differences:
        for source, span, text in (
            (a, difference.a, difference.a_text),
            (b, difference.b, difference.b_text),
        ):
            assert span is not None and source[span.start : span.end] == text
    assert [d.id for d in answer.differences] == [f"d{n}" for n in range(1, len(answer.differences) + 1)]
    left, right = account(a), account(b)
    beads = same_language.align(left, right).beads
    assert sorted(at for bead in beads for at in bead.a) == list(range(len(left.sentences)))
    assert sorted(at for bead in beads for at in bead.b) == list(range(len(right.sentences)))


@settings(deadline=None, max_examples=30)
@given(REMARKS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert found(text, text) == []


def test_decomposed_letters_make_no_other_text() -> None:
    import unicodedata

    composed = "Élise Grévy : Le détroit est fermé.\n\nAgnès Tölz : Nous l’avons décidé.\n\n" * 3
    decomposed = unicodedata.normalize("NFD", composed)
    answer = compared(composed, decomposed, "fr")
    assert answer.differences == () and answer.one_event.judgement == "certain"
    for stretch in answer.alignment:
        assert stretch.a is not None and stretch.b is not None and stretch.kind == "same"
        here = composed[stretch.a.start : stretch.a.end]
        there = decomposed[stretch.b.start : stretch.b.end]
        assert unicodedata.normalize("NFD", here) == there


VERSIONS = (
    ("We can't sign the harbour treaty before winter.", "We can sign the harbour treaty before winter."),
    ("The grey ferry sails on 3 May from Lindhavn.", "The grey ferry sails on 8 May from Lindhavn."),
    ("Captain Orval left that quay with some boats.", "Captain Ostrel left that quay with some boats."),
    ("Every crew must leave our strait by night.", "Every crew may leave our strait by night."),
    (
        "I saw only his supporters near an old lighthouse.",
        "I saw only his supporter's near an old lighthouse.",
    ),
    ("Bread costs more when mills freeze.", "Bread costs less when mills freeze."),
    ("Twenty pilots asked for patience and charts.", "Twenty pilots asked for charts."),
    ("Nobody heard those guns behind Kesten.", "Nobody heard those guns behind Kesten?"),
)
CHOICES = st.lists(st.sampled_from(("same", "changed", "only a", "only b")), min_size=8, max_size=8)
MIRROR = {"omission": "addition", "addition": "omission"}


@settings(deadline=None, max_examples=40)
@given(CHOICES)
def test_the_other_way_round_is_the_mirror(choices: list[str]) -> None:
    a = " ".join(pair[0] for pair, choice in zip(VERSIONS, choices, strict=True) if choice != "only b")
    b = " ".join(
        pair[choice == "changed"]
        for pair, choice in zip(VERSIONS, choices, strict=True)
        if choice != "only a"
    )
    if not (a and b):
        return
    here = sorted((d.kind, d.severity, d.a, d.b) for d in compared(a, b).differences)
    there = sorted((MIRROR.get(d.kind, d.kind), d.severity, d.b, d.a) for d in compared(b, a).differences)
    assert here == there


def test_more_than_two_accounts_say_which_pair() -> None:
    texts = ["We will reopen the ferry line in autumn.", "We could reopen the ferry line in autumn."]
    answer = compare([record(text, "en") for text in (*texts, texts[0])])
    assert [source.id for source in answer.sources] == ["s1", "s2", "s3"]
    assert {(d.pair, d.a_text, d.b_text) for d in answer.differences} == {
        (("s1", "s2"), "will", "could"),
        (("s2", "s3"), "could", "will"),
    }


def test_one_account_is_refused() -> None:
    with pytest.raises(UsageError, match="two accounts or more"):
        compare([record("The ferry sails.", "en")])


# ---------------------------------------------------------------------------------------------------- bad input

LEFT = "The ferry left the old quay with twenty boats and nobody on the pier saw the lights go out."
OTHER = "Bread costs more in winter because mills grind slowly when rivers freeze across the plain."


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        ("— … —", LEFT, "the first account has no words to compare"),
        (LEFT, "(Applause)", "the second account has no words to compare"),
        (LEFT, OTHER, "these do not look like one event"),
    ],
)
def test_what_cannot_be_compared_is_said_and_not_invented(a: str, b: str, reason: str) -> None:
    answer = compared(a, b)
    assert answer.one_event.judgement == "unresolved"
    assert answer.one_event.reasons[0] == reason
    assert (answer.alignment, answer.differences) == ((), ())


def lines(count: int, seed: int) -> list[str]:
    """Sentences that all differ, in no order."""
    choose = random.Random(seed)
    pool = [f"word{number}" for number in range(3000)]
    return [" ".join(choose.choices(pool, k=7)).capitalize() + "." for _ in range(count)]


def test_hostile_shapes_end_soon() -> None:
    repeated = ["The quay is closed today."] * 4000
    long = lines(4000, 1)
    shuffled = random.Random(2).sample(long, len(long))
    for a, b in [
        (repeated, [*repeated[:3000], "A boat came in at dawn.", *repeated[:900]]),
        (long, shuffled),
        (long[:80], long),
        (repeated, [f"{line} {n}" for n, line in enumerate(repeated)]),
    ]:
        began = time.process_time()
        compared("\n".join(a), "\n".join(b))
        assert time.process_time() - began < 20  # seconds; each takes about two


def test_shuffled_sentences_are_moves_and_nothing_is_lost() -> None:
    sentences = lines(60, 3)
    shuffled = random.Random(5).sample(sentences, len(sentences))
    answer = compared("\n".join(sentences), "\n".join(shuffled))
    assert {difference.kind for difference in answer.differences} == {"moved"}
    assert {stretch.kind for stretch in answer.alignment} == {"same", "moved"}


def test_a_missing_half_is_missing_and_the_rest_is_the_same() -> None:
    sentences = lines(60, 4)
    answer = compared("\n".join(sentences), "\n".join(sentences[:30]))
    assert {difference.kind for difference in answer.differences} == {"omission"}
    assert sum(stretch.kind == "same" for stretch in answer.alignment) == 30
