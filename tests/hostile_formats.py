"""Hostile documents of Office and PDF in miniature; code makes them."""

from __future__ import annotations

import io
import zipfile
import zlib

from hostile_small import EN, Expect, Hostile, Record, notes, text

REFUSED = (65,)
EITHER = (0, 65)
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:x="http://x"'
SECRET = "Peter Vance: I confess."


def run(words: str, properties: str = "") -> str:
    """A run of a Word document."""
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}<w:t>{words}</w:t></w:r>"


def paragraph(inside: str) -> str:
    """A paragraph of a Word document."""
    return f"<w:p>{inside}</w:p>"


SPOKEN = "".join(paragraph(run(line)) for line in EN.split("\n\n"))


def office(
    body: str, *more: tuple[str, str | bytes], document: str = "word/document.xml", head: str = W
) -> bytes:
    """A Word document with these parts besides its body."""
    packed = io.BytesIO()
    parts = [
        ("[Content_Types].xml", "<Types/>"),
        (
            "_rels/.rels",
            f'<Relationships><Relationship Type="{R}/officeDocument" Target="{document}"/></Relationships>',
        ),
        (document, f"<w:document {head}><w:body>{body}</w:body></w:document>"),
    ]
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in (*parts, *more):
            package.writestr(zipfile.ZipInfo(name, (2031, 5, 4, 0, 0, 0)), data)
    return packed.getvalue()


def secretly(properties: str, *more: tuple[str, str]) -> bytes:
    """A Word document with one more line than is spoken, in a run of these properties."""
    return office(SPOKEN + paragraph(run(SECRET, properties)), *more)


def aside(kind: str) -> tuple[str, str]:
    """The part of a Word document that holds one comment or footnote."""
    return f"word/{kind}s.xml", f"<w:{kind}s {W}><w:{kind}>{paragraph(run(SECRET))}</w:{kind}></w:{kind}s>"


def unspoken(record: Record) -> bool:
    """Whether what nobody sees was not read, and the rest was."""
    return "confess" not in text(record) and len(record["turns"]) == 3


def whole(record: Record) -> bool:
    """Whether what everybody sees was read."""
    return "confess" in text(record)


WHITE = '<w:color w:val="FFFFFF"/>'
STYLES = f'<w:styles {W}><w:style w:styleId="S"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
TARGET = f'<Relationships><Relationship TargetMode="External" Type="{R}/attachedTemplate" Target="http://127.0.0.1:9/evil.dotm"/></Relationships>'

