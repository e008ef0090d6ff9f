"""Every rule has an example that it flags and a counter-example that it leaves alone; and what holds for any text."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.integrity import RULES, find_flags
from onrecord.integrity.document import Document
from onrecord.integrity.findings import Example, Rule
from onrecord.lexicon import languages
from onrecord.model import Record
from onrecord.record import read_source
from onrecord.sources import open_path
from onrecord.spans import Text

TIERS = ("form", "facts", "hint")
EVERY = [pytest.param(rule, id=rule.name) for rule in RULES]


def read(text: str) -> Record:
    """The text as the stages before integrity read it."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "example.txt")
        path.write_text(text, "utf-8", newline="")
        return read_source(open_path(str(path)))


def found(rule: Rule, example: Example) -> list[str]:
    """What a rule flags in an example, in order; a date in its first line is the date of the event."""
    text = re.sub("[⟦⟧]", "", example.text)
    date = re.match(r"\d{4}-\d{2}-\d{2}\n", text)
    record = read(text)
    document = Document(
        text,
        example.language,
        record.turns,
        record.blocks,
        record.marks,
        record.people,
        date[0].strip() if date else None,
    )
    spans = sorted({(one.start, one.end) for one in rule.find(document)})
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize("rule", EVERY)
def test_example(rule: Rule) -> None:
    assert found(rule, rule.example) == re.findall("⟦(.*?)⟧", rule.example.text, re.DOTALL)


@pytest.mark.parametrize("rule", EVERY)
def test_counter_example(rule: Rule) -> None:
    assert found(rule, rule.counter) == []


def test_rules_are_named_once() -> None:
    names = [rule.name for rule in RULES]
    assert len(set(names)) == len(names)


# (language, text with the flagged places between ⟦ and ⟧, kind)
PLACES = [
    ("fr", "Elle a signé avec le ⟦kremlin⟧ et avec le Kremlin seul.", "lower_case_name"),
    ("fr", "Le navire va en ⟦chine⟧ avec de l’encre de chine.", "lower_case_name"),
    ("fr", "Ils ont pris le bateau pour ⟦without⟧ payer, et « without » est anglais.", "untranslated"),
    ("fr", "Il parle aux journalistes, ⟦Tell⟧ les passagers à bord.", "untranslated"),
    # The same sentence printed again; in sentences of its own the word is somebody's name.
    ("fr", "Il parle aux journalistes, ⟦Tell⟧ les passagers à bord.\n" * 2, "untranslated"),
    ("fr", "Il parle aux journalistes, Tell les passagers. Elle parle aux pilotes, Tell les gens du port.", "none"),
    ("fr", "Il a parlé ⟦without⟧ notes ce matin au port.\n" * 3, "untranslated"),
    ("fr", "Il part without bruit. Elle dort without peur. Nous allons without lui au port.", "none"),
    ("es", "La presidenta habló ⟦without⟧ notas durante una hora.", "untranslated"),
    ("de", "Die Präsidentin sprach ⟦without⟧ jede Notiz mit den Gästen.", "untranslated"),
    ("ru", "Президент говорил ⟦without⟧ бумаги целый час.", "untranslated"),
    ("en", "It was in ⟦in⟧ the harbour.".replace("in ⟦in⟧", "⟦in in⟧"), "duplicate"),
    ("en", "The ferry left the ⟦harbour harbour⟧ at noon.", "duplicate"),
    ("en", "It was a very very long long winter, and Duran Duran sang.", "none"),
    ("en", "We sail from coast to coast to coast, again and again and again.", "none"),
    ("en", "The minister ⟦saidThat⟧ the line is open; my iPhone and his eBay shop agree.", "glued"),
    ("de", "Der Hafen ⟦istWieder⟧ offen, und alle BürgerInnen freuen sich.", "glued"),
    ("fr", "Elle travaille ⟦(a)⟧ des années au port.", "bracket"),
    ("fr", "On lit : (a) des années ; (b) des mois.", "none"),
    ("en", "5, 6, 7 people came, then 8,000.", "none"),
    ("en", "We lose ⟦5, 6, 7,000⟧ people a week.", "number_list"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "marked", "kind"), PLACES)
