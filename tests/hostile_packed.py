"""Hostile archives and packed files in miniature; code makes them, so that nothing large lies in the repository."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import stat
import struct
import tarfile
import warnings
import zipfile
from collections.abc import Iterable

from hostile_small import EN, FR, Expect, Hostile, text

REFUSED = (65,)
STAMP = (2031, 5, 4, 0, 0, 0)
GOOD = EN.encode()
Member = tuple[str, bytes]


def member(name: str, *, mode: int = 0) -> zipfile.ZipInfo:
    """The head of a member, with the same time on every machine."""
    made = zipfile.ZipInfo("x", STAMP)
    made.filename = name  # the constructor cuts at a zero byte
    made.create_system, made.external_attr = 3, (mode or stat.S_IFREG | 0o644) << 16
    return made


def zipped(*members: Member, method: int = zipfile.ZIP_DEFLATED, mode: int = 0) -> bytes:
    """A zip archive."""
    packed = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(packed, "w", method) as archive:
        warnings.simplefilter("ignore")  # names that stand twice are what we want
        for number, (name, data) in enumerate(members):
            archive.writestr(member(name, mode=mode if number == 0 else 0), data, method)
    return packed.getvalue()


def tarred(*members: tarfile.TarInfo | Member, form: int = tarfile.GNU_FORMAT) -> bytes:
    """A tar archive."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=form) as archive:
        for one in members:
            if isinstance(one, tarfile.TarInfo):
                archive.addfile(one)
            else:
                head = tarfile.TarInfo(one[0])
                head.size = len(one[1])
                archive.addfile(head, io.BytesIO(one[1]))
    return packed.getvalue()


def special(name: str, kind: bytes, to: str = "") -> tarfile.TarInfo:
    """A member that is no plain file."""
    head = tarfile.TarInfo(name)
    head.type, head.linkname = kind, to
    return head


