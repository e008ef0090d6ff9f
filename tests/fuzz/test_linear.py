"""Linear everywhere: twice the input costs at most 2.3 times as much, in every pattern and in every reader.

The patterns are found by themselves (`patterns.py`): whoever adds one has it tested, in code and in the lexicon alike.
"""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from patterns import attacks

from onrecord.sources import docx, html, utterances, xml
from onrecord.sources.captions import read as read_captions
from onrecord.sources.conservation import seen_in_markup

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
HERE = Path(__file__).parent
LENGTH = 3_000
QUICK = 0.008  # seconds for LENGTH characters; a quadratic pattern takes a tenth of a second
UNITS = (
    10_000 if os.environ.get("LONG") else 8
)  # strings tried on one pattern: alternations of cues have hundreds
TWICE = 2.3


def patterns() -> list[tuple[str, str, str, int]]:
    """Module, kind, pattern and flags of all that the program compiles."""
    done = subprocess.run(
        [sys.executable, str(HERE / "patterns.py")], capture_output=True, text=True, check=True, cwd=HERE
    )
    return [tuple(json.loads(line)) for line in done.stdout.splitlines()]


def seconds(act: Callable[[], object], times: int = 1) -> float:
    """Processor time of the fastest of some runs."""
    best = float("inf")
    for _ in range(times):
        start = time.process_time()
        act()
        best = min(best, time.process_time() - start)
    return best


def searching(pattern: re.Pattern[str], text: str) -> Callable[[], object]:
    def act() -> None:
        at = 0  # as a scanner does: from match to match, and to the end where there is none
        for _ in range(3):
            found = pattern.search(text, at)
            if found is None:
                break
            at = max(found.end(), found.start() + 1)
        pattern.fullmatch(text)

    return act


def slow_on(pattern: re.Pattern[str], unit: str) -> bool:
    """Whether a pattern is more than linear on a unit repeated."""
    text = (unit * (LENGTH // len(unit) + 1))[:LENGTH]
    if seconds(searching(pattern, text)) < QUICK:
        return False
    once = seconds(searching(pattern, text), 3)
    if once <= QUICK:
        return False
    return all(
        seconds(searching(pattern, text + text), 3) > TWICE * seconds(searching(pattern, text), 3)
        for _ in range(3)
    )


# Patterns that are only asked where a match must start (`match`, `fullmatch`), or of a few characters: a search is not
# what they are for. Who adds a line here says where the start comes from.
ANCHORED = {
    "onrecord.sources.returned": "fullmatch of an id below 200 characters",
    "onrecord.statements.attributes": "match behind a cue",
    "onrecord.statements.quote_sentences": "match of one word",
    "onrecord.web.words": "fullmatch of a header below 500 characters",
}


def test_every_pattern_is_linear() -> None:
    found = patterns()
    assert len(found) > 300, "the patterns of the program are not found any more"
    slow = set()
    for module, kind, shown, flags in found:
        if kind == "bytes":
            flags &= ~re.UNICODE
            pattern = re.compile(shown, flags | re.ASCII)
        else:
            pattern = re.compile(shown, flags)
        units = list(attacks(shown, flags))
        for unit in units[:: max(1, len(units) // UNITS)]:
            if module not in ANCHORED and slow_on(pattern, unit):
                slow.add(f"{module}: {shown[:100]!r} on {unit[:40]!r}")
    assert slow == set()


def test_a_quadratic_pattern_is_noticed() -> None:
    assert not slow_on(re.compile(r"\b\w+x"), "ab")
    assert any(slow_on(re.compile(r"\s+x"), unit) for unit in attacks(r"\s+x", re.UNICODE))


READERS: list[tuple[str, Callable[[str], object], str]] = [
    ("html", lambda text: html.read("a", text.encode(), None), "<p>Ida Morrow: We will sign on Friday.</p>"),
    ("html nested", lambda text: html.read("a", text.encode(), None), "<div><b>Yes "),
    ("html open tags", lambda text: html.read("a", b"<p>Yes" + text.encode(), None), "<a href='"),
    ("html comments", lambda text: html.read("a", b"<p>Yes" + text.encode(), None), "<!-- <p> --"),
    ("html scripts", lambda text: html.read("a", b"<p>Yes" + text.encode(), None), "<script>"),
    ("html entities", lambda text: html.read("a", b"<p>Yes" + text.encode(), None), "&amp &#"),
    (
        "html styles",
        lambda text: html.read("a", f"<p>Yes<style>{text}".encode(), None),
        ".a{display:none} @x{",
    ),
    (
        "xml",
        lambda text: xml.read("a", f"<TEI>{text}</TEI>".encode(), None),
        "<u who='#a'><seg>Yes.</seg></u>",
    ),
    ("json", lambda text: utterances.read("a", text.encode(), None), '{"speaker": "Ida", "text": "Yes."}\n'),
    ("captions", lambda text: read_captions("a", text.encode(), None), "1\n00:01,000 --> 00:02,000\nYes\n\n"),
    (
        "captions torn",
        lambda text: read_captions("a", b"00:01,000 --> 00:02,000\nYes\n" + text.encode(), None),
        "-->",
    ),
    ("letters", seen_in_markup, "<a href='x>y' <!--"),
]


@pytest.mark.parametrize(("read", "unit"), [row[1:] for row in READERS], ids=[row[0] for row in READERS])
def test_readers_are_linear(read: Callable[[str], object], unit: str) -> None:
    def took(copies: int) -> float:
        text = unit * copies
        return seconds(lambda: read(text), 2)

    copies = 2000
    while (once := took(copies)) < 0.05 and copies < 16_000:
        copies *= 2
    # A busy machine may spoil one measure; what is quadratic spoils all.
    assert once < 0.05 or any(took(2 * copies) <= TWICE * took(copies) + 0.02 for _ in range(4))


def test_docx_is_linear() -> None:
    def took(copies: int) -> float:
        body = "<w:p><w:r><w:t>Ida Morrow: Yes.</w:t></w:r></w:p>" * copies
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("[Content_Types].xml", "<Types/>")
            archive.writestr(
                "word/document.xml", f"<w:document xmlns:w='{W}'><w:body>{body}</w:body></w:document>"
            )
        return seconds(lambda: docx.read("a", packed.getvalue(), None), 2)

    assert any(took(4000) <= TWICE * took(2000) + 0.02 for _ in range(4))
