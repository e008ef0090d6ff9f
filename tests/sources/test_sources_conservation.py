"""No silent loss: good documents raise no alarm, and whatever a reader loses without a word is told."""

from __future__ import annotations

import io
import json
import random
import zipfile
from collections.abc import Callable

import pytest
from specimens import pdf as printed

from onrecord.sources import Reading, html, leaves, open_bytes, pdf
from onrecord.sources.conservation import lost, seen_in_json, seen_in_markup

WORDS = (
    "We will sign on Friday. The river stays open & free; 3 < 4 points are settled. “No,” she said — “never”. "
    "L’été à Brindel fut long. Мы подпишем в пятницу. 我们会签字。"
).split()
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def said(choose: random.Random) -> str:
    return " ".join(choose.choices(WORDS, k=choose.randint(3, 60)))


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def page(choose: random.Random) -> bytes:
    """A page as sites print them: menus, figures in attributes, scripts, comments, tables, entities."""
    pieces = []
    for number in range(choose.randint(3, 40)):
        words = escaped(said(choose)).replace("é", choose.choice(["é", "&eacute;", "&#233;"]))
        pieces.append(
            choose.choice(
                [
                    f"<p><b>Ida Morrow:</b> {words}</p>",
                    f'<div class="row" data-note="<p>no > words</p>" title=\'a > b\'>{words}</div>',
                    f"<table><tr><td>{number}<td>{words}</table>",
                    f"<p>{words}<br>{words}<!-- <p>{words}</p> -->",
                    f"<script>if (a < b) document.write('<p>{number}</p>')</script><li>{words}",
                    f"<aside><a href=/a>{words}</a></aside><p>{words}<noscript>{words}</noscript>",
                    f"<select>{'<option>Arland' * 30}</select><p hidden>{words}</p><p>{words}",
                ]
            )
        )
    body = "\n".join(pieces)
    menu = "".join(f"<li><a href=/{n}>Section {n}</a>" for n in range(choose.randint(0, 30)))
    form = f"<nav><ul>{menu}</ul><form><select>{'<option>Arland' * 99}</select></form></nav>"
    shape = choose.choice(
        ["<main>{}</main>", "<article><h1>Talks</h1>{}</article>", "<h1>Talks</h1>{}", "{}"]
    )
    head = "<!DOCTYPE html><html><head><title>Talks</title><style>p > b {}</style></head><body>"
    return f"{head}{form}{shape.format(body)}<footer>Imprint</footer></body></html>".encode()


def office(choose: random.Random) -> bytes:
    """A DOCX with insertions, deletions, field codes, drawings twice."""
    paragraphs = []
    for _ in range(choose.randint(3, 40)):
        words = f"<w:r><w:t>{escaped(said(choose))}</w:t></w:r>"
        paragraphs.append(
            choose.choice(
                [
                    f"<w:p>{words}</w:p>",
                    f"<w:p><w:ins>{words}</w:ins><w:del><w:r><w:delText>{'gone ' * 20}</w:delText></w:r></w:del></w:p>",
                    f"<w:p><w:r><w:instrText>{'HYPERLINK ' * 9}</w:instrText></w:r>{words}</w:p>",
                    f"<w:tbl><w:tr><w:tc><w:p>{words}</w:p></w:tc></w:tr></w:tbl>",
                ]
            )
        )
    return docx("".join(paragraphs))


def docx(body: str) -> bytes:
    document = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", document)
    return packed.getvalue()


def tei(choose: random.Random) -> bytes:
    speeches = "".join(
        f'<u who="#a"><seg>{escaped(said(choose))}</seg><note>{escaped(said(choose))}</note></u>'
        for _ in range(20)
    )
    people = "<teiHeader><title>Talks</title><person xml:id='a'><persName>Ida</persName></person></teiHeader>"
    return f"<TEI>{people}<text><body>{speeches}</body></text></TEI>".encode()


def rows(choose: random.Random) -> bytes:
    return "".join(
        json.dumps({"speaker": "Ida", "text": said(choose), "n": 1}) + "\n" for _ in range(20)
    ).encode()


KINDS: dict[str, Callable[[random.Random], bytes]] = {
    "a.html": page, "b.html": page, "a.docx": office, "a.xml": tei, "a.jsonl": rows,
}  # fmt: skip


@pytest.mark.parametrize("name", KINDS)
def test_good_documents_raise_no_alarm(name: str) -> None:
    for number in range(60):
        reading = open_bytes(name, KINDS[name](random.Random(f"{name} {number}"))).reading
        assert [note.message for note in reading.notes if note.kind == "lost"] == []


LOSSY = [
    ("outside.docx", docx(f"<w:p><w:r><w:t>Yes.</w:t></w:r></w:p><w:r><w:t>{'No, never. ' * 9}</w:t></w:r>")),
    ("unknown.docx", docx(f"<w:p><w:r><w:t>Yes.</w:t></w:r></w:p><w:new>{'No, never. ' * 9}</w:new>")),
    ("two.json", json.dumps({"text": "Yes.", "transcript": "No, never. " * 9}).encode()),
    (
        "lists.json",
        json.dumps({"utterances": [{"text": "Yes."}], "turns": [{"text": "No, never. " * 9}]}).encode(),
    ),
]


@pytest.mark.parametrize(("name", "data"), LOSSY, ids=[name for name, _ in LOSSY])
def test_what_is_lost_is_told(name: str, data: bytes) -> None:
    notes = open_bytes(name, data).reading.notes
    assert [note.message.partition(" letters")[0] for note in notes if note.kind == "lost"] != []


def test_a_page_of_a_pdf_that_is_dropped_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    words = "Roe: No, never, not even on the last day of the talks."
    made = printed([[(72, 700, 11, "F1", words)], [(72, 700, 11, "F1", words)]])
    monkeypatch.setattr(pdf, "compose", lambda pages: leaves.compose(pages[:1]))
    reading: Reading = pdf.read("a.pdf", made, None)
    assert [note.kind for note in reading.notes if note.kind == "lost"] == ["lost"]


def test_a_tree_that_ends_early_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """What parsers of HTML do without a word on some input, done to a page on purpose."""
    whole = page(random.Random(1))

    def cut(markup: str) -> tuple[str, list[object]]:
        return markup[: len(markup) // 2], []

    monkeypatch.setattr(html, "tame", cut)
    notes: Reading = html.read("a.html", whole, None)
    assert [note.kind for note in notes.notes if note.kind == "lost"] == ["lost"]


SEEN = [
    ("<p>Good <b>evening</b>.</p>", 12),
    ("<p title='a > b'>Yes</p>", 3),
    ("a < b and b > c", 9),
    ("<!-- <p>no</p> -->Yes", 3),
    ("<script>if (a<b) '<p>'</script>Yes", 3),
    ("<SCRIPT>no</Script >Yes", 3),
    ("&eacute;t&#233;", 3),
    ("Yes<script>never closed", 3),
    ("Yes<a href='never closed", 3),
]


@pytest.mark.parametrize(("markup", "letters"), SEEN)
def test_letters_between_tags(markup: str, letters: int) -> None:
    assert seen_in_markup(markup) == letters


def test_letters_in_json() -> None:
    assert (
        seen_in_json([{"text": "ab c", "other": "no"}, {"meta": {"text": ["de", "f"]}}], frozenset({"text"}))
        == 6
    )


def test_a_small_gap_is_no_loss() -> None:
    assert lost(5000, 4910, 0) is None
    assert lost(5000, 4000, 900) is None
    assert lost(5000, 4000, 0) is not None
