"""Bytes become characters, and every doubt about it becomes a note.

The order of evidence: byte-order mark, UTF-16 by its pattern of zero bytes, valid UTF-8, the declaration of
the document or of the server, UTF-8 with a few damaged bytes, and last the letters themselves.

>>> decode("L’été à Nîmes".encode("cp1252")).encoding
'cp1252'
>>> decode(b"Caf\\xc3\\xa9 \\xff!").notes[0].byte
6
"""

from __future__ import annotations

import codecs
import contextlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from onrecord.lexicon import toml
from onrecord.sources.limits import NOTES
from onrecord.sources.reading import Declined, ReaderNote

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 1 << 16
_FEW = 16  # stray bytes that a short UTF-8 text may have in plenty; East Asian encodings have hundreds
_RARE = (
    50  # bytes to one that is not ASCII, in a text that is ASCII but for damage; a tenth where they are few
)
_EUROPEAN = "[\t\n\r -~\xa0-\u017f\u0370-\u058f\u2000-\u206f]"  # for `re`, when a text is in doubt
_HIGH = re.compile(rb"[\x80-\xff]")
# Also of forms that UTF-8 once had or never allowed (overlong, beyond Unicode): a writer of UTF-8 wrote those, too.
_SEQUENCE = re.compile(
    rb"[\xc0-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf7][\x80-\xbf]{3}|[\xf8-\xfb][\x80-\xbf]{4}"
    rb"|[\xfc\xfd][\x80-\xbf]{5}"
)
_ESCAPED = re.compile("[\udc80-\udcff]+")
_UTF8 = re.compile("[^\x00-\x7f\ud800-\udfff]")  # not written as what it holds: that takes `re` 6 ms to make
_SURE = 0.9  # points that lines of another encoding must reach: their neighbours speak against it
_SEVEN_BITS = re.compile(r"(?i)(?:x-)?(?:unicode-1-1-)?utf-?7")
_JAPANESE = re.compile(rb"\x1b\$[@B]")  # ISO-2022-JP: "from here on two bytes a character"
_BINARY = bytes(code for code in range(32) if code not in b"\0\b\t\n\v\f\r\x1b") + b"\x7f"

# Declarations may name any codec, and Python has some that are not encodings of text at all ("idna",
# "unicode_escape"); these are the ones that pages and files are really in.
_DECLARABLE = re.compile(
    r"(?:ascii|utf-?(?:8|16|32)(?:-?[lb]e)?|cp(?:125\d|437|8\d\d|932|949|950)|iso8859-\d{1,2}|koi8-[rtu]|mac-\w{4,9}"
    r"|latin-?1|gb2312|gbk|gb18030|big5(?:hkscs)?|shift-jis|euc-(?:jp|kr)|iso2022-jp|tis-620)"
)


_FAMILIES = (
    "ascii latin-1 utf-8 utf-16 utf-16-le utf-16-be utf-32 utf-32-le utf-32-be cp437 cp720 cp737 cp775 cp850 cp852"
    " cp855 cp857 cp858 cp860 cp861 cp862 cp863 cp864 cp865 cp866 cp869 cp874 cp932 cp949 cp950 koi8-r koi8-t koi8-u"
    " mac-roman mac-cyrillic mac-greek mac-latin2 mac-turkish mac-croatian mac-romanian gb2312 gbk gb18030 big5"
    " big5hkscs shift-jis euc-jp euc-kr iso2022-jp tis-620"
).split()


def prepare() -> None:
    """Load every codec that may be declared and what the guess needs: later there may be no files (`confinement`)."""
    for name in (*_FAMILIES, *(f"cp{n}" for n in range(1250, 1259)), *(f"iso8859-{n}" for n in range(2, 17))):
        with contextlib.suppress(LookupError):  # there is no iso8859-12
            codecs.lookup(name)
    _evidence()


