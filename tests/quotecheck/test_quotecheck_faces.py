"""Faces of checked quotations: what every one of them must say, and what none may let through."""

from __future__ import annotations

import csv
import io
import json
import tomllib
from pathlib import Path

import pytest
from accounts import account, ask, example

from onrecord.export import citation, verdicts, verdicts_page
from onrecord.model import Verdict
from onrecord.quotecheck import check, check_article
from onrecord.record import read_source
from onrecord.sources import open_bytes

FOUND = check_article(example("article.en.txt"))


def faces(found: list[Verdict], language: str = "en") -> list[str]:
    return [
        verdicts.render(found, language=language, width=10_000),
        verdicts.markdown(found, language=language).replace("\\", ""),
        verdicts_page.render(found, language=language),
    ]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_face_shows_every_quotation_its_verdict_and_its_passages(language: str) -> None:
    for face in faces(FOUND, language):
        plain = " ".join(face.replace("&#x27;", "'").replace("&quot;", '"').split())
        for row in verdicts.rows(FOUND, language):
            shown = [row.headline, row.quote, *(place.text for place in row.places)]
            assert [words for words in shown if " ".join(words.split()) not in plain] == []


@pytest.mark.parametrize(
    ("quote", "by", "headline"),
    [
        ("The old dam holds", "Ostrov", "same words"),
        ("The old dam holds, and it will hold for thirty years", "Ostrov", "words differ"),
        (
            "The mill has no future here. The council is free to vote as it likes.",
            None,
            "joined from 2 places",
        ),
        ("The harbour stays open.", "Weiss", "same words, meaning cut"),
        ("The old dam holds", "Weiss", "said by someone else"),
        ("the sluice gates were rusted through", None, "reported by someone else"),
        ("Whoever drains the marsh will answer", None, "not found (1 text searched)"),
    ],
)
def test_headlines(quote: str, by: str | None, headline: str) -> None:
    assert verdicts.rows([ask(quote, by)])[0].headline == headline


def test_both_languages_say_the_same_things() -> None:
    table = tomllib.loads((Path(verdicts.__file__).parent / "verdicts.toml").read_text("utf-8"))
    assert list(table["en"]) == list(table["fr"])


def test_words_that_are_not_known_to_be_spoken_are_never_shown_without_saying_so() -> None:
    verdict = ask("The old dam holds")
    assert verdict.matches[0].words.value != "original"
    assert "not shown to be the speaker’s own words" in verdict.matches[0].citation
    assert all("not shown to be the speaker’s own words" in face for face in faces([verdict]))


def test_french_faces_cite_in_french() -> None:
    verdict = ask("The old dam holds")
    for face in (
        verdicts.render([verdict], width=200, language="fr"),
        verdicts.markdown([verdict], language="fr"),
        verdicts_page.render([verdict], language="fr"),
    ):
        assert ", intervention " in face and ", turn " not in face and "not shown" not in face


def test_a_spreadsheet_runs_nothing() -> None:
    hostile = read_source(
        open_bytes("h.txt", b"Anna Berg: =SUM(A1) is what I wrote.\n\nKarl Holm: Indeed it is.\n")
    )
    [header, row] = csv.reader(io.StringIO(verdicts.as_csv([check("=SUM(A1) is what I wrote", [hostile])])))
    assert tuple(header) == verdicts.COLUMNS
    assert row[0] == "'=SUM(A1) is what I wrote"


def test_a_page_runs_nothing_and_a_terminal_is_not_steered() -> None:
    found = ask("<script>alert(1)</script> \x1b[31m the old dam holds")
    assert "<script" not in verdicts_page.render([found])
    assert "\x1b" not in verdicts.render([found])


def test_json_is_the_contract() -> None:
    told = json.loads(verdicts.json_line(ask("The old dam holds", "Ostrov")))
    assert " ".join(told) == (
        "schema_version quote by searched verdict wording speaker_match context setting matches printed"
    )
    start, end = told["matches"][0]["span"]
    assert account().sources[0].text[start:end] == told["matches"][0]["text"] == "The old dam holds"


def test_citations_for_reference_programs() -> None:
    record = example("article.en.txt")
    verdict = check("the lights on Great Lenn will be lit again before the winter", [record], by="Stahl")
    parts = citation.of_match(record, verdict.matches[0])
    item = citation.csl(parts)
    assert item["issued"] == {"date-parts": [[2024, 6, 14]]}
    assert item["author"] == [{"literal": "Marlen Castle"}]
    assert "words of Rurik Stahl, as reported by Marlen Castle" in item["note"]
    assert record.sources[0].text_sha256 in item["note"]
    entry = citation.bibtex(parts)
    assert entry.startswith("@misc{") and "year = {2024}" in entry and "author = {{Marlen Castle}}" in entry


def test_tex_is_not_run() -> None:
    text = "Anna Berg: 50% of A&B_C is \\input{x}.\n\nKarl Holm: Indeed it is.\n"
    record = account(text)
    parts = citation.of_match(record, check("of A&B_C is", [record]).matches[0])
    assert r"of A\&B\_C is" in citation.bibtex(parts)


def test_no_quotations_is_said() -> None:
    assert "No quotation" in verdicts.render([])
    assert "No quotation" in verdicts_page.render([])
