# ruff: noqa: E501  (tables of whole lines)
"""The summary on a terminal."""

from __future__ import annotations

import pytest
from sample import armed, full, hostile, ledger, long_record, sample, stated

from onrecord.export import terminal
from onrecord.export.columns import columns, wrap
from onrecord.model import Event

SAID = [
    ("en", "“The bridge stays open”: the Ostwick press conference in full"),
    ("en", "joint press conference · 14 March 2031 · Ostwick · forty minutes"),
    (
        "en",
        "The words are probably an interpreter’s: do not quote them as the speaker’s own. (the article says",
    ),
    ("en", "46%  2 turns"),
    ("en", "printed as PRESIDENT MARROW, PRESIDNET MARROW (probably)"),
    ("en", "line 18 · probably · “PRESIDNET MARROW” is probably Ilse Marrow"),
    ("en", "line 22 · one of several · “MINISTER” may be Tomas Arkell or Wenna Oake"),
    ("en", "line 28 · reader’s note"),
    ("en", "Also named: Wenna Oake (her foreign minister)"),
    ("en", "6 marks, printed but not spoken"),
    ("en", "103 characters of speech (11%) could be given to nobody"),
    ("fr", "Les mots sont probablement ceux d’un interprète\u00a0: ne pas les citer"),
    ("fr", "46\u202f%  2 interventions"),
    ("fr", "1\u202f725 caractères"),
]


@pytest.mark.parametrize(("language", "expected"), SAID)
def test_says(language: str, expected: str) -> None:
    shown = " ".join(terminal.render(sample(), width=100, language=language).split(" "))
    assert expected in shown or expected in " ".join(shown.split("\n    ")), shown


@pytest.mark.parametrize("width", [40, 60, 80, 100])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_line_is_wider_than_the_terminal(width: int, language: str) -> None:
    for record in (
        sample(),
        full(),
        long_record(30),
        hostile("An unbreakably-long-name-" * 4),
        hostile("会谈纪要" * 30),
        armed("会谈纪要" * 30),
    ):
        for line in terminal.render(record, width=width, language=language).splitlines():
            assert columns(line) <= width, line


def test_a_pipe_gets_no_escape_codes() -> None:
    assert "\x1b" not in terminal.render(sample())
    assert "\x1b[1m" in terminal.render(sample(), colour=True)


@pytest.mark.parametrize("text", ["\x1b]0;owned\x07", "\x9b2J", "\u202egnp.exe", "a\rb", "\ud800", "\u2028x"])
def test_nothing_of_a_source_reaches_the_terminal_raw(text: str) -> None:
    for language in ("en", "fr"):
        shown = terminal.render(hostile(text), language=language)
        shown += terminal.render(armed(text), language=language)
        assert not any(character in shown for character in "\x1b\x07\x9b\r\u202e\ud800\u2028")


def test_bars_are_longer_for_those_who_speak_longer() -> None:
    lines = terminal.render(sample(), width=100).splitlines()
    bars = [line.count("█") for line in lines if "█" in line]
    assert bars == sorted(bars, reverse=True) and bars[0] > bars[-1]
    assert any("░" in line and "No speaker" in line for line in lines)


def test_what_is_not_known_is_not_shown() -> None:
    shown = terminal.render(sample(event=Event(), turns=(), marks=(), flags=(), statements=(), people=()))
    assert shown.startswith("ostwick.txt\n")
    assert "Ostwick" not in shown and "No turns were found in this text." in shown


WRAPPED = [
    ("", 10, []),
    ("one two three", 7, ["one two", "three"]),
    ("unbreakable", 4, ["unbr", "eaka", "ble"]),
    ("会谈 纪要", 4, ["会谈", "纪要"]),
    ("会谈纪要", 5, ["会谈", "纪要"]),
    ("oui\u00a0! non", 6, ["oui\u00a0!", "non"]),
]


