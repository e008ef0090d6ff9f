"""The summary on a terminal."""

from __future__ import annotations

import pytest
from sample import hostile, long_record, sample

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
        long_record(30),
        hostile("An unbreakably-long-name-" * 4),
        hostile("会谈纪要" * 30),
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
