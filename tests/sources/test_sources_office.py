"""DOCX and PDF: paragraphs, headings, bold labels; what the page does not show; what is no such file."""

# ruff: noqa: E501  a row of a table is one line

from __future__ import annotations

import io
import zipfile

import pytest
from specimens import W, docx, notes, pdf, spans

from onrecord.errors import Refused, Unreadable
from onrecord.sources import open_bytes

STYLES = (
    f'<w:styles xmlns:w="{W}"><w:style w:styleId="Titre1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:styleId="Own"><w:basedOn w:val="Titre1"/></w:style>'
    '<w:style w:styleId="Label"><w:name w:val="Speaker"/><w:rPr><w:b/></w:rPr></w:style></w:styles>'
)


def p(*runs: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{''.join(runs)}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


BODIES = [
    (p(r("One.")) + p() + p(r("Two.")), "One.\nTwo."),
    (p(r("One"), "<w:ins>" + r(" inserted") + "</w:ins>", "<w:hyperlink>" + r(" link") + "</w:hyperlink>"), "One inserted link"),
    (p("<w:sdt><w:sdtContent>" + r("Controlled") + "</w:sdtContent></w:sdt>"), "Controlled"),
    (p("<w:r><w:t>One</w:t><w:br/><w:t>two</w:t><w:tab/><w:t>three</w:t></w:r>"), "One\ntwo\tthree"),
    ("<w:tbl><w:tr><w:tc>" + p(r("ROE")) + "</w:tc><w:tc>" + p(r("No.")) + "</w:tc></w:tr></w:tbl>", "ROE\nNo."),
    (p(r("One"), "<w:r><w:instrText>PAGE</w:instrText></w:r>"), "One"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "text"), BODIES)
def test_the_text_of_a_docx(body: str, text: str) -> None:
    assert open_bytes("a.docx", docx(body)).reading.text == text


def test_headings_and_bold_through_styles() -> None:
    body = p(r("Budget"), style="Own") + p(
        r("Ada ", "<w:b/>"), r("Roe:", "<w:b/>"), r(" No."), r("x", '<w:b w:val="0"/>')
    )
    body += p(r("Ben Li", '<w:rStyle w:val="Label"/>'), r(": No.")) + p(r("All bold."), style="Label")
    reading = open_bytes("a.docx", docx(body, styles=STYLES)).reading
    assert spans(reading, "heading") == [("Budget", "1")]
    assert spans(reading, "bold") == [("Ada Roe:", None), ("Ben Li", None), ("All bold.", None)]


def test_the_first_cell_of_a_row_may_name_a_speaker() -> None:
    row = "<w:tr><w:tc>" + p(r("Roe")) + "</w:tc><w:tc>" + p(r("No.")) + "</w:tc></w:tr>"
    reading = open_bytes("a.docx", docx(f"<w:tbl>{row}{row}</w:tbl>" + p(r("After.")))).reading
    assert spans(reading, "bold") == [("Roe", None), ("Roe", None)]


def test_deleted_and_hidden_words_are_reported() -> None:
    deleted = "<w:del><w:r><w:delText>We agreed.</w:delText></w:r></w:del>"
    reading = open_bytes("a.docx", docx(p(r("Roe: No."), deleted, r("secret", "<w:vanish/>")))).reading
    assert reading.text == "Roe: No."
    assert notes(reading, "hidden") == [
        "deleted words, left out (10 characters): We agreed.",
        "hidden words, left out (6 characters): secret",
    ]


def test_comments_and_footnotes_are_counted() -> None:
    note = f'<w:footnotes xmlns:w="{W}">{p(r("Source."))}</w:footnotes>'
    reading = open_bytes("a.docx", docx(p(r("No.")), footnotes=note, comments=note)).reading
    assert notes(reading, "unread") == ["footnotes are not read (7 characters)"]
    assert notes(reading, "hidden") == ["comments are not read (7 characters)"]


def related(*relations: str) -> bytes:
    """A package of two texts, one under the usual name, with what it says of its parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        for name, text in (("document", "Roe: No."), ("second", "Roe: Yes.")):
            package.writestr(
                f"word/{name}.xml", f'<w:document xmlns:w="{W}"><w:body>{p(r(text))}</w:body></w:document>'
            )
        package.writestr("_rels/.rels", f"<Relationships>{''.join(relations)}</Relationships>")
    return stream.getvalue()


def relation(target: str, mode: str = "", sort: str = "officeDocument") -> str:
    return f'<Relationship Type="https://office.example/{sort}" Target="{target}"{mode}/>'


EXTERNAL, INTERNAL = ' TargetMode="External"', ' TargetMode="Internal"'
RELATED = [
    ([relation("word/second.xml")], "Roe: Yes."),
    ([relation("/word/second.xml", INTERNAL)], "Roe: Yes."),
    # The first one counts, but for what lies outside of the package, whatever its address looks like.
    ([relation("word/second.xml"), relation("word/document.xml")], "Roe: Yes."),
    ([relation("word/second.xml", EXTERNAL)], "Roe: No."),
    ([relation("word/document.xml", EXTERNAL), relation("word/second.xml")], "Roe: Yes."),
    ([relation("word/second.xml", sort="styles")], "Roe: No."),
    ([relation("word/third.xml")], "Roe: No."),
    ([], "Roe: No."),
]


@pytest.mark.parametrize(("relations", "text"), RELATED)
def test_the_text_is_the_part_that_the_package_names(relations: list[str], text: str) -> None:
    assert open_bytes("a.docx", related(*relations)).reading.text.strip() == text


def doubled() -> bytes:
    stream = io.BytesIO(docx(p(r("Yes."))))
    with zipfile.ZipFile(stream, "a") as package, pytest.warns(UserWarning, match="Duplicate"):
        package.writestr("word/document.xml", "<w/>")
    return stream.getvalue()


def without_body() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
    return stream.getvalue()


BAD_DOCX = [
    (doubled, Refused, "word/document.xml stands twice"),
    (lambda: docx(p(r("Yes.")))[:-30], Unreadable, "not a valid docx"),
    (without_body, Unreadable, "the part word/document.xml is missing"),
    (lambda: docx(p(r("a" * 8_000_000))), Refused, "like a bomb"),
    (
        lambda: docx(p(r("Yes.")), styles='<!DOCTYPE a [<!ENTITY x "y">]><a/>'),
        Refused,
        "document type declaration",
    ),
    (lambda: docx(p(r("Yes."))[:-3]), Unreadable, "word/document.xml, line 1, column"),
    (lambda: docx("<w:p>" * 500), Refused, "nested more than"),
]


@pytest.mark.parametrize(("make", "error", "message"), BAD_DOCX)
def test_bad_docx_is_refused(make, error: type[Exception], message: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(error, match=message):
        open_bytes("a.docx", make())


# --------------------------------------------------------------------------------------------------- PDF

HEAD, FEET = (72, 800, 9, "F1", "Parliament of Arland"), [(72, 40, 9, "F1", f"Page {n} of 2") for n in (1, 2)]
FIRST = [
    HEAD,
    (72, 740, 18, "F1", "Sitting of 3 May"),
    (72, 700, 11, "F2", "Ada Roe:"),
    (125, 700, 11, "F1", "The cease-fire was broken long before the last sitting, and the negoti-"),
    (72, 686, 11, "F1", "ations are over. The government of Arland will not speak of it again. The cease-"),
    (72, 672, 11, "F1", "fire line holds today, and it will hold tomorrow if everybody wants it to hold"),
    (72, 658, 11, "F1", "so. Thank you."),
    (72, 644, 11, "F1", "Ben Li: No. We do not agree with one word of this, and the record shows why the"),
    FEET[0],
]
SECOND = [
    HEAD,
    (72, 760, 11, "F1", "government was late. « Été » — “œuvre”. This line is rather long, as the others"),
    (72, 746, 11, "F1", "are, but this one stops."),
    (90, 732, 11, "F1", "A new paragraph, which is indented, begins here and goes on until the margin is"),
    (72, 718, 11, "F1", "reached."),
    FEET[1],
]


def test_lines_become_paragraphs_and_page_marks_stay_apart() -> None:
    reading = open_bytes("a.pdf", pdf([FIRST, SECOND])).reading
    assert [text for text, _ in spans(reading, "paragraph")] == [
        "Ada Roe: The cease-fire was broken long before the last sitting, and the negotiations are over. The government"
        " of Arland will not speak of it again. The cease-fire line holds today, and it will hold tomorrow if everybody"
        " wants it to hold so. Thank you.",
        "Ben Li: No. We do not agree with one word of this, and the record shows why the government was late."
        " « Été » — “œuvre”. This line is rather long, as the others are, but this one stops.",
        "A new paragraph, which is indented, begins here and goes on until the margin is reached.",
    ]
    assert spans(reading, "heading") == [("Sitting of 3 May", "1")]
    assert spans(reading, "bold") == [("Ada Roe:", None)]
    assert sorted(spans(reading, "page")) == [
        ("Page 1 of 2", "1"), ("Page 2 of 2", "2"), ("Parliament of Arland", "1"), ("Parliament of Arland", "2"),
    ]  # fmt: skip
    assert notes(reading, "hyphen") == ["1 word broken at a line's end joined without the hyphen"]


def test_a_page_without_text_is_named() -> None:
    made = pdf([FIRST, []])
    drawn = made.replace(b"stream\nBT ET\nendstream", b"stream\n9 9 9 9 re f\nendstream").replace(
        b"<</Length 5>>", b"<</Length 12>>"
    )
    reading = open_bytes("a.pdf", drawn).reading
    assert notes(reading, "unread") == ["no text layer on page 2; OCR needed there"]
    assert reading.partial
    blank = open_bytes("a.pdf", made).reading
    assert (notes(blank, "unread"), blank.partial) == ([], False)


BAD_PDF = [
    (pdf([[]]), "no text layer, OCR needed"),
    (b"%PDF-1.7\n" + bytes(range(255, 0, -1)) * 50, "damaged or not a PDF"),
    (pdf([FIRST])[:300], "PDF|no text layer"),
]


@pytest.mark.parametrize(("data", "message"), BAD_PDF)
def test_bad_pdf_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(Unreadable, match=message):
        open_bytes("a.txt", data)
