"""Hostile encodings in miniature: what else a text may be written in, and what lies between its characters."""

from __future__ import annotations

import quopri

from hostile_small import EN, FR, RU, Expect, Hostile, Record, notes, text

ZH = "主持人：晚上好。\n莫罗：我们星期五签字。\n万斯：我们不签。\n主持人：谢谢两位。\n" * 4
JA = "司会：こんばんは。\nモロー：金曜日に署名します。\nヴァンス：私たちはしません。\n" * 4
REFUSED = (65,)
EITHER = (0, 65)


def same(words: str) -> Expect:
    """Read as these characters, with a remark on the guess."""
    return Expect(says="encoding", holds=lambda record: text(record) == words)


def bad_bytes(record: Record) -> set[int | None]:
    """Where the notes say that bytes are bad."""
    return {note["byte"] for note in notes(record)} - {None}


def clean(record: Record) -> bool:
    """Whether no zero byte came through as a character."""
    return "\0" not in text(record)


_OVERLONG = EN.encode().replace(b"Friday", b"Fri\xc0\xafday \xe0\x80\xaf\xf0\x80\x80\xaf")
_CESU = EN.encode().replace(b"Friday", b"Friday \xed\xa0\xbd\xed\xb8\x80")
_MIXED = b"".join(
    line.encode("cp1252" if number == 4 else "utf-8") for number, line in enumerate(FR.splitlines(True))
)

ENCODINGS = [
    Hostile(
        "beyond_unicode.txt",
        EN.encode().replace(b"Friday", b"Friday \xf4\x90\x80\x80 \xf8\x88\x80\x80\x80"),
        Expect(says="not UTF-8 at byte", holds=lambda r: bad_bytes(r) == {35, 40}),
    ),
    Hostile(
        "mark_lies.txt",
        b"\xff\xfe" + EN.encode(),
        Expect(says="byte-order mark says UTF-16", holds=lambda r: text(r) == EN),
    ),
    Hostile(
        "mark_of_han.txt",
        "\ufeff莫罗：我们签字。".encode("utf-16"),
        Expect(holds=lambda r: "签字" in text(r)),
    ),
    Hostile(
        "utf32le_bom.txt", b"\xff\xfe\0\0" + FR.encode("utf-32-le"), Expect(holds=lambda r: text(r) == FR)
    ),
    Hostile(
        "utf32be_bom.txt", b"\0\0\xfe\xff" + FR.encode("utf-32-be"), Expect(holds=lambda r: text(r) == FR)
    ),
    Hostile("utf32le_nobom.txt", FR.encode("utf-32-le"), same(FR)),
    Hostile("utf32be_nobom.txt", FR.encode("utf-32-be"), same(FR)),
    Hostile("utf16_cyrillic_nobom.txt", RU.encode("utf-16-le"), same(RU)),
    Hostile("utf16_odd.txt", b"\xff\xfe" + EN.encode("utf-16-le") + b"x", Expect(says="UTF-16")),
    Hostile("utf16_half.txt", b"\xff\xfe" + EN.encode("utf-16-le") + b"\x3d\xd8\n\0", Expect(says="UTF-16")),
    Hostile("utf7.txt", FR.encode("utf-7"), Expect(says="UTF-7")),
    Hostile("gb18030.txt", ZH.encode("gb18030"), Expect(REFUSED, "encoding")),
    Hostile("big5.txt", "主持人：晚上好。我們不簽。\n".encode("big5") * 9, Expect(REFUSED, "encoding")),
    Hostile("shift_jis.txt", JA.encode("shift_jis"), Expect(REFUSED, "encoding")),
    Hostile(
        "euc_kr.txt",
        "사회자: 안녕하십니까. 우리는 서명하지 않습니다.\n".encode("euc_kr") * 9,
        Expect(REFUSED),
    ),
    Hostile("iso2022_jp.txt", JA.encode("iso2022_jp"), Expect(EITHER, "(?i)iso.?2022|control|encoding")),
    Hostile("ebcdic.txt", EN.replace("\n", "\x85").encode("cp037"), Expect(REFUSED, "binary|encoding")),
    Hostile("koi8r.txt", RU.encode("koi8-r"), same(RU)),
    Hostile("cp866.txt", RU.encode("cp866"), same(RU)),
    Hostile(
        "mac_roman.txt", (FR * 3).replace("’", "'").encode("mac_roman"), same((FR * 3).replace("’", "'"))
    ),
    Hostile(
        "mixed_per_line.txt",
        _MIXED,
        Expect(
            says="not UTF-8 in 1 line",
            holds=lambda r: text(r) == FR and bad_bytes(r) == {_MIXED.index(b"T\xe9odor")},
        ),
    ),
    Hostile("overlong.txt", _OVERLONG, Expect(says="C0", holds=lambda r: "/" not in text(r))),
    Hostile("surrogates_in_utf8.txt", _CESU, Expect(says="ED A0", holds=lambda r: len(r["turns"]) == 3)),
    Hostile("bom_inside.txt", EN.replace("will", "\ufeffwill").encode(), Expect(says="U\\+FEFF")),
    Hostile(
        "two_boms.txt",
        b"\xef\xbb\xbf" * 2 + EN.encode(),
        Expect(says="U\\+FEFF", holds=lambda r: len(r["turns"]) == 3),
    ),
    Hostile(
        "twice_encoded.txt",
        FR.encode().decode("cp1252", "replace").encode(),
        Expect(holds=lambda r: bool(r["flags"])),
    ),
    Hostile("noncharacters.txt", EN.replace("sign", "si\ufdd0gn\uffff").encode(), Expect(says="U\\+FDD0")),
    Hostile("private_use.txt", EN.replace("sign", "\ue001\U000f0002").encode(), Expect(says="U\\+E001")),
    Hostile("hangul_filler.txt", EN.replace("Friday", "Fri\uffa0day").encode(), Expect(says="U\\+FFA0")),
    Hostile(
        "charset_utf16_lie.html",
        b'<meta charset="utf-16"><p>' + FR.encode("cp1252") + b"</p>" + b"<!--->",
        Expect(says="encoding", holds=lambda r: "Téodor" in text(r)),
    ),
    Hostile(
        "charset_utf7.html",
        b'<meta charset="utf-7"><p>IDA MORROW: +ADw-script+AD4-alert(1)</p>',
        Expect(says="UTF-7", holds=lambda r: "<script>" not in text(r)),
    ),
    Hostile(
        "charset_nonsense.html",
        b'<meta charset="unicode_escape"><p>IDA MORROW: \\u003cscript\\u003e yes</p>',
        Expect(holds=lambda r: "<script>" not in text(r)),
    ),
    Hostile(
        "encoding_lie.xml",
        b'<?xml version="1.0" encoding="UTF-16"?><TEI><text><u who="#a">Yes.</u></text></TEI>',
        Expect(holds=lambda r: "Yes." in text(r)),
    ),
    Hostile(
        "encoding_lie_latin.xml",
        '<?xml version="1.0" encoding="us-ascii"?><TEI><text><u who="#a">L’été à Brindel.</u></text></TEI>'.encode(),
        Expect(says="encoding", holds=lambda r: "L’été" in text(r)),
    ),
    Hostile("quoted_printable.txt", quopri.encodestring(FR.encode()), Expect(says="quoted-printable")),
]
