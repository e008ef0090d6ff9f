"""Bytes to characters: which encoding, on what evidence, with which notes."""

from __future__ import annotations

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.sources.characters import remarks, whole
from onrecord.sources.encoding import Decoded, decode
from onrecord.sources.reading import Declined

FRENCH = "Ada Roe : L’été dernier, nous n’avons pas été reçus à la frontière. « Où êtes-vous ? » Très bien.\n"
GERMAN = "Präsidentin Ada Roe: Wir müssen über die Zölle für Stahl sprechen, und zwar möglichst früh.\n"
SPANISH = "Ada Roe: ¿Cuándo llegará el señor ministro? El año próximo habrá más información.\n"
POLISH = "Ada Roe: Pańska łódź jest już gotowa, więc możemy płynąć dalej w stronę południa.\n"
PLAIN_RUSSIAN = "Ада Роу: Мы обсудили все вопросы, но соглашения пока нет. Ёлка уже стоит, ответил он.\n"
RUSSIAN = "Ада Роу: Мы обсудили все вопросы, но соглашения пока нет. Ёлка. «Да», — ответил он.\n"

GUESSED = [
    (FRENCH, "cp1252"),
    (FRENCH, "mac_roman"),
    (FRENCH.replace("’", "'"), "cp850"),
    (GERMAN, "cp1252"),
    (SPANISH, "cp1252"),
    (POLISH, "cp1250"),
    (RUSSIAN, "cp1251"),
    (PLAIN_RUSSIAN, "koi8-r"),
    (PLAIN_RUSSIAN, "iso8859-5"),
    (PLAIN_RUSSIAN, "cp866"),
    (RUSSIAN, "mac_cyrillic"),
    ("Ada Roe: Dobrý večer. Dnes jsme projednali všechny otázky, řekl ministr.\n", "cp1250"),
    ("Ada Roe: İyi akşamlar. Bugün bütün konuları görüştük, değil mi?\n", "cp1254"),
    ("Ada Roe: Boa noite, não há razão; as eleições são já amanhã.\n", "cp1252"),
    ("Άντα Ρόου: Καλησπέρα σας. Συζητήσαμε όλα τα θέματα σήμερα.\n", "cp1253"),
    ("Ada Roe: The tariff rose from £8 to £12 within the year.\n", "cp1252"),
    ("Ada Roe: “That’s not – I repeat, not… – agreed,” she said.\n", "cp1252"),
    ("Ada Roe: “That’s not – I repeat, not… – agreed,” she said.\n", "mac_roman"),
    (FRENCH, "utf-16-le"),
    (FRENCH, "utf-16-be"),
    (RUSSIAN, "utf-16-le"),
    (FRENCH, "utf-32-le"),
    (FRENCH, "utf-32-be"),
]


@pytest.mark.parametrize(("text", "encoding"), GUESSED, ids=lambda value: value[:12])
@pytest.mark.parametrize("copies", [1, 40])
def test_a_legacy_encoding_is_guessed_from_the_letters_and_said(
    text: str, encoding: str, copies: int
) -> None:
    decoded = decode((text * copies).encode(encoding))
    assert decoded.text == text * copies
    assert decoded.notes[0].kind == "encoding"
    assert decoded.encoding.upper() in decoded.notes[0].message.upper()


MARKED = ["utf-8-sig", "utf-16", "utf-32"]


@pytest.mark.parametrize("encoding", MARKED)
def test_a_byte_order_mark_is_obeyed_and_not_kept(encoding: str) -> None:
    decoded = decode(FRENCH.encode(encoding))
    assert (decoded.text, decoded.notes) == (FRENCH, ())


def test_japanese_in_seven_bits_is_told_by_its_escape_sequences() -> None:
    text = "市長: 港は開いています。\n"
    decoded = decode(text.encode("iso2022_jp"))
    assert (decoded.text, decoded.encoding) == (text, "iso2022_jp")
    assert "guessed from its escape sequences" in decoded.notes[0].message


def test_valid_utf8_wins_over_a_declaration_which_is_reported() -> None:
    assert decode(FRENCH.encode(), "iso-8859-1").text == FRENCH
    assert "declared as iso-8859-1" in decode(FRENCH.encode(), "iso-8859-1").notes[0].message
    assert decode(b"plain ASCII", "iso-8859-1").notes == ()


def test_a_fitting_declaration_is_believed() -> None:
    assert decode("Привет".encode("koi8-r"), "koi8-r").text == "Привет"
    assert decode("l’été".encode("cp1252"), "ISO-8859-1").text == "l’été"
    assert decode("日本".encode("shift-jis"), "Shift_JIS").text == "日本"


@pytest.mark.parametrize("charset", ["utf-16", "UTF-16LE", "utf-16-be", "utf-32"])
def test_wide_characters_are_not_declared_in_single_bytes(charset: str) -> None:
    """Whoever could read the declaration read single bytes; two of them taken for one are letters of no language."""
    older = FRENCH.encode("cp1252")
    for data in (older, older[:-1]):  # an even and an odd number of bytes
        assert decode(data, charset).encoding == "cp1252"
    assert decode(FRENCH.encode(), charset) == Decoded(FRENCH, "utf-8")