@pytest.mark.parametrize(("text", "width", "expected"), WRAPPED)
def test_wrap(text: str, width: int, expected: list[str]) -> None:
    assert wrap(text, width) == expected


def test_a_note_on_the_whole_source_has_no_line() -> None:
    assert "\n  reader’s note: cut short\n" in terminal.render(hostile("cut short"))


LEDGER = [
    ("en", "Ilse Marrow and Tomas Arkell both say that things were agreed. Neither says what."),
    ("en", "The text is probably a machine translation: do not quote it as spoken. (few labels)"),
    ("en", "“until there is a paper” and “because it is not finished”. (line 10, line 10)"),
    ("en", "Said to be agreed in the article: “They said that they had agreed on the bridge” · reported · line 5"),
    ("en", "not said what · speakers disagree · line 22"),
    ("en", "But in the article: “Neither said what becomes of the customs house” · hedged · line 5"),
    ("en", "Ilse Marrow denies: “there is no paper until there is a paper” · visible damage · on a condition"),
    ("en", "Q demands (to Ilse Marrow): “will the customs house close, yes or no?” · not said what · never taken up"),
    ("en", "· the transcript never mentions “ferry” · line 26"),
    ("en", "Praise and opinion · 1"),
    ("en", "… 1 more (--md, --html show all)"),
    ("en", "line 12 · versions differ · number differs · “all eleven of them” · another version has “all twelve of them”"),
    ("fr", "Donné pour convenu dans l’article\u00a0: «\u00a0They said that they had agreed on the bridge\u00a0» · rapporté · ligne 5"),
    ("fr", "Mais dans l’article"),
    ("fr", "sans dire quoi · désaccord entre orateurs"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "expected"), LEDGER)
def test_the_ledger_on_a_wide_terminal(language: str, expected: str) -> None:
    assert expected in squeezed(terminal.render(full(), width=200, language=language))


def test_words_of_the_ledger_stay_readable_however_much_is_said_beside_them() -> None:
    shown = squeezed(terminal.render(full(), width=66))
    assert "“the bridge at Ostwick stays open…” · not said what · speakers disagree" in shown


def squeezed(text: str) -> str:
    """Lines joined, runs of blanks as one (no-break spaces stay, but for those before the number of a line)."""
    joined = " ".join(part for part in text.replace("\n", " ").split(" ") if part)
    return joined.replace("line\u00a0", "line ").replace("ligne\u00a0", "ligne ")


def test_the_answer_stands_before_everything_else() -> None:
    shown = terminal.render(full(), width=100)
    places = [
        shown.index(part)
        for part in (
            "both say", "do not quote it", "different endings", "Said to be agreed", "  But", "  Open", "Asks and offers",
            "Promised, next", "Passed over", "Claims to check", "The article quotes", "What to beware of", "Who spoke",
        )
    ]  # fmt: skip
    assert places == sorted(places)


def test_a_long_ledger_stays_on_one_screen() -> None:
    crowd = tuple(
        stated(one.kind, one.text, one.speaker, one.turn, number=20 * turn + place)
        for turn in range(10)
        for place, one in enumerate(ledger())
    )
    shown = terminal.render(full(statements=crowd, relations=()), width=100)
    titled = shown.split("What was put on record")[1].split("What to beware of")[0]
    assert titled.count("\n") <= 40
    assert "Claims to check · 20" in shown and "more (--md, --html show all)" in shown


def test_a_filter_says_what_it_leaves_out() -> None:
    shown = terminal.render(full(), width=100, by="Arkell", kinds=("next_step",))
    assert "Shown here: Tomas Arkell, next step." in shown
    assert "then we will speak about money" in shown and "We will send engineers" not in shown
    assert "both say that things were agreed" in shown, "the answer speaks of the whole record"


def test_without_a_ledger_nothing_is_said_of_one() -> None:
    shown = terminal.render(sample(statements=()))
    assert "What was put on record" not in shown and "agreed" not in shown.split("What to beware of")[0][200:]
