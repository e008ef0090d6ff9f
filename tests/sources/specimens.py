"""Small documents of each format, made here so that every test says what is in its file."""

from __future__ import annotations

import io
import zipfile

from onrecord.sources import Reading

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def spans(reading: Reading, kind: str) -> list[tuple[str, str | None]]:
    """The characters and the value of every layout span of a kind."""
    return [(reading.text[item.start : item.end], item.value) for item in reading.layout if item.kind == kind]


def notes(reading: Reading, kind: str) -> list[str]:
    """The messages of every note of a kind."""
    return [note.message for note in reading.notes if note.kind == kind]


def docx(body: str, **parts: str) -> bytes:
    """A DOCX whose body is the given WordprocessingML; other parts by name ("styles", "footnotes")."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr(
            "word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
        )
        for name, content in parts.items():
            package.writestr(f"word/{name}.xml", content)
    return stream.getvalue()


Printed = tuple[
    int, int, int, str, str
]  # x and y in points, size, font ("F1" regular, "F2" bold), characters


def pdf(pages: list[list[Printed]]) -> bytes:
    """A PDF with the given lines on each page (A4, 595 x 842 points)."""
    fonts = (b"Helvetica", b"Helvetica-Bold")
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b""]
    objects += [b"<</Type/Font/Subtype/Type1/BaseFont/%s/Encoding/WinAnsiEncoding>>" % font for font in fonts]
    kids = []
    for lines in pages:
        stream = b"BT " + b"".join(_shown(*line) for line in lines) + b"ET"
        resources = b"/Resources<</Font<</F1 3 0 R/F2 4 0 R>>>>"
        contents = b"/MediaBox[0 0 595 842]/Contents %d 0 R" % (len(objects) + 2)
        objects.append(b"<</Type/Page/Parent 2 0 R%s%s>>" % (contents, resources))
        kids.append(b"%d 0 R" % len(objects))
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
    objects[1] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (b" ".join(kids), len(kids))
    return _assembled(objects)


def _shown(x: int, y: int, size: int, font: str, characters: str) -> bytes:
    escaped = characters.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"/%s %d Tf 1 0 0 1 %d %d Tm (%s) Tj " % (font.encode(), size, x, y, escaped)


def _assembled(objects: list[bytes]) -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    trailer = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + trailer