def pax(name: str, headers: dict[str, str], data: bytes) -> bytes:
    """A tar archive with one member whose extended header says something else."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive:
        head = tarfile.TarInfo(name)
        head.size, head.pax_headers = len(data), headers
        archive.addfile(head, io.BytesIO(data))
        archive.addfile(tarfile.TarInfo("empty.txt"))
    return packed.getvalue()


def patched(data: bytes, places: Iterable[tuple[int, bytes]]) -> bytes:
    """The bytes with others written over them."""
    changed = bytearray(data)
    for at, new in places:
        changed[at : at + len(new)] = new
    return bytes(changed)


def encrypted() -> bytes:
    """Two members, of which one says that it is encrypted, in both its heads."""
    made = zipped(("secret.txt", GOOD), ("ok.txt", GOOD))
    central = made.index(b"PK\x01\x02")
    return patched(made, [(6, b"\x01\0"), (central + 8, b"\x01\0")])


def wrong_sizes() -> bytes:
    """A member that claims four bytes."""
    made = zipped(("talk.txt", GOOD))
    return patched(made, [(22, struct.pack("<L", 4)), (made.index(b"PK\x01\x02") + 24, struct.pack("<L", 4))])


def zip64_lie() -> bytes:
    """A directory that points to a 64-bit end record that is not there."""
    made = zipped(("talk.txt", GOOD))
    locator = struct.pack("<LLQL", 0x07064B50, 0, 1 << 60, 1)
    end = made.index(b"PK\x05\x06")
    return made[:end] + locator + patched(made[end:], [(16, b"\xff" * 4)])


def overlapping(members: int = 200) -> bytes:
    """Many directory entries for one stretch of packed data: each member unpacks to 1 MB, and there are many."""
    made = zipped(("m00000.txt", b"we will not sign\n" * 60_000))
    central, end = made.index(b"PK\x01\x02"), made.index(b"PK\x05\x06")
    entry = made[central:end]
    entries = b"".join(entry.replace(b"m00000", b"m%05d" % n) for n in range(members))
    tail = struct.pack("<LHHHHLLH", 0x06054B50, 0, 0, members, members, len(entries), central, 0)
    return made[:central] + entries + tail


def other_local_name() -> bytes:
    """The head before the data has another name than the directory."""
    made = zipped(("talk.txt", GOOD))
    return patched(made, [(30, b"tolk.txt")])


def damaged_tar() -> bytes:
    """The second of three heads is broken, in the middle of the archive."""
    made = tarred(("one.txt", GOOD), ("two.txt", GOOD), ("three.txt", GOOD))
    return patched(made, [(made.index(b"two.txt") + 148, b"9999999\0")])


def sparse() -> bytes:
    """An old GNU sparse file of one terabyte."""
    made = tarred(("big.txt", GOOD), ("ok.txt", GOOD))
    head = bytearray(made[:512])
    head[156:157] = b"S"
    head[483:495] = b"\x80" + (1 << 40).to_bytes(11, "big")
    head[148:156] = b" " * 8
    head[148:156] = b"%06o\0 " % sum(head)
    return bytes(head) + made[512:]


_INNER = zipped(("talk.txt", GOOD))
_LINK = stat.S_IFLNK | 0o777
_GZ = gzip.compress(GOOD, mtime=0)

PACKED = [
    Hostile(
        "twice_but_for_case.docx",
        zipped(
            ("[Content_Types].xml", b"<Types/>"),
            ("word/document.xml", b"<w/>"),
            ("Word/Document.xml", b"<w/>"),
        ),
        Expect(REFUSED, "stands twice"),
    ),
    Hostile(
        "one_behind_another.zip",
        zipped(("a.txt", GOOD)) + zipped(("b.txt", GOOD)),
        Expect(REFUSED, "stands before"),
    ),
    Hostile(
        "one_behind_another.docx",
        zipped(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w/>")) * 2,
        Expect(REFUSED, "stands before"),
    ),
    Hostile(
        "one_behind_another.tar",
        tarred(("a.txt", GOOD)) + tarred(("b.txt", FR.encode())),
        Expect(says="what follows is no member", holds=lambda r: text(r) == EN),
    ),
    Hostile(
        "from_a_mac.zip",
        zipped(
            ("__MACOSX/._a.txt", b"\0\5\x16\7\0\2" * 9), (".DS_Store", b"\0\0\0\1Bud1" * 9), ("a.txt", GOOD)
        ),
        Expect(says="2 members of the archive refused", holds=lambda r: text(r) == EN),
    ),
    Hostile("dots.tar", tarred(("./talks/a.txt", GOOD)), Expect(holds=lambda r: text(r) == EN)),
    Hostile("encrypted.zip", encrypted(), Expect((0, 3), holds=lambda r: text(r) == EN)),
    Hostile(
        "encrypted_all.zip",
        patched(_INNER, [(6, b"\x01\0"), (_INNER.index(b"PK\x01\x02") + 8, b"\x01\0")]),
        Expect(REFUSED, "encrypted"),
    ),
    Hostile("wrong_sizes.zip", wrong_sizes(), Expect(REFUSED, "damaged")),
    Hostile("zip64_lie.zip", zip64_lie(), Expect(REFUSED)),
    Hostile("overlapping.zip", overlapping(), Expect(REFUSED, "overlap|bomb|expands")),
    Hostile("other_name.zip", other_local_name(), Expect(REFUSED, "differ|damaged")),
    Hostile("bad_crc.zip", patched(_INNER, [(40, b"\xff")]), Expect(REFUSED, "damaged")),
    Hostile(
        "nested.zip",
        zipped(("inner.zip", zipped(("talk.txt", GOOD)))),
        Expect(REFUSED, "archive in(side)? an archive"),
    ),
    Hostile(
        "nested_deep.zip",
        zipped(("1.zip", zipped(("2.zip", zipped(("3.zip", _INNER)))))),
        Expect(REFUSED, "archive in(side)? an archive"),
    ),
    Hostile(
        "nested_and_good.zip",
        zipped(("inner.tar", tarred(("a.txt", GOOD))), ("ok.txt", GOOD)),
        Expect((3,), holds=lambda r: text(r) == EN),
    ),
    Hostile(
        "symlink.zip",
        zipped(("link.txt", b"/etc/passwd"), ("ok.txt", GOOD), mode=_LINK),
        Expect(says="link or special"),
    ),
    Hostile(
        "device.zip",
        zipped(("dev.txt", b""), ("ok.txt", GOOD), mode=stat.S_IFCHR | 0o600),
        Expect(says="link or special"),
    ),
    Hostile(
        "absolute.zip",
        zipped(("/etc/cron.txt", GOOD), ("//host/share.txt", GOOD), ("C:/x.txt", GOOD), ("ok.txt", GOOD)),
        Expect(says="3 members"),
    ),
    Hostile(
        "windows.zip",
        zipped(("a\\..\\..\\x.txt", GOOD), ("C:x.txt", GOOD), ("\\\\host\\x.txt", GOOD), ("ok.txt", GOOD)),
        Expect(says="3 members"),
    ),
    Hostile("nul_name.zip", zipped(("ok.txt\0.exe", GOOD), ("fine.txt", GOOD)), Expect((0, 3))),
    Hostile("control_name.zip", zipped(("a\x1b[2J\nb.txt", GOOD)), Expect()),
    Hostile("long_name.zip", zipped(("a" * 60_000 + ".txt", GOOD), ("ok.txt", GOOD)), Expect()),
    Hostile(
        "twice.zip", zipped(("talk.txt", GOOD), ("talk.txt", FR.encode()), ("ok.txt", GOOD)), Expect((3,))
    ),
    Hostile("cases.zip", zipped(("Talk.txt", GOOD), ("talk.TXT", GOOD)), Expect()),
    Hostile("with_prefix.zip", b"#!/bin/sh\n" + b"exit 1\n" * 9 + _INNER, Expect((0, 65))),
    Hostile("with_tail.zip", _INNER + b"\0" * 99, Expect((0, 65))),
    Hostile(
        "bzip2_inside.zip", zipped(("talk.txt", GOOD), method=zipfile.ZIP_BZIP2), Expect(REFUSED, "unusual")
    ),
    Hostile("folders.zip", zipped(*((f"{n}/", b"") for n in range(50))), Expect(REFUSED, "empty|nothing")),
    Hostile("bomb.zip", zipped(("bomb.txt", b"no " * 3_000_000)), Expect(REFUSED, "bomb|expands")),
    Hostile(
        "hard_link.tar",
        tarred(special("hard.txt", tarfile.LNKTYPE, "/etc/passwd"), ("ok.txt", GOOD)),
        Expect(says="link or special"),
    ),
    Hostile(
        "device.tar",
        tarred(special("dev.txt", tarfile.CHRTYPE), special("fifo", tarfile.FIFOTYPE), ("ok.txt", GOOD)),
        Expect(says="2 members"),
    ),
    Hostile("sparse.tar", sparse(), Expect((3,))),
    Hostile("long_names.tar", tarred(("deep/" * 400 + "a.txt", GOOD), ("ok.txt", GOOD)), Expect()),
    Hostile(
        "pax_path.tar",
        pax("ok.txt", {"path": "../../evil.txt"}, GOOD),
        Expect((0, 3, 65), "refused|leads out|no text|empty"),
    ),
    Hostile("pax_size.tar", pax("ok.txt", {"size": "99999999999"}, GOOD), Expect(REFUSED, "damaged")),
    Hostile("damaged.tar", damaged_tar(), Expect((0, 3), "damaged")),
    Hostile(
        "cut.tar",
        tarred(("one.txt", GOOD), ("two.txt", GOOD * 99))[:2500],
        Expect((3, 65), "damaged|end of data"),
    ),
    Hostile("no_end.tar", tarred(("one.txt", GOOD))[:1024], Expect()),
    Hostile("nested.tar.gz", gzip.compress(tarred(("a.txt", GOOD)), mtime=0), Expect()),
    Hostile("tail.txt.gz", _GZ + b"garbage", Expect(REFUSED, "gzip")),
    Hostile("zero_tail.txt.gz", _GZ + b"\0" * 512, Expect(holds=lambda r: text(r) == EN)),
    Hostile("two_members.txt.gz", _GZ + _GZ, Expect(holds=lambda r: text(r) == EN * 2)),
    Hostile("wrong_crc.txt.gz", patched(_GZ, [(len(_GZ) - 8, b"\0\0\0\0")]), Expect(REFUSED, "CRC|damaged")),
    Hostile("gz_in_gz.txt.gz", gzip.compress(_GZ, mtime=0), Expect(REFUSED, "gzip file inside|packed twice")),
    Hostile("bomb.txt.gz", gzip.compress(b"no " * 3_000_000, mtime=0), Expect(REFUSED, "bomb|expands")),
    Hostile("talk.txt.bz2", bz2.compress(GOOD), Expect(REFUSED, "bzip2")),
    Hostile("talk.txt.xz", lzma.compress(GOOD), Expect(REFUSED, "xz")),
    Hostile("talk.txt.zst", b"\x28\xb5\x2f\xfd\x04\x58" + GOOD, Expect(REFUSED, "Zstandard")),
    Hostile("talk.txt.lz4", b"\x04\x22\x4d\x18" + GOOD, Expect(REFUSED, "LZ4")),
    Hostile("talk.7z", b"7z\xbc\xaf\x27\x1c\0\4" + GOOD, Expect(REFUSED, "7z")),
    Hostile("talk.rar", b"Rar!\x1a\7\0" + GOOD, Expect(REFUSED, "RAR")),
    Hostile(
        "book.epub",
        zipped(
            ("mimetype", b"application/epub+zip"),
            ("a.xhtml", b"<p>Ida Morrow: yes</p>"),
            method=zipfile.ZIP_STORED,
        ),
        Expect(REFUSED, "EPUB"),
    ),
    Hostile(
        "talk.odt",
        zipped(
            ("mimetype", b"application/vnd.oasis.opendocument.text"),
            ("content.xml", b"<x/>"),
            method=zipfile.ZIP_STORED,
        ),
        Expect(REFUSED, "OpenDocument"),
    ),
    Hostile(
        "table.ods",
        zipped(
            ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
            ("content.xml", b"<x/>"),
            method=zipfile.ZIP_STORED,
        ),
        Expect(REFUSED, "OpenDocument"),
    ),
    Hostile(
        "table.xlsx",
        zipped(("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<x/>")),
        Expect(REFUSED, "spreadsheet"),
    ),
    Hostile(
        "talk.pptx",
        zipped(("[Content_Types].xml", b"<Types/>"), ("ppt/presentation.xml", b"<x/>")),
        Expect(REFUSED, "slides"),
    ),
    Hostile("zip_named.txt", _INNER, Expect(REFUSED, "archive")),
]