class Decoded(NamedTuple):
    """Characters without byte-order mark, the codec that gave them, and what the user must know about it."""

    text: str
    encoding: str
    notes: tuple[ReaderNote, ...] = ()


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Decode a document; `Declined` when it is binary or in no encoding that we know.

    `declared` is the charset that the document or its server names; unknown names are ignored.
    """
    for mark, marked in _MARKS:
        if data.startswith(mark):
            if (single := _mark_lies(data, len(mark), marked)) is not None:
                return single
            return _without_more_marks(_marked(data, len(mark), marked))
    if (encoding := _wide(data)) is not None:
        note = ReaderNote(
            "encoding", f"no byte-order mark; read as {encoding.upper()}, guessed from its zero bytes"
        )
        decoded = _marked(data, 0, encoding)
        return decoded._replace(notes=(note, *decoded.notes))
    _refuse_binary(data)
    codec = _known(declared)
    if codec is not None and codec.startswith(("utf-16", "utf-32")) and 0 not in data[:_SAMPLE]:
        codec = None  # whoever wrote that name wrote it in single bytes
    if _JAPANESE.search(data, 0, _SAMPLE) and _fits(data, "iso2022_jp"):
        note = ReaderNote("encoding", "read as ISO-2022-JP, guessed from its escape sequences")
        return Decoded(data.decode("iso2022_jp"), "iso2022_jp", (note,))
    try:
        return _checked_utf8(data.decode("utf-8"), declared, codec)
    except UnicodeDecodeError as error:
        first_bad = error.start
    if codec is not None and codec != "utf-8":
        try:
            return Decoded(data.decode(codec), codec)
        except UnicodeDecodeError:
            pass  # the declaration is wrong: go on to the evidence
    if _mostly_utf8(data, first_bad):
        return _damaged_utf8(data)
    return _guessed(data, declared)


def _marked(data: bytes, skip: int, encoding: str) -> Decoded:
    """Decode after a byte-order mark (of `skip` bytes), whose word is final even where bytes are bad."""
    if encoding == "utf-8":
        try:
            return Decoded(str(memoryview(data)[skip:], "utf-8"), "utf-8")
        except UnicodeDecodeError:
            return _damaged_utf8(data, skip)
    try:
        return Decoded(str(memoryview(data)[skip:], encoding), encoding)
    except UnicodeDecodeError as error:
        message = (
            f"bytes that are not {encoding.upper()} shown as U+FFFD, the first at byte {skip + error.start}"
        )
        note = ReaderNote("encoding", message, skip + error.start)
        return Decoded(str(memoryview(data)[skip:], encoding, "replace"), encoding, (note,))


def _mark_lies(data: bytes, skip: int, encoding: str) -> Decoded | None:
    """The text, where a mark of UTF-16 or UTF-32 stands before UTF-8: read by the mark, it would be noise of Han signs.

    Text that is really of wide characters has zero bytes (its line ends) or is no UTF-8.
    """
    if encoding == "utf-8" or len(data) <= skip or 0 in data[: _SAMPLE + skip]:
        return None
    try:
        text = str(memoryview(data)[skip:], "utf-8")
    except UnicodeDecodeError:
        return None
    message = f"the byte-order mark says {encoding.upper()}, but the bytes are valid UTF-8; read as UTF-8"
    return Decoded(text, "utf-8", (ReaderNote("encoding", message, 0),))


def _without_more_marks(decoded: Decoded) -> Decoded:
    """Programs that add a mark to a file that has one leave two; a label behind it would be none."""
    text = decoded.text.lstrip("\ufeff")
    more = len(decoded.text) - len(text)
    if not more:
        return decoded
    note = ReaderNote("encoding", f"the byte-order mark stands {more + 1} times (U+FEFF); none is text")
    shifted = (n._replace(span=(n.span[0] - more, n.span[1] - more)) if n.span else n for n in decoded.notes)
    return decoded._replace(text=text, notes=(note, *shifted))


def _wide(data: bytes) -> str | None:
    """UTF-16 or UTF-32 without its mark: zero bytes abound, and one byte order yields letters of a European script."""
    sample = data[: _SAMPLE // 4]
    if len(sample) < 4 or sample.count(0) * 20 < len(sample):
        return None
    for encoding in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be"):
        text = sample[: len(sample) // 4 * 4].decode(encoding, "ignore")
        if text and len(re.findall(_EUROPEAN, text)) * 50 >= len(text) * 49:
            return encoding
    return None


def _refuse_binary(data: bytes) -> None:
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _BINARY))
    zeros = sample.count(0)
    if controls * 20 > len(sample) or zeros * 5 > len(sample):
        raise Declined("binary data, not text")


@cache
def _known(declared: str | None) -> str | None:
    """The codec behind a declared charset; like browsers, Latin-1 and ASCII are taken for cp1252."""
    try:
        name = codecs.lookup((declared or "").strip().strip("\"'")).name
    except (LookupError, ValueError):
        return None
    if name in {"iso8859-1", "ascii", "latin-1"}:
        return "cp1252"
    return name if _DECLARABLE.fullmatch(name.replace("_", "-")) else None


def _checked_utf8(text: str, declared: str | None, codec: str | None) -> Decoded:
    if _SEVEN_BITS.fullmatch(declared or ""):
        note = ReaderNote(
            "encoding", "declared as UTF-7, which can hide markup and is not decoded; read as it is"
        )
        return Decoded(text, "utf-8", (note,))
    if codec in {None, "utf-8"} or text.isascii():
        return Decoded(text, "utf-8")
    message = f"declared as {str(declared)[:40]}, but the bytes are valid UTF-8; read as UTF-8"
    return Decoded(text, "utf-8", (ReaderNote("encoding", message),))


def _mostly_utf8(data: bytes, first_bad: int) -> bool:
    """Whether whole UTF-8 sequences, which legacy text has only by rare chance, stand around the first
    damage.
    """
    start = max(0, first_bad - _SAMPLE)
    around = data[start : start + 2 * _SAMPLE]
    rest, whole = _SEQUENCE.subn(b"", around)
    strays = len(_HIGH.findall(rest))
    return whole > strays or (strays <= _FEW and whole * 3 > strays)


def _damaged_utf8(data: bytes, skip: int = 0) -> Decoded:
    """Each undecodable byte becomes one U+FFFD; each run of them one note with its byte offset. Whole lines in an older
    encoding, as in files that were put together, are read in it.
    """
    escaped = str(memoryview(data)[skip:], "utf-8", "surrogateescape")
    text, notes = _older_lines(escaped, skip)
    notes += _bad_runs(text, escaped, skip)
    return Decoded(_ESCAPED.sub(lambda run: "\ufffd" * len(run[0]), text), "utf-8", tuple(notes))


def _older_lines(escaped: str, skip: int) -> tuple[str, list[ReaderNote]]:
    """The text with such lines read: none of their characters is UTF-8, and together they are prose in one encoding."""
    lines = escaped.split("\n")
    older = [n for n, line in enumerate(lines) if _ESCAPED.search(line) and not _UTF8.search(line)]
    raw = b"\n".join(lines[n].encode("utf-8", "surrogateescape") for n in older)
    likeness = _likeness(raw[: _SAMPLE // 4])
    best = max(likeness, key=likeness.__getitem__)
    if not older or likeness[best] < _SURE or not _fits(raw, best):
        return escaped, []
    for n in older:
        lines[n] = lines[n].encode("utf-8", "surrogateescape").decode(best)
    many = f"{len(older)} line{'s' if len(older) > 1 else ''}"
    byte = skip + sum(len(line.encode("utf-8", "surrogateescape")) + 1 for line in lines[: older[0]])
    message = f"not UTF-8 in {many}, the first at byte {byte}; read as {best}, a guess from the letters"
    return "\n".join(lines), [ReaderNote("encoding", message, byte)]


def _bad_runs(text: str, escaped: str, byte: int) -> Iterator[ReaderNote]:
    """One note for each run. `escaped` is the text before older lines of it were read, in one byte a character: places
    are the same in both, and only there are the bytes those of the file.
    """
    at, total = 0, 0
    for total, run in enumerate(_ESCAPED.finditer(text), 1):
        if total > NOTES:
            continue  # counted, not listed
        byte += len(escaped[at : run.start()].encode("utf-8", "surrogateescape"))
        what = " ".join(f"{ord(c) - 0xDC00:02X}" for c in run[0][:8]) + (" …" if len(run[0]) > 8 else "")
        many = "bytes" if len(run[0]) > 1 else "byte"
        yield ReaderNote(
            "encoding", f"not UTF-8 at byte {byte}: {many} {what} shown as U+FFFD", byte, run.span()
        )
        byte += len(run[0])
        at = run.end()
    if total > NOTES:
        yield ReaderNote("encoding", f"{total} places are not UTF-8; the first {NOTES} are listed")


# ---------------------------------------------------------------------------------------- by the letters


def _guessed(data: bytes, declared: str | None) -> Decoded:
    """The candidate whose decoding looks most like prose; the note names it and the next best."""
    first = _HIGH.search(data)
    start = max(0, (first.start() if first else 0) - 64)
    sample = data[start : start + _SAMPLE // 4]
    evidence, likeness = _evidence(), _likeness(sample)
    ranked = sorted(likeness, key=lambda candidate: -likeness[candidate])
    best = next((candidate for candidate in ranked if _fits(data, candidate)), ranked[0])
    needed = evidence.long if len(_HIGH.findall(sample)) > 80 else evidence.doubtful
    if likeness[best] < needed:
        high = len(_HIGH.findall(data))
        if high * (_RARE if high > _FEW else _RARE // 5) <= len(data):
            return _damaged_utf8(data)  # plain English, say, in which a few bytes went bad
        raise Declined("in no text encoding that onrecord knows; convert it to UTF-8")
    second = next(candidate for candidate in ranked if candidate != best)
    said = f"declared as {declared[:40]}, which does not fit; " if declared else ""
    message = f"{said}not UTF-8; read as {best}, a guess from its letters (next best: {second})"
    byte = first.start() if first else None
    return Decoded(data.decode(best, "replace"), best, (ReaderNote("encoding", message, byte),))


def _fits(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


class _Evidence(NamedTuple):
    """encoding.toml: the candidates, the points of each character, the letters of scripts but Latin."""

    candidates: tuple[str, ...]
    points: dict[str, float]
    foreign: frozenset[str]
    doubtful: float
    long: float


@cache
def _evidence() -> _Evidence:
    table = toml.load(Path(__file__).with_name("encoding.toml"))
    points = dict.fromkeys(table["signs"]["common"], 1.0) | dict.fromkeys(table["signs"]["known"], 0.5)
    foreign = ""
    for script in ("latin", "cyrillic", "greek", "hebrew", "arabic"):
        letters = table[script]
        points |= dict.fromkeys(letters["rare"], 0.2) | dict.fromkeys(letters["known"], 0.5)
        points |= dict.fromkeys(letters["common"], 1.0)
        foreign += "" if script == "latin" else "".join(letters.values())
    return _Evidence(
        tuple(table["candidates"]), points, frozenset(foreign), float(table["doubtful"]), float(table["long"])
    )


def _likeness(sample: bytes) -> dict[str, float]:
    """How much a sample looks like prose in each candidate, in their order."""
    return {candidate: _points(sample, candidate) for candidate in _evidence().candidates}


def _points(sample: bytes, encoding: str) -> float:
    """Mean points of the high characters: 1.0 is prose, below 0 is not; neighbours count too."""
    evidence = _evidence()
    text = f" {sample.decode(encoding, 'replace')} "
    total, count = 0.0, 0
    for before, here, after in zip(text, text[1:], text[2:], strict=False):
        if here < "\x80":
            continue
        count += 1
        total += evidence.points.get(here) or (
            -0.2 if here.isalpha() else -1.0 if here.isprintable() else -2.0
        )
        total -= _misplaced(before, here, after, here in evidence.foreign)
    return total / max(count, 1)


def _misplaced(before: str, here: str, after: str, foreign: bool) -> int:
    """How many of a character's neighbours speak against it."""
    if foreign:
        mixed = any(c < "\x80" and c.isalpha() for c in (before, after))
    elif here.isalpha():
        mixed = before >= "\x80" and before.isalpha()  # "Âëàäèìèð": Latin letters with marks seldom meet
    else:
        mixed = before.isalpha() and after.isalpha() and here not in "’\u00ad"  # "c½ur"
    counted = here.isalpha() and (before.isdigit() or after.isdigit())  # "Ł8" is "£8"
    return mixed + counted + (here.isupper() and before.islower())
