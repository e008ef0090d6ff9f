"""The shipped examples hold what their README promises, and every list beside them is true and complete."""

from __future__ import annotations

import datetime
import hashlib
import html
import json
import re
import tomllib
import unicodedata
from pathlib import Path
from typing import Any

import pytest

import onrecord

EXAMPLES = Path(onrecord.__file__).parent / "examples"
FILES = sorted(path.name for path in EXAMPLES.iterdir() if path.is_file())

ARTICLE, OFFICIAL, FRENCH = "article.en.txt", "official.en.txt", "article.fr.txt"
SPANISH_MT, FRENCH_MT = "article.es-mt.txt", "article.fr-mt.txt"
GERMAN, RUSSIAN = "transcript.de.txt", "transcript.ru.txt"


def read(name: str) -> str:
    return (EXAMPLES / name).read_bytes().decode("utf-8")


def frame_and_transcript() -> tuple[str, str]:
    frame, _, transcript = read(ARTICLE).partition("\n\n[16:12]\n\n")
    return frame, transcript


# ------------------------------------------------------------------------------------------------ the files


def test_readme_lists_exactly_the_files_of_the_folder() -> None:
    listed = re.findall(r"^\| `([^`]+)` \|", read("README.md"), re.MULTILINE)
    assert sorted(listed) == [name for name in FILES if name != "README.md"]


@pytest.mark.parametrize("name", FILES)
def test_file_is_clean_utf8(name: str) -> None:
    text = read(name)
    assert text.endswith("\n") and "\r" not in text and not text.startswith("\ufeff")
    assert "\ufffd" not in text
    assert unicodedata.normalize("NFC", text) == text


def test_weekday_of_the_event_is_the_real_one() -> None:
    assert "Friday 14 June 2024" in read(ARTICLE)
    assert datetime.date(2024, 6, 14).strftime("%A") == "Friday"


# -------------------------------------------------------------------------------------------- the phenomena

# (file, characters that stand there, what they show)
PHENOMENA = [
    (ARTICLE, "\nBy Sula Merrin and Jon Averill, The Harbour Gazette\n", "byline"),
    (ARTICLE, "\nPORT HARLAN, 14 June — ", "dateline"),
    (
        ARTICLE,
        "\nBelow is the full transcript of the joint press conference.",
        "announcement of the transcript",
    ),
    (ARTICLE, "\nPresident Marlen Castle: ", "long label"),
    (ARTICLE, "\nCastle: ", "short label"),
    (
        ARTICLE,
        "\nPrime Minister Teodor Brask [through interpreter]: ",
        "long label with an interpreter's mark",
    ),
    (ARTICLE, "\nBarsk: ", "misspelt label"),
    (ARTICLE, "\nThe Moderator: ", "office as label"),
    (ARTICLE, "\nQuestion: ", "question as label"),
    (ARTICLE, "\nQ: ", "short question label"),
    (ARTICLE, "\nReporters: ", "group voice"),
    (ARTICLE, "\nCastle and Brask: ", "joint voice"),
    (ARTICLE, "\nVoice from the floor: ", "heckle"),
    (ARTICLE, "because the ferry —\n", "speaker cut off"),
    (ARTICLE, "\nCastle: — the ferry", "speaker resumes"),
    (ARTICLE, "that you both …\n", "question cut off"),
    (ARTICLE, "\nQ: … that you both", "question resumes"),
    (ARTICLE, "\nOne more thing: ", "colon in speech at a line start"),
    (ARTICLE, "Now, here is my question: ", "colon in speech"),
    (ARTICLE, "Dear Teodor: ", "letter read aloud"),
    (ARTICLE, "She said to me: “Prime Minister, the sea", "speech within speech"),
    (ARTICLE, "\n(Applause)\n", "stage direction on its line"),
    (ARTICLE, "(holding up a folder)", "gesture"),
    (ARTICLE, "(sic)", "editor's doubt"),
    (ARTICLE, "[the] cargo", "inserted word"),
    (ARTICLE, "(inaudible)", "gap"),
    (ARTICLE, "\n[16:31]\n", "clock line"),
    (ARTICLE, "2 hours and 40 minutes", "duration"),
    (ARTICLE, "200 to 250 observers", "range"),
    (ARTICLE, "5, 6, 7 ships a day", "spoken series of numbers"),
    (ARTICLE, "12 per cent", "percentage"),
    (ARTICLE, "From 2019 to 2023", "years"),
    (ARTICLE, "within forty days", "deadline in words"),
    (ARTICLE, "Today we agreed to reopen", "agreed"),
    (ARTICLE, "I give you my word that", "promised"),
    (ARTICLE, "will meet Mr Korvat here on 2 July", "next step"),
    (ARTICLE, "I also proposed that", "proposed"),
    (ARTICLE, "we demand that", "demanded"),
    (ARTICLE, "But I won’t lift the sanctions before", "refused"),
    (ARTICLE, "we deny it", "denied"),
    (ARTICLE, "patrol boats stopped 114 of our fishing boats", "claim that accuses"),
    (ARTICLE, "there will be consequences", "warned"),
    (ARTICLE, "and I support it", "endorsed"),
    (ARTICLE, "The cable is an open question.", "left open"),
    (ARTICLE, "we did not agree on the islands", "contested"),
    (ARTICLE, "\n© 2024 The Harbour Gazette.", "furniture"),
    (OFFICIAL, "\nPRESIDENT CASTLE:  ", "label in capitals"),
    (OFFICIAL, "\nQ    Hanna Quist", "question without a colon"),
    (OFFICIAL, "(As interpreted.)", "interpreter's mark after the label"),
    (OFFICIAL, "\n4:12 P.M. (Local)\n", "clock line"),
    (OFFICIAL, "\nEND        4:47 P.M. (Local)\n", "end line"),
    (SPANISH_MT, "\nCastillo: ", "surname translated"),
    (FRENCH_MT, "\nChâteau: ", "surname translated twice"),
    (FRENCH_MT, "Rivières", "another surname translated"),
    (FRENCH_MT, "\nBrask: ", "surname left alone"),
    (FRENCH_MT, "transbordador", "word left in Spanish"),
    (FRENCH_MT, "\n(Crosstalk)\n", "word left in English"),
    (FRENCH_MT, "Il nage", "wrong sense: nothing, nada, he swims"),
    (FRENCH, "\nCASTLE\u00a0: ", "French label with a no-break space"),
    (FRENCH, "«\u00a0Rien n’est réglé", "French quotation marks"),
    (GERMAN, "\nModeratorin Alva Reuss:\n", "label alone on its line"),
    (GERMAN, "– Zuruf: Und wer bezahlt das?)", "heckle inside a mark"),
    (
        GERMAN,
        "die Inseln\n\n(Lachen bei der veldanischen Delegation)\n\ndie erste Planke",
        "mark inside a sentence",
    ),
    (GERMAN, "Nächster Redner: ", "colon in speech"),
    (RUSSIAN, "\nТ.Браск: ", "initial and surname"),
    (RUSSIAN, "\nМ.Касл (как переведено): ", "interpreted"),
    (RUSSIAN, "\nРеплика: ", "unnamed voice"),
    ("captions.vtt", "<v Teodor Brask>", "voice"),
    ("article.html", "<p hidden>", "hidden paragraph"),
    ("article.html", "<strong>Barsk:</strong>", "bold label"),
    ("article.html", "application/ld+json", "metadata"),
    ("article.html", "cookie-banner", "furniture"),
]


