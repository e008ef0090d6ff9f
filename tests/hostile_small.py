"""Hostile inputs in miniature, written for these tests: what a stranger's file may hold and not break.

Each is a file name, its bytes, and what must come of it. `test_hostile.py` runs them by the command line.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

Record = dict[str, Any]


class Expect(NamedTuple):
    """What must come of an input.

    `status` are the exit statuses allowed. `says` is a pattern that the one line on stderr must fit when the
    input is refused, or that a note, a reason or a judgement of the record must fit when it is read. `holds`
    looks at the record.
    """

    status: tuple[int, ...] = (0,)
    says: str = ""
    holds: Callable[[Record], bool] = lambda record: True


class Hostile(NamedTuple):
    """One small hostile file."""

    name: str
    data: bytes
    expect: Expect


def labels(record: Record) -> list[str]:
    """The printed labels, in order."""
    text = record["sources"][0]["text"]
    return [text[turn["label"][0] : turn["label"][1]] if turn["label"] else "" for turn in record["turns"]]


def speakers(record: Record) -> list[str | None]:
    """The names of who speaks, in order; None where nobody is known to."""
    names = {person["id"]: person["name"] for person in record["people"]}
    return [names.get(turn["speaker"]) for turn in record["turns"]]


def text(record: Record) -> str:
    """The characters of the first source."""
    return str(record["sources"][0]["text"])


def notes(record: Record) -> list[dict[str, Any]]:
    """The notes of the first source."""
    return list(record["sources"][0]["notes"])


FR = (
    "Conférence de presse à Port-Harlan.\n\n"
    "Marlène Castel : Nous avons parlé du fleuve, et 3 points restent ouverts.\n\n"
    "Téodor Brask : Il n’y a pas d’accord sans garanties. (Applaudissements)\n\n"
    "Question : Madame la présidente, quand reprendrez-vous ?\n\n"
    "Castel : En septembre, à Brindel.\n"
)
EN = "IDA MORROW: We will sign on Friday.\n\nPETER VANCE: We will not.\n\nIDA MORROW: Then we wait.\n"
RU = "Ида Морозова: Мы подпишем в пятницу.\n\nПётр Ванцев: Мы не подпишем.\n\nИда Морозова: Тогда подождём.\n"
FOUR = ["Marlène Castel", "Téodor Brask", "Question", "Castel"]
REFUSED = (65,)

SMALL = [
    Hostile("empty.txt", b"", Expect(REFUSED, "empty")),
    Hostile("blank.txt", b" \t\r\n\xc2\xa0\n" * 20, Expect(REFUSED, "no text")),
    Hostile("binary.txt", bytes(range(256)) * 40, Expect(REFUSED, "binary")),
    Hostile("good.fr.txt", FR.encode(), Expect(holds=lambda r: labels(r) == FOUR)),
    Hostile(
        "bom.txt", b"\xef\xbb\xbf" + FR.encode(), Expect(holds=lambda r: text(r) == FR and labels(r) == FOUR)
    ),
    Hostile("utf16.txt", b"\xff\xfe" + FR.encode("utf-16-le"), Expect(holds=lambda r: text(r) == FR)),
    Hostile(
        "nul.txt", EN.replace("sign", "si\0gn").encode(), Expect(says=r"NUL", holds=lambda r: "\0" in text(r))
    ),
    Hostile(
        "cp1252.txt",
        FR.encode("cp1252"),
        Expect(says=r"cp1252|windows-1252", holds=lambda r: text(r) == FR and labels(r) == FOUR),
    ),
    Hostile(
        "cp1251.txt", RU.encode("cp1251"), Expect(says=r"cp1251|windows-1251", holds=lambda r: text(r) == RU)
    ),
    Hostile(
        "invalid_utf8.txt",
        FR.encode()[:60] + b"\xff\xfe" + FR.encode()[60:] + b"\xe2\x82",
        Expect(holds=lambda r: {60, len(FR.encode()) + 2} <= {note["byte"] for note in notes(r)}),
    ),
    Hostile(
        "line_ends.txt",
        b"IDA MORROW: one\r\nPETER VANCE: two\rIDA MORROW: three\nPETER VANCE: four\r\n",
        Expect(holds=lambda r: len(r["turns"]) == 4 and text(r).count("\r") == 3),
    ),
    Hostile(
        "homoglyph.txt",  # the first letter of the last label is Cyrillic
        "Peter Vance: Yes.\n\nIda Morrow: No.\n\nРeter Vance: Why not?\n\nIda Morrow: Because.\n".encode(),
        Expect(says=r"(?i)mixed|cyrillic|script|homoglyph|look"),
    ),
    Hostile(
        "zero_width.txt",
        FR.replace("Castel :", "Cas\u200btel :").encode(),
        Expect(says=r"invisible", holds=lambda r: speakers(r)[::3] == ["Marlène Castel"] * 2),
    ),
    Hostile(
        "false_labels.txt",
        (
            b"Note: read this first.\nTime: 10:30\nIda Morrow: I said this: no.\nhttp://example.org/a: gone\n"
            b"Peter Vance: Psalm 3:16 says it.\nIda Morrow: My view: wait.\nPeter Vance: Yes.\n"
        ),
        Expect(holds=lambda r: set(labels(r)) == {"Ida Morrow", "Peter Vance"}),
    ),
    Hostile(
        "same_surname.txt",
        b"Ida Morrow: One.\n\nPeter Morrow: Two.\n\nMorrow: Three.\n\nIda Morrow: Four.\n\nMorrow: Five.\n",
        Expect(
            holds=lambda r: (
                [t["judgement"] for t in r["turns"]][2] == "ambiguous"
                and len(r["turns"][2]["candidates"]) == 2
            )
        ),
    ),
    Hostile(
        "no_labels.txt",
        "\n\n".join(
            f"Paragraph {n} of a report in which nobody is said to speak." for n in range(30)
        ).encode(),
        Expect(holds=lambda r: r["turns"] == []),
    ),
    Hostile(
        "escapes.txt",
        b"IDA MORROW: \x1b[2Jhello\x1b]0;owned\x07\n\nPETER VANCE: no\n",
        Expect(says=r"control"),
    ),
    Hostile("open_brackets.txt", ("IDA MORROW: " + "(" * 20000 + "[" * 20000 + "\n").encode(), Expect()),
    Hostile("one_word.txt", b"x" * 300_000, Expect()),
    Hostile("digits.txt", b"IDA MORROW: " + b"9" * 100_000 + b" and 1e999999 per cent.\n", Expect()),
    Hostile(
        "script.html",
        b"<html><body><p>IDA MORROW: Hello.</p><script>alert(1)</script><p style='display:none'>"
        b"PETER VANCE: I confess.</p><p>PETER VANCE: Good day.</p><p>IDA MORROW: And to you.</p></body></html>",
        Expect(says=r"hidden", holds=lambda r: "alert" not in text(r) and len(r["turns"]) == 3),
    ),
    Hostile("bomb.xml", b'<!DOCTYPE t [<!ENTITY a "ha">]><t><u who="#x">&a;</u></t>', Expect(REFUSED)),
    Hostile("broken.pdf", b"%PDF-1.7\n" + b"\x93\x00\xff" * 500 + b"%%EOF", Expect(REFUSED)),
    Hostile("broken.docx", b"PK\x03\x04" + b"\x00" * 200, Expect(REFUSED)),
    Hostile("deep.json", b"[" * 20000 + b"]" * 20000, Expect(REFUSED)),
]