OFFICE = [
    Hostile(
        "macros.docx", office(SPOKEN, ("word/vbaProject.bin", b"\xd0\xcf\x11\xe0")), Expect(says="vbaProject")
    ),
    Hostile(
        "template.docx",
        office(SPOKEN, ("word/_rels/settings.xml.rels", TARGET)),
        Expect(holds=lambda r: len(r["turns"]) == 3),
    ),
    Hostile(
        "alternate.docx",
        office(
            SPOKEN
            + f"<mc:AlternateContent {MC}><mc:Choice Requires='x'>{paragraph(run('Ida Morrow: Yes.'))}</mc:Choice>"
            + f"<mc:Fallback>{paragraph(run(SECRET))}</mc:Fallback></mc:AlternateContent>"
        ),
        Expect(holds=lambda r: "confess" not in text(r)),
    ),
    Hostile(
        "inserted.docx", office(SPOKEN + f"<w:p><w:ins>{run(SECRET)}</w:ins></w:p>"), Expect(holds=whole)
    ),
    Hostile(
        "deleted.docx",
        office(SPOKEN + f"<w:p><w:del><w:r><w:delText>{SECRET}</w:delText></w:r></w:del></w:p>"),
        Expect(says="deleted", holds=unspoken),
    ),
    Hostile(
        "moved.docx",
        office(SPOKEN + f"<w:p><w:moveFrom>{run(SECRET)}</w:moveFrom></w:p>"),
        Expect(says="deleted", holds=unspoken),
    ),
    Hostile(
        "vanish.docx",
        secretly("<w:vanish/>"),
        Expect(says="hidden", holds=unspoken),
    ),
    Hostile(
        "vanish_style.docx",
        secretly('<w:rStyle w:val="S"/>', ("word/styles.xml", STYLES)),
        Expect(says="hidden", holds=unspoken),
    ),
    Hostile(
        "vanish_paragraph_style.docx",
        office(
            SPOKEN + f'<w:p><w:pPr><w:pStyle w:val="S"/></w:pPr>{run(SECRET)}</w:p>',
            ("word/styles.xml", STYLES),
        ),
        Expect(says="hidden", holds=unspoken),
    ),
    Hostile(
        "white.docx",
        secretly(WHITE),
        Expect(says="hidden|white", holds=unspoken),
    ),
    Hostile(
        "white_in_dark_paragraph.docx",
        office(SPOKEN + paragraph('<w:pPr><w:shd w:fill="000000"/></w:pPr>' + run(SECRET, WHITE))),
        Expect(holds=whole),
    ),
    Hostile(
        "white_in_table.docx",
        office(SPOKEN + f"<w:tbl><w:tr><w:tc>{paragraph(run(SECRET, WHITE))}</w:tc></w:tr></w:tbl>"),
        Expect(holds=whole),
    ),
    Hostile(
        "white_on_dark.docx",
        secretly(WHITE + '<w:shd w:fill="000000"/>'),
        Expect(holds=whole),
    ),
    Hostile(
        "tiny.docx",
        secretly('<w:sz w:val="1"/>'),
        Expect(says="hidden", holds=unspoken),
    ),
    Hostile(
        "comments.docx",
        office(SPOKEN, aside("comment")),
        Expect(says="comments", holds=unspoken),
    ),
    Hostile(
        "footnotes.docx",
        office(SPOKEN, aside("footnote")),
        Expect(says="footnotes", holds=unspoken),
    ),
    Hostile(
        "field.docx",
        office(SPOKEN + paragraph(f"<w:r><w:instrText>DDEAUTO cmd {SECRET}</w:instrText></w:r>")),
        Expect(holds=unspoken),
    ),
    Hostile(
        "box.docx",
        office(
            SPOKEN
            + paragraph(
                f"<w:r><w:pict><w:txbxContent>{paragraph(run(SECRET))}</w:txbxContent></w:pict></w:r>"
            )
        ),
        Expect(holds=whole),
    ),
    Hostile(
        "content_control.docx",
        office(SPOKEN + f"<w:sdt><w:sdtContent>{paragraph(run(SECRET))}</w:sdtContent></w:sdt>"),
        Expect(holds=whole),
    ),
    Hostile(
        "embedded.docx",
        office(
            SPOKEN + '<w:altChunk r:id="a" xmlns:r="x"/>',
            ("word/afchunk.htm", b"<p>x</p>"),
            ("word/embeddings/o.bin", b"x"),
        ),
        Expect(says="embedded"),
    ),
    Hostile(
        "symbols.docx",
        office(SPOKEN + paragraph('<w:r><w:sym w:font="Wingdings" w:char="F04A"/></w:r>' * 9)),
        Expect(says="symbol"),
    ),
    Hostile(
        "other_name.docx",
        office(SPOKEN, document="word/document2.xml"),
        Expect(holds=lambda r: len(r["turns"]) == 3),
    ),
    Hostile(
        "two_bodies.docx",
        office(
            SPOKEN,
            ("word/document.xml", f"<w:document {W}><w:body>{paragraph(run(SECRET))}</w:body></w:document>"),
            document="word/other.xml",
        ),
        Expect(EITHER, "", lambda r: unspoken(r)),
    ),
    Hostile(
        "doctype.docx",
        office(SPOKEN, ("word/styles.xml", "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>")),
        Expect(REFUSED, "document type"),
    ),
    Hostile("deep.docx", office("<w:sdt>" * 5_000 + SPOKEN + "</w:sdt>" * 5_000), Expect(REFUSED, "deep")),
    Hostile(
        "strict.docx",
        office(
            SPOKEN,
            head=W.replace(
                "schemas.openxmlformats.org/wordprocessingml/2006/main",
                "purl.oclc.org/ooxml/wordprocessingml/main",
            ),
        ),
        Expect(holds=lambda r: len(r["turns"]) == 3),
    ),
    Hostile(
        "long_run.docx",
        office(paragraph(run("Ida Morrow: " + "we will sign and wait " * 9_000))),
        Expect(EITHER),
    ),
    Hostile("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, Expect(REFUSED, "old Office")),
    Hostile(
        "locked.docx",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        Expect(REFUSED, "password"),
    ),
    Hostile("talk.rtf", b"{\\rtf1 Ida Morrow: yes\\par}", Expect(REFUSED, "RTF")),
    Hostile("talk.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 99, Expect(REFUSED, "picture")),
    Hostile("talk.webp", b"RIFF\x24\0\0\0WEBPVP8 " + b"\0" * 99, Expect(REFUSED, "picture")),
    Hostile("talk.heic", b"\0\0\0\x18ftypheic" + b"\0" * 99, Expect(REFUSED, "picture")),
    Hostile("talk.mp4", b"\0\0\0\x18ftypisom" + b"\0" * 99, Expect(REFUSED, "recording")),
    Hostile(
        "talk.mht",
        b"From: <Saved>\r\nSubject: Talks\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: multipart/related;\r\n\tboundary=x\r\n\r\n--x\r\n",
        Expect(REFUSED, "MHTML"),
    ),
]

HELVETICA = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def stream(data: str | bytes, entries: str = "") -> bytes:
    """A stream object."""
    raw = data.encode("latin-1") if isinstance(data, str) else data
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries.encode(), len(raw), raw)


def shown(*lines: str, before: str = "") -> str:
    """A content stream that prints lines."""
    printed = "".join(f"({line}) Tj 0 -20 Td " for line in lines)
    return f"BT {before} /F1 12 Tf 72 700 Td {printed}ET"


def pdf(
    content: str | bytes, *more: str | bytes, catalog: str = "", page: str = "", trailer: str = ""
) -> bytes:
    """A PDF of one page; `more` are its objects from number 6 on."""
    body = content if isinstance(content, bytes) and b"stream" in content else stream(content)
    objects = [
        f"<</Type/Catalog/Pages 2 0 R{catalog}>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>{page}>>",
        body,
        HELVETICA,
        *more,
    ]
    written, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(written))
        written += (
            b"%d 0 obj" % number + (one.encode("latin-1") if isinstance(one, str) else one) + b"endobj\n"
        )
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    end = b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (
        count,
        trailer.encode(),
        len(written),
    )
    return written + b"xref\n0 %d\n0000000000 65535 f \n" % count + table + end