@pytest.mark.parametrize(("name", "characters", "shows"), PHENOMENA)
def test_phenomenon_is_there(name: str, characters: str, shows: str) -> None:
    assert characters in read(name), shows


def test_prisoners_are_a_topic_of_the_frame_only() -> None:
    frame, transcript = frame_and_transcript()
    assert "prisoner" in frame
    assert not re.search(r"prisoner|sailor|detain|held since", transcript)


def test_french_punctuation_never_stands_after_a_breaking_space() -> None:
    assert not re.search(r" [:;!?»%]|« ", read(FRENCH))
    assert not re.search(r"[^\W\d][:;!?]", read(FRENCH))


# ------------------------------------------------------------------------------------------------ the lists

QUOTATIONS = tomllib.loads(read("quotations.toml"))["quotation"]


def test_list_of_quotations_is_complete() -> None:
    listed = {piece.rstrip(".") for entry in QUOTATIONS for piece in entry["quote"]}
    printed = {piece.rstrip(",.") for piece in re.findall(r"“([^”]+)”", frame_and_transcript()[0])}
    assert printed == listed


@pytest.mark.parametrize("entry", QUOTATIONS, ids=lambda entry: entry["quote"][0][:30])
def test_verdict_on_a_quotation_follows_from_the_transcript(entry: dict[str, Any]) -> None:
    _, transcript = frame_and_transcript()
    assert all(transcript.count(spoken) == 1 for spoken in entry["spoken"])
    verbatim = all(piece.rstrip(".") in transcript for piece in entry["quote"])
    assert verbatim == (entry["verdict"] in {"exact", "context_cut", "misattributed"})
    assert (len(entry["spoken"]) > 1) == (entry["verdict"] == "spliced")


LISTED = tomllib.loads(read("differences.toml"))
DIFFERENCES = LISTED["difference"] + LISTED["contraction"]


@pytest.mark.parametrize(
    "entry", DIFFERENCES, ids=lambda entry: (entry["article"] or entry["official"]).strip()[:30]
)
def test_difference_stands_once_in_its_text_and_not_in_the_other(entry: dict[str, str]) -> None:
    for mine, other, characters in (
        (ARTICLE, OFFICIAL, entry["article"]),
        (OFFICIAL, ARTICLE, entry["official"]),
    ):
        if characters:
            assert read(mine).count(characters) == 1
            assert characters not in read(other)


