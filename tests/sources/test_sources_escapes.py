"""Characters that were written in another way are told by the form, and what only looks like it is not."""

from __future__ import annotations

import pytest

from onrecord.sources.escapes import remarks

LINE = "Q" * 76 + "\n"
TOLD = [
    (
        "L%C3%A9t%C3%A9 à Brindel, caf%C3%A9",
        "3 characters are percent-encoded (“%C3%A9”), the first at character 1",
    ),
    (
        "=C3=A9t=C3=A9 =C3=A0 Brindel",
        "3 characters are quoted-printable (“=C3=A9”), the first at character 0",
    ),
    (
        r"\u00e9t\u00e9 \xe0",
        r"3 characters are written as escapes of a program (“\u00e9”), the first at character 0",
    ),
    (
        "l&rsquo;&eacute;t&#233;",
        "3 characters are written as entities of HTML (“&rsquo;”), the first at character 1",
    ),
    ("+AOk-t+AOk- +AOA- Brindel", "3 characters are UTF-7 (“+AOk-”), the first at character 0"),
    ("Talks:\n" + LINE * 8, "lines of base64, the first at character 7"),
    (LINE + "Talks:\n" + LINE * 9, f"lines of base64, the first at character {len(LINE) + 7}"),
]


@pytest.mark.parametrize(("text", "message"), TOLD, ids=[message for _, message in TOLD])
def test_a_form_that_nobody_wrote_back_is_told(text: str, message: str) -> None:
    assert [(note.kind, note.message) for note in remarks(text)] == [
        ("escaped", f"{message}: decode the file first")
    ]


SILENT = [
    "An address has its own: https://arland.example/%C3%A9t%C3%A9/caf%C3%A9",
    "One example of %C3%A9 is no damage, and two of them (%C3%A8) are none.",
    "Tom & Jerry; a+b+c+d; 1+1+1; A&B;C&D",
    LINE * 7 + "Seven lines may be a key.",
]


@pytest.mark.parametrize("text", SILENT)
def test_what_only_looks_like_it_is_not(text: str) -> None:
    assert remarks(text) == ()