@pytest.mark.parametrize("charset", ["unicode_escape", "idna", "utf-7", "rot13", "nonsense", "a\0b", ""])
def test_a_declaration_of_no_text_encoding_is_ignored(charset: str) -> None:
    assert decode(FRENCH.encode("cp1252"), charset).encoding == "cp1252"


def test_each_damaged_run_in_utf8_is_one_note_with_its_byte() -> None:
    data = "Été à Nîmes, déjà. ".encode()
    decoded = decode(data + b"\xff\xfe" + data + b"\xe2\x82")
    assert [(note.byte, note.span) for note in decoded.notes] == [
        (len(data), (19, 21)),
        (2 * len(data) + 2, (40, 42)),
    ]
    assert decoded.text[19:21] == decoded.text[40:] == "\ufffd\ufffd"


def test_a_byte_is_the_one_of_the_file_behind_lines_in_an_older_encoding() -> None:
    """Such a line has one byte a letter, and two or three once it is read."""
    before, damaged = "Été à Nîmes.\n".encode() * 3, "Déjà reçu ".encode()
    older = FRENCH.encode("cp1252")
    decoded = decode(before + older + damaged + b"\xff\n" + before)
    assert decoded.text.count(FRENCH) == 1
    assert [note.byte for note in decoded.notes] == [len(before), len(before + older + damaged)]


def test_nothing_is_kept_of_a_document_that_was_guessed() -> None:
    """A process that reads a million files must not hold a piece of each."""
    decode(FRENCH.encode("cp1252"))
    tracemalloc.start()
    try:
        for number in range(50):
            decode(f"{FRENCH * 40}{number}".encode("cp1252"))
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert held < 50_000


def test_damage_without_end_is_counted_not_listed() -> None:
    decoded = decode(("é" * 9).encode() + b"\xffe" * 500 + "é".encode() * 600)
    assert len(decoded.notes) == 101
    assert decoded.notes[-1].message == "500 places are not UTF-8; the first 100 are listed"


@pytest.mark.parametrize("encoding", ["shift_jis", "gb18030", "euc_kr", "euc_jp"])
def test_an_encoding_beyond_our_knowledge_is_declined(encoding: str) -> None:
    text = {
        "euc_jp": "今日はすべての問題を議論しました。",
        "shift_jis": "今日はすべての問題を議論しました。",
        "gb18030": "我们今天讨论了所有问题。",
        "euc_kr": "오늘 모든 문제를 논의했습니다.",
    }
    with pytest.raises(Declined, match="convert it to UTF-8"):
        decode((text[encoding] * 20).encode(encoding))


@pytest.mark.parametrize("data", [bytes(range(256)) * 4, b"\0\1\2\3" * 50, b"\x7fA\x01B" * 30])
def test_binary_data_are_declined(data: bytes) -> None:
    with pytest.raises(Declined, match="binary"):
        decode(data)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_utf8_is_returned_as_it_is(text: str) -> None:
    text = text.lstrip("\ufeff")
    assert decode(text.encode()).text == text


@given(st.binary(max_size=300))
def test_any_bytes_are_decoded_or_declined(data: bytes) -> None:
    try:
        decoded = decode(data)
    except Declined:
        return
    decoded.text.encode("utf-8")
    for note in decoded.notes:
        if note.span is not None:
            assert set(decoded.text[slice(*note.span)]) == {"\ufffd"}
        if note.byte is not None:
            assert 0 <= note.byte < len(data)


UNSEEN = [
    (
        "Ro\u200be\u00ad: no",
        "invisible",
        "2 invisible characters (U+00AD, U+200B), the first at character 2",
        (2, 3),
    ),
    ("a\x1b[2Jb", "control", "1 control character (U+001B), the first at character 1", (1, 2)),
    ("a\x9b31m", "control", "1 control character (U+009B), the first at character 1", (1, 2)),
    (
        "a\u202eb",
        "direction",
        "1 character that turns the direction of writing (U+202E), the first at character 1",
        (1, 2),
    ),
    ("no\0w", "nul", "a zero byte (NUL) at character 2", (2, 3)),
    (
        "a\ue000\ufffe",
        "private",
        "2 characters without an agreed meaning (U+E000, U+FFFE), the first at character 1",
        (1, 2),
    ),
    (
        "Roe\ufe55 no",
        "look_alike",
        "1 sign that looks like a colon and is none (U+FE55), the first at character 3",
        (3, 4),
    ),
]


@pytest.mark.parametrize(("text", "kind", "message", "span"), UNSEEN)
def test_unseen_characters_are_reported(text: str, kind: str, message: str, span: tuple[int, int]) -> None:
    assert remarks(text) == ((kind, message, None, span),)


@pytest.mark.parametrize(
    "text", ["one\ttwo\r\nthree\x0b\x0c\x85\u2028", "« Non »\u202f!\u00a0", "❤️", "e\u0301"]
)
def test_ordinary_characters_are_not(text: str) -> None:
    assert remarks(text) == ()


def test_many_zero_bytes_are_capped() -> None:
    assert [note.message for note in remarks("a\0" * 150)][
        -1
    ] == "150 zero bytes (NUL); the first 100 are listed"


def test_half_characters_are_replaced() -> None:
    text, noted = whole("no \ud83d deal")
    assert text == "no \ufffd deal"
    assert noted[0].span == (3, 4)