# What two houses spell or print otherwise without meaning anything by it.
HOUSE_STYLE = [
    (r"’", "'"),
    (r"kilometres", "kilometers"),
    (r"harbour", "harbor"),
    (r"tonnes", "tons"),
    (r"per cent", "percent"),
    (r"5, 6, 7 ships", "five, six, seven ships"),
    (r"\b(\d+) (september|july)\b", r"\2 \1"),
    (r"15 or 16 july", "july 15 or 16"),
    (r"\b15 or july 16", "july 15 or 16"),
    (r"\(as interpreted\.\)", ""),
]
ARTICLE_LABEL = re.compile(
    r"^(?:The Moderator|Question|Q|Reporters|Voice from the floor|B(?:ra|ar)sk|Castle|Castle and Brask"
    r"|President Marlen Castle|Prime Minister Teodor Brask \[through interpreter\]):",
    re.MULTILINE,
)
OFFICIAL_LABEL = re.compile(r"^(?:[A-Z ]{5,50}:|Q  )", re.MULTILINE)


def spoken_words(text: str, label: re.Pattern[str]) -> list[str]:
    """The words below the labels, with house style folded."""
    text = label.sub("", text).lower()
    for pattern, folded in HOUSE_STYLE:
        text = re.sub(pattern, folded, text)
    return re.findall(r"[\w']+", text)


def test_list_of_differences_is_complete() -> None:
    article = read(ARTICLE).partition("\n[16:12]\n")[2].partition("\n(The press conference ended")[0]
    official = read(OFFICIAL).partition("\n4:12 P.M. (Local)\n")[2].partition("\nEND  ")[0]
    for entry in DIFFERENCES:
        if entry["article"]:
            article = article.replace(entry["article"], entry["official"])
        else:
            official = official.replace(entry["official"], "")
    # The swapped turns and the remark of the other minister now carry the labels of the other house.
    article = OFFICIAL_LABEL.sub("", article)
    assert spoken_words(article, ARTICLE_LABEL) == spoken_words(official, OFFICIAL_LABEL)


# -------------------------------------------------------------------------------------- the same text again


def sha256(name: str) -> str:
    return hashlib.sha256((EXAMPLES / name).read_bytes()).hexdigest()


def test_machine_translations_were_made_from_these_very_files() -> None:
    steps = json.loads(read("translation.json"))["steps"]
    assert [(step["input"], step["output"]) for step in steps] == [
        (ARTICLE, SPANISH_MT),
        (SPANISH_MT, FRENCH_MT),
    ]
    for step in steps:
        assert step["input_sha256"] == sha256(step["input"])
        assert step["output_sha256"] == sha256(step["output"])


@pytest.mark.parametrize("name", [SPANISH_MT, FRENCH_MT])
def test_machine_translation_keeps_every_paragraph(name: str) -> None:
    assert [bool(line) for line in read(name).split("\n")] == [
        bool(line) for line in read(ARTICLE).split("\n")
    ]


def test_page_shows_every_paragraph_of_the_article_in_order() -> None:
    page = re.sub(r"<(script|style)\b.*?</\1>", "", read("article.html"), flags=re.DOTALL)
    visible = [html.unescape(re.sub(r"<[^>]+>", "", line)).strip() for line in page.split("\n")]
    furniture = ("Related:", "Read more:", "Sign up")
    at = 0
    for paragraph in filter(None, read(ARTICLE).split("\n")):
        if not paragraph.startswith(furniture):
            at = visible.index(paragraph, at) + 1
    assert (
        json.loads(read("article.html").partition('ld+json">')[2].partition("</script>")[0])["inLanguage"]
        == "en"
    )


def test_hidden_paragraph_says_what_nobody_said() -> None:
    hidden = re.findall(r"<p hidden>(.+?)</p>", read("article.html"))
    assert len(hidden) == 1 and hidden[0] not in read(ARTICLE)


def test_utterances_are_the_first_twelve_turns() -> None:
    rows = [json.loads(line) for line in read("utterances.jsonl").splitlines()]
    article = read(ARTICLE)
    assert len(rows) == 12
    at = 0
    for row in rows:
        first = f"\n{row['meta']['label']}: {row['text'].splitlines()[0]}\n"
        at = article.index(first, at)
        assert all(f"\n{line}\n" in article[at:] for line in row["text"].splitlines()[1:])
    assert [row["reply-to"] for row in rows] == [None, *(row["id"] for row in rows[:-1])]


def test_captions_are_in_order_and_say_what_the_article_prints() -> None:
    cues = read("captions.vtt").split("\n\n")[2:]
    assert len(cues) == 30
    times = [re.findall(r"\d\d:\d\d:\d\d\.\d\d\d", cue) for cue in cues]
    assert [moment for pair in times for moment in pair] == sorted(
        moment for pair in times for moment in pair
    )
    printed = re.sub(r" \(sic\)|[\[\]]", "", frame_and_transcript()[1]).replace(
        "check the cargo", "check cargo"
    )
    for cue in cues:
        voice, _, words = cue.partition("<v ")[2].partition(">")
        if voice:
            assert " ".join(words.split()) in printed