LINES = ("Ida Morrow: We will sign.", "Peter Vance: We will not.", "Ida Morrow: Then we wait.")
TALK = shown(*LINES)
NOTE = "<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents(Peter Vance: I confess.)>>"
FIELD = "<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/V(Peter Vance: I confess.)/Rect[0 0 99 20]>>"
FILE = "<</Type/Filespec/F(secret.txt)/UF(secret.txt)/EF<</F 7 0 R>>>>"
LOCK = (
    f"/Encrypt<</Filter/Standard/V 1/R 2/O<{'41' * 32}>/U<{'42' * 32}>/P -4>>/ID[<{'43' * 16}><{'43' * 16}>]"
)


def talk(record: Record) -> bool:
    """Whether the three who speak on the page were read, and nobody else."""
    return all(line in text(record) for line in LINES) and "confess" not in text(record)


PDF = [
    Hostile("plain.pdf", pdf(TALK), Expect(holds=talk)),
    Hostile(
        "script.pdf",
        pdf(TALK, "<</S/JavaScript/JS(app.alert(1))>>", catalog="/OpenAction 6 0 R"),
        Expect(holds=talk),
    ),
    Hostile("annotation.pdf", pdf(TALK, NOTE, page="/Annots[6 0 R]"), Expect(says="annotation", holds=talk)),
    Hostile(
        "link.pdf",
        pdf(TALK, NOTE.replace("/Text", "/Link"), page="/Annots[6 0 R]"),
        Expect(holds=lambda r: talk(r) and not notes(r)),
    ),
    Hostile(
        "form.pdf",
        pdf(TALK, FIELD, page="/Annots[6 0 R]", catalog="/AcroForm<</Fields[6 0 R]>>"),
        Expect(says="form field", holds=talk),
    ),
    Hostile(
        "attachment.pdf",
        pdf(
            TALK,
            FILE,
            stream("Peter Vance: I confess."),
            catalog="/Names<</EmbeddedFiles<</Names[(secret.txt)6 0 R]>>>>",
        ),
        Expect(says="attached", holds=talk),
    ),
    Hostile("locked.pdf", pdf(TALK, trailer=LOCK), Expect(REFUSED, "password|damaged")),
    Hostile("huge_page.pdf", pdf(TALK, page="/MediaBox[0 0 99999999 99999999]"), Expect(holds=talk)),
    Hostile(
        "no_box.pdf",
        pdf(TALK).replace(b"/MediaBox[0 0 595 842]", b"/MediaBox[9 9 9 9]    "),
        Expect(holds=talk),
    ),
    Hostile("count_lie.pdf", pdf(TALK).replace(b"/Count 1", b"/Count 999999999"), Expect(EITHER, "", talk)),
    Hostile("xref_loop.pdf", pdf(TALK, trailer="/Prev 9"), Expect(EITHER, "", talk)),
    Hostile("xref_self.pdf", pdf(TALK).replace(b"/Root", b"/Prev 0/Root"), Expect(EITHER, "", talk)),
    Hostile("no_xref.pdf", pdf(TALK).partition(b"xref\n")[0], Expect(EITHER, "", talk)),
    Hostile(
        "bomb.pdf", pdf(stream(zlib.compress(b" " * 60_000_000, 9), "/Filter/FlateDecode")), Expect(EITHER)
    ),
    Hostile(
        "double_bomb.pdf",
        pdf(
            stream(zlib.compress(zlib.compress(b" " * 90_000_000, 9), 9), "/Filter[/FlateDecode/FlateDecode]")
        ),
        Expect(EITHER),
    ),
    Hostile(
        "many_operators.pdf",
        pdf(stream(zlib.compress(b"0 0 m 1 1 l S\n" * 300_000, 9), "/Filter/FlateDecode")),
        Expect(EITHER),
    ),
    Hostile(
        "form_loop.pdf",
        pdf(
            TALK + " /X Do",
            stream("/X Do", "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>"),
            page="/Resources<</Font<</F1 5 0 R>>/XObject<</X 6 0 R>>>>",
        ),
        Expect(EITHER),
    ),
    Hostile(
        "white.pdf",
        pdf(TALK + " 1 g " + shown(SECRET, before="0 -200 Td")),
        Expect(says="white on white", holds=talk),
    ),
    Hostile("white_on_dark.pdf", pdf("0 g 0 0 595 842 re f 1 g " + TALK), Expect(holds=talk)),
    Hostile(
        "invisible.pdf",
        pdf(TALK + " " + shown(SECRET, before="3 Tr 0 -200 Td")),
        Expect(says="without ink", holds=talk),
    ),
    # So are the words behind the picture of a scanned page, and they are what everybody sees.
    Hostile("scanned.pdf", pdf("0.9 g 0 0 595 842 re f " + shown(*LINES, before="3 Tr")), Expect(holds=talk)),
    Hostile(
        "unseen.pdf", pdf(shown(*LINES, before="3 Tr")), Expect(REFUSED, "no text that is seen on a page")
    ),
    Hostile(
        "off_page.pdf",
        pdf(TALK + " BT /F1 12 Tf 72 5000 Td (" + SECRET + ") Tj ET"),
        Expect(says="outside the page", holds=talk),
    ),
    Hostile(
        "tiny.pdf",
        pdf(TALK + " BT /F1 1 Tf 72 300 Td (" + SECRET + ") Tj ET"),
        Expect(says="smaller than can be read", holds=talk),
    ),
    Hostile("tail.pdf", pdf(TALK) + b"\nPK\x03\x04" + b"garbage" * 99, Expect(EITHER, "", talk)),
    Hostile("head.pdf", b"junk\n" * 20 + pdf(TALK), Expect(EITHER, "", talk)),
    Hostile(
        "revised.pdf", pdf(TALK) + b"\n4 0 obj" + stream(shown(SECRET)) + b"endobj\n%%EOF", Expect(EITHER)
    ),
    Hostile("cut.pdf", pdf(TALK)[:-200], Expect(EITHER, "", talk)),
]

FORMATS = [*OFFICE, *PDF]
