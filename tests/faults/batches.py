"""A batch with inputs in it that want to take all the memory or all the time: they cost themselves and no others."""

from __future__ import annotations

import subprocess
import sys
import time
import zipfile
import zlib
from pathlib import Path
from typing import NamedTuple


class Counted(NamedTuple):
    """Records that came out, the inputs that were refused, the exit status, and seconds on the clock."""

    read: int
    refused: list[str]
    status: int
    seconds: float


def bombs(folder: Path, pages: int) -> None:
    """So many good pages, and among them four that are none."""
    for number in range(pages):
        said = f"<p>Ida Morrow: Day {number}.</p><p>Peter Vance: No.</p>"
        (folder / f"{number:04}.html").write_text(said, "utf-8")
    with zipfile.ZipFile(folder / "bomb.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"<a>" + b"x" * (300 << 20))
    (folder / "deep.json").write_text("[" * 100_000, "utf-8")
    wide = " ".join(f"a{number}=1" for number in range(200_000))
    (folder / "wide.html").write_text(f"<p {wide}>Ida Morrow: yes</p>", "utf-8")
    (folder / "endless.pdf").write_bytes(_endless())


def _endless() -> bytes:
    """A PDF of one page whose stream, unpacked, has 24 million operators in it."""
    stream = zlib.compressobj(9)
    packed = b"".join(stream.compress(b"BT (x) Tj ET " * 80_000) for _ in range(100)) + stream.flush()
    body = (
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n"
        b"4 0 obj<</Filter/FlateDecode/Length %d>>stream\n" % len(packed)
    )
    return body + packed + b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def read(folder: Path) -> Counted:
    """`onrecord read` of the folder."""
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "onrecord", "read", str(folder), "--json", "--no-ledger"], capture_output=True
    )
    if b"Traceback" in done.stderr:
        raise AssertionError(done.stderr)
    refused = [line.split(b": ")[1].rpartition(b"/")[2].decode() for line in done.stderr.splitlines()]
    return Counted(len(done.stdout.splitlines()), refused, done.returncode, time.monotonic() - start)