def test_places(language: str, marked: str, kind: str) -> None:
    flags = find_flags(Text(re.sub("[⟦⟧]", "", marked)), language)
    wanted = [] if kind == "none" else re.findall("⟦(.+?)⟧", marked)
    assert [flag.text for flag in flags if flag.kind == kind or kind == "none"] == wanted


FACTS = [
    ("en", "Then Prime Minister Emmanuel Macron spoke in the harbour.", ["role"]),
    ("en", "Then French President Emmanuel Macron spoke in the harbour.", []),
    ("en", "Former President Angela Merkel spoke in the harbour.", []),
    ("en", "We saw King Charles and President Xi Jinping in the harbour.", []),
    ("en", "We saw the Chinese President Recep Tayyip Erdogan in the harbour.", ["country"]),
    ("de", "Der ukrainische Präsident Wladimir Putin kam am Freitag in den Hafen.", ["country"]),
    ("es", "El presidente ucraniano Vladimir Putin llegó el viernes al puerto.", ["country"]),
    ("es", "El secretario de Estado Marco Rubio habló con el ministro ruso Serguéi Lavrov.", []),
]


@pytest.mark.parametrize(("language", "text", "kinds"), FACTS)
def test_facts(language: str, text: str, kinds: list[str]) -> None:
    assert [flag.kind for flag in find_flags(Text(text), language) if flag.tier == "facts"] == kinds


SUGGESTIONS = [
    ("fr", "« Rien », a-t-il ditPlus tard au port.", "dit plus", "repair"),
    (
        "fr",
        "Le Torvenyi attend. On voit le Torvenyi partir, dit torvenyi aux siens.",
        "Torvenyi",
        "occurrence",
    ),
    ("en", "Minister Brаsk is here.", "Brask", "repair"),
    ("fr", "La ligne a rouvert entre les ports entre les ports hier.", "entre les ports", "repair"),
]


@pytest.mark.parametrize(("language", "text", "suggestion", "origin"), SUGGESTIONS)
def test_suggestions(language: str, text: str, suggestion: str, origin: str) -> None:
    (flag,) = find_flags(Text(text), language)
    assert flag.suggestion is not None
    assert (flag.suggestion.text, flag.suggestion.from_) == (suggestion, origin)


def test_hints_are_off_by_default() -> None:
    slip = Text("В порту oни ждут.")
    assert find_flags(slip, "ru") == []
    assert [flag.tier for flag in find_flags(slip, "ru", tiers=TIERS)] == ["hint"]


PIECES = st.lists(
    st.sampled_from(
        "le la de À Pour dit Plus ditPlus without Kremlin kremlin c’est mieux, . ! « » “ ” ( ) (nous) (a) serait \n "
        "5, 6, 7 000 Ã© \u200b \u202e hаrbour <b> si s’il était , il y aura l’a dit que B. Took 30 février 2024".split(
            " "
        )
    ),
    max_size=60,
)


@settings(deadline=None)
@given(PIECES, st.sampled_from([*languages(), None]))
def test_any_text(pieces: list[str], language: str | None) -> None:
    text = Text(" ".join(pieces))
    flags = find_flags(text, language, tiers=TIERS)
    assert flags == find_flags(text, language, tiers=TIERS)
    assert [flag.id for flag in flags] == [f"f{number}" for number in range(1, len(flags) + 1)]
    last: dict[str, int] = {}
    for flag in flags:
        assert flag.text == text.read(flag.span) != ""
        assert flag.span.start >= last.get(flag.kind, 0), "flags of one kind do not overlap"
        last[flag.kind] = flag.span.end
        assert "\n" not in flag.message.replace(flag.text, "")
        for item in flag.evidence:
            text.check(item.span, item.text)


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_characters(characters: str) -> None:
    for flag in find_flags(Text(characters), "fr", tiers=TIERS):
        assert flag.text == characters[flag.span.start : flag.span.end]
