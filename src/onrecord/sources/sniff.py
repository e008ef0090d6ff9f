"""What a document is, by its content; its name and declared type are only asked when the content does not
say.

>>> sniff("speech.json", b"<html><body><p>Good evening.</p>").reader
'html'
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple


class Format(NamedTuple):
    """The reader to ask first, and whether the content leaves no doubt; else plain text comes next."""

    reader: str
    sure: bool


# Formats that no reader takes, by their first bytes, with what to do instead.
_UNREADABLE = (
    (b"\xd0\xcf\x11\xe0", "an old Office file (.doc, .xls); save it as .docx"),
    (b"{\\rtf", "rich text (RTF); save it as .docx"),
    (b"\x89PNG", "a picture; it needs OCR"),
    (b"\xff\xd8\xff", "a picture; it needs OCR"),
    (b"GIF8", "a picture; it needs OCR"),
    (b"II*\0", "a picture; it needs OCR"),
    (b"MM\0*", "a picture; it needs OCR"),
    (b"ID3", "a sound recording; it needs a transcript"),
    (b"OggS", "a sound recording; it needs a transcript"),
    (b"fLaC", "a sound recording; it needs a transcript"),
    (b"8BPS", "a picture; it needs OCR"),
    (b"\0\0\1\0", "a picture; it needs OCR"),
    (b"AT&TFORM", "a scanned document (DjVu); convert it to PDF"),
    (b"RIFF", "a recording; it needs a transcript"),
    (b"\x1aE\xdf\xa3", "a video; it needs a transcript"),
    (b"SQLite format 3\0", "a database, not a document"),
    (b"\x7fELF", "a program, not a document"),
    (b"7z\xbc\xaf", "a 7z archive; unpack it first"),
    (b"Rar!", "a RAR archive; unpack it first"),
    (b"%!PS", "PostScript; convert it to PDF"),
    (b"bplist", "a web archive or settings of Apple programs; save the page as HTML"),
    (b"WARC/", "a web archive (WARC); extract its pages first"),
    (b"PAR1", "a table (Parquet), not a document"),
    (b"\xca\xfe\xba\xbe", "a program, not a document"),
    (b"MSCF", "a cabinet archive; unpack it first"),
    (b"!<arch>", "an ar archive; unpack it first"),
    (b"\x1f\x9d", "a compressed file (.Z); unpack it first"),
    (b"LZIP", "an lzip file; unpack it first"),
    (b"\x04\x22\x4d\x18", "an LZ4 file; unpack it first"),
    (b"BZh", "a bzip2 file; unpack it first"),
    (b"\xfd7zXZ", "an xz file; unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file; unpack it first"),
)

_BY_SUFFIX = {
    "txt": "plain", "text": "plain", "md": "plain", "markdown": "plain", "csv": "plain",
    "html": "html", "htm": "html", "xhtml": "html", "shtml": "html",
    "vtt": "captions", "srt": "captions", "docx": "docx", "pdf": "pdf",
    "json": "utterances", "jsonl": "utterances", "ndjson": "utterances", "xml": "xml", "tei": "xml",
}  # fmt: skip
_BY_TYPE = {
    "text/plain": "plain", "text/markdown": "plain", "text/html": "html", "application/xhtml+xml": "html",
    "text/vtt": "captions", "application/x-subrip": "captions", "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/json": "utterances", "application/jsonl": "utterances", "application/x-ndjson": "utterances",
    "application/xml": "xml", "text/xml": "xml", "application/tei+xml": "xml", "application/akn+xml": "xml",
}  # fmt: skip
TITLES = {
    "plain": "plain text", "html": "HTML", "captions": "captions", "docx": "DOCX", "pdf": "PDF",
    "utterances": "JSON", "xml": "XML",
}  # fmt: skip

_HTML_START = re.compile(
    r"<(?:!doctype\s+html|html|head|body|title|meta|link|base|main|article|section|header|nav|div|p|h[1-6]|table|ul|ol"
    r"|dl|blockquote|center|font|script|style)\b",
    re.I,
)
_HTML_BLOCK = re.compile(r"<(?:p|div|br|h[1-6]|li|td|article|section)\b[^<>]{0,500}>", re.I)
_XML_ROOT = re.compile(r"<(?:\w{1,20}:)?(TEI|teiCorpus|akomaNtoso|u|sp|debate)\b")
_ANY_ROOT = re.compile(r"<[A-Za-z_][\w.:-]{0,60}[\s/>]")
# Lines of a mail's head (in a mailbox behind a line of its own) up to one that says that what follows is encoded.
_MAIL = re.compile(
    rb"(?i)(?:From [^\r\n]{0,200}\r?\n)?"
    rb"(?:[A-Z][A-Z0-9-]{1,40}:[^\r\n]{0,998}\r?\n(?:[ \t][^\r\n]{0,998}\r?\n){0,20}){0,60}?"
    rb"(?:MIME-Version:|Content-Transfer-Encoding:[ \t]{0,9}(?:base64|quoted-printable)"
    rb"|Content-Type:[ \t]{0,9}multipart/)"
)
_CUE_TIME = re.compile(r"^\s{0,5}(?:\d{1,3}:)?\d{1,2}:\d{2}[,.]\d{1,3}[ \t]{0,5}-->", re.M)
_JSON_START = re.compile(r'\{\s{0,99}(?:"|\})|\[\s{0,99}(?:[{"\]]|\[\s{0,99}[\["{\]])')


def foreign(data: bytes) -> str | None:
    """What the bytes are, when no reader here takes such files, and what to do, in a few words; else None."""
    if data[4:8] == b"ftyp":
        pictures = data[8:12] in (b"heic", b"heix", b"mif1", b"avif")
        return "a picture; it needs OCR" if pictures else "a video or sound recording; it needs a transcript"
    # Such packages say at a fixed place what they are.
    if data.startswith(b"PK") and data[30:38] == b"mimetype":
        book = data[38:].startswith(b"application/epub")
        return "an e-book (EPUB); save it as HTML or text" if book else "OpenDocument; save it as .docx"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "a picture; it needs OCR"
    if data.startswith(b"\xd0\xcf\x11\xe0") and "EncryptedPackage".encode("utf-16-le") in data:
        return "an Office file protected by a password; save it without one"
    if _MAIL.match(data[:16384]):
        mail = b"multipart/related" not in data[:16384].lower()
        return "an e-mail; save its text" if mail else "a saved web page (MHTML); save it as HTML"
    return next((what for start, what in _UNREADABLE if data.startswith(start)), None)


def expected(name: str, declared_type: str | None) -> str | None:
    """The reader that the declared type or else the name speaks for; None where neither says anything."""
    declared = _BY_TYPE.get((declared_type or "").partition(";")[0].strip().lower())
    return declared or _BY_SUFFIX.get(name.lower().rpartition(".")[2])


def sniff(name: str, data: bytes, declared_type: str | None = None) -> Format:
    """Decide by content first (signatures, first markup), then by what the name or the declared type says."""
    if b"%PDF-" in data[:1024]:
        return Format("pdf", True)
    if data.startswith(b"PK\x03\x04"):
        return Format("docx", True)
    head = _head(data)
    hint = expected(name, declared_type)
    if head.startswith("WEBVTT") or (
        hint != "html" and _CUE_TIME.search(head[:4000]) and not head.startswith("<")
    ):
        return Format("captions", True)
    if head.startswith("<"):
        return _markup(head, hint)
    if _JSON_START.match(head) and (hint == "utterances" or head.startswith("{")):
        return Format("utterances", hint == "utterances")
    if hint == "html" and _HTML_BLOCK.search(head):
        return Format("html", True)
    if head.startswith("[") and _JSON_START.match(head):
        return Format("utterances", False)
    return (
        Format("plain", True)
        if hint not in {"captions", "utterances"}
        else Format(hint, hint == "utterances")
    )


def _markup(head: str, hint: str | None) -> Format:
    body = _past_prolog(head)
    if _HTML_START.match(body):
        return Format("html", True)
    if (
        head.startswith(("<?xml", "<!DOCTYPE"))
        or _XML_ROOT.match(body)
        or (hint == "xml" and _ANY_ROOT.match(body))
    ):
        return Format("html" if re.search(r"<html\b", head, re.I) else "xml", True)
    # Old corpora mark speakers and paragraphs with tags of their own ("<SPEAKER NAME=…>", "<P>"): as text they are
    # text, and every character counts.
    if hint == "html" or (hint != "plain" and len(_HTML_BLOCK.findall(head)) > 3):
        return Format("html", True)
    return Format("plain", True)


def _past_prolog(head: str) -> str:
    """What follows the XML declaration, comments and white space at the start."""
    at = 0
    for _ in range(50):
        opening = next((o for o in (("<!--", "-->"), ("<?", "?>")) if head.startswith(o[0], at)), None)
        if opening is None:
            break
        end = head.find(opening[1], at + len(opening[0]))
        if end < 0:
            break
        at = end + len(opening[1])
        at += len(head[at:]) - len(head[at:].lstrip())
    return head[at:]


def _head(data: bytes) -> str:
    """The first characters, decoded roughly: signatures and markup are ASCII in every encoding."""
    first = data[:16384]
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return first.decode("utf-16", "replace").lstrip()
    if first[:64].count(0) * 3 > len(first[:64]):
        first = first.replace(b"\0", b"")
    return first.removeprefix(codecs.BOM_UTF8).decode("latin-1").lstrip()


def is_archive(data: bytes) -> bool:
    """Whether the bytes are a tar archive, or a zip that is no Office document, which names its parts in plain bytes.

    >>> is_archive(b"Good evening.")
    False
    """
    packed = data.startswith((b"PK\x03\x04", b"PK\x05\x06")) and b"[Content_Types].xml" not in data
    return packed or data[257:262] == b"ustar"
