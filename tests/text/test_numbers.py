"""Numbers: `expected` lists "printed = kind value [low–high] [unit] certainty" for each number."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.text.dates import dates
from onrecord.text.digits import less, plain, shift
from onrecord.text.numbers import Number, numbers
from onrecord.text.vocabulary import vocabulary

EXAMPLES = [
    # figures
    ("fr", "1 234,5", ["1 234,5 = cardinal 1234.5 certain"]),
    ("fr", "1\u202f234\u00a0habitants", ["1\u202f234 = cardinal 1234 certain"]),
    (
        "fr",
        "1.234,56 et 12.500.000",
        ["1.234,56 = cardinal 1234.56 certain", "12.500.000 = cardinal 12500000 certain"],
    ),
    ("fr", "1,000 hommes", ["1,000 = cardinal 1 1–1000 ambiguous"]),  # an English thousand or a French one?
    ("fr", "0,125", ["0,125 = cardinal 0.125 certain"]),
    ("en", "1,234.5 and 1,000", ["1,234.5 = cardinal 1234.5 certain", "1,000 = cardinal 1000 certain"]),
    ("de", "1’234 und 1.234", ["1’234 = cardinal 1234 certain", "1.234 = cardinal 1234 certain"]),
    ("ar", "١٬٢٣٤٫٥", ["١٬٢٣٤٫٥ = cardinal 1234.5 certain"]),
    ("fr", "en 2025 300 soldats", ["2025 = cardinal 2025 certain", "300 = cardinal 300 certain"]),
    ("fr", "007", ["007 = cardinal 7 certain"]),
    ("fr", "il fait -5 ou −6", ["-5 = cardinal -5 likely", "−6 = cardinal -6 certain"]),
    # what is no number
    ("en", "open 24/7, split 50/50, on 9/11", ["9/11 = fraction 9/11 ambiguous"]),
    ("fr", "F-16, S300, G7, 4G, 13:45, 15/08/2025, 10.0.0.1", []),
    # words
    ("fr", "quatre-vingt-dix-sept", ["quatre-vingt-dix-sept = cardinal 97 certain"]),
    ("fr", "quatre vingt dix sept", ["quatre vingt dix sept = cardinal 97 certain"]),
    (
        "fr",
        "soixante et onze, septante et un",
        ["soixante et onze = cardinal 71 certain", "septante et un = cardinal 71 certain"],
    ),
    ("fr", "deux cent trente-cinq mille six", ["deux cent trente-cinq mille six = cardinal 235006 certain"]),
    ("fr", "un accord neuf", ["neuf = cardinal 9 ambiguous"]),
    ("en", "five and six", ["five = cardinal 5 certain", "six = cardinal 6 certain"]),
    ("en", "two hundred and five", ["two hundred and five = cardinal 205 certain"]),
    ("en", "a million, one of them", ["a million = cardinal 1000000 certain", "one = cardinal 1 ambiguous"]),
    ("en", "nineteen hundred", ["nineteen hundred = cardinal 1900 certain"]),
    ("de", "einundzwanzig", ["einundzwanzig = cardinal 21 certain"]),
    (
        "de",
        "Zweihundertfünfunddreißigtausend",
        ["Zweihundertfünfunddreißigtausend = cardinal 235000 certain"],
    ),
    ("de", "zweihundert Millionen", ["zweihundert Millionen = cardinal 200000000 certain"]),
    ("de", "ein Hundertmeterlauf", []),
    ("es", "treinta y dos mil quinientos", ["treinta y dos mil quinientos = cardinal 32500 certain"]),
    ("es", "cinco mil millones de euros", ["cinco mil millones de euros = money 5000000000 EUR certain"]),
    ("ru", "двумстам тридцати пяти", ["двумстам тридцати пяти = cardinal 235 certain"]),
    (
        "ru",
        "девятьсот девяносто девять миллионов девятьсот девяносто девять тысяч девятьсот девяносто девять",
        [
            "девятьсот девяносто девять миллионов девятьсот девяносто девять тысяч девятьсот девяносто девять"
            " = cardinal 999999999 certain"
        ],
    ),
    # ordinals, fractions, multipliers, rough numbers
    (
        "fr",
        "le 1er, la 21e, le deuxième",
        ["1er = ordinal 1 certain", "21e = ordinal 21 certain", "deuxième = ordinal 2 certain"],
    ),
    ("en", "the 21st, twenty-first", ["21st = ordinal 21 certain", "twenty-first = ordinal 21 certain"]),
    ("en", "a second", ["second = ordinal 2 ambiguous"]),
    (
        "fr",
        "la moitié, deux tiers, 3/4, ½",
        [
            "moitié = fraction 1/2 certain",
            "deux tiers = fraction 2/3 certain",
            "3/4 = fraction 3/4 likely",
            "½ = fraction 1/2 certain",
        ],
    ),
    ("en", "twice, 3 times", ["twice = multiplier 2 certain", "3 times = multiplier 3 certain"]),
    (
        "fr",
        "une dizaine, des centaines, environ 500",
        [
            "dizaine = approximate 10 likely",
            "centaines = approximate 100– likely",
            "500 = approximate 500 certain",
        ],
    ),
    # percent and money
    (
        "fr",
        "20\u00a0%, vingt pour cent",
        ["20\u00a0% = percent 20 % certain", "vingt pour cent = percent 20 % certain"],
    ),
    (
        "fr",
        "5 millions d’euros, 3 Md€",
        ["5 millions d’euros = money 5000000 EUR certain", "3 Md€ = money 3000000000 EUR certain"],
    ),
    (
        "en",
        "$5bn, US$5 million, EUR 7",
        [
            "$5bn = money 5000000000 $ certain",
            "US$5 million = money 5000000 $ certain",
            "EUR 7 = money 7 EUR certain",
        ],
    ),
    ("de", "3 Mrd. Euro", ["3 Mrd. Euro = money 3000000000 EUR certain"]),
    ("ru", "3,5 млрд рублей", ["3,5 млрд рублей = money 3500000000 RUB certain"]),
    ("it", "5 milioni di euro", ["5 milioni di euro = money 5000000 EUR certain"]),
    # ranges and spoken lists
    ("fr", "de 10 à 15 %", ["10 à 15 % = range 10–15 % likely"]),
    (
        "fr",
        "entre 5 et 7; 5 et 7",
        ["5 et 7 = range 5–7 certain", "5 = cardinal 5 certain", "7 = cardinal 7 certain"],
    ),
    (
        "en",
        "5–7, 5 to 7 million",
        ["5–7 = range 5–7 likely", "5 to 7 million = range 5000000–7000000 likely"],
    ),
    ("en", "2024-25", ["2024 = cardinal 2024 certain", "25 = cardinal 25 certain"]),
    ("fr", "5, 6, 7 000 hommes", ["5, 6, 7 000 = list 5000–7000 ambiguous"]),
    ("fr", "cinq, six, sept mille", ["cinq, six, sept mille = list 5000–7000 ambiguous"]),
    ("en", "5, 6, 7,000", ["5, 6, 7,000 = list 5000–7000 ambiguous"]),
    (
        "fr",
        "9, 3, 7 000",
        ["9 = cardinal 9 certain", "3 = cardinal 3 certain", "7 000 = cardinal 7000 certain"],
    ),
]


@pytest.mark.parametrize(("language", "text", "expected"), EXAMPLES)
def test_numbers(language: str, text: str, expected: list[str]) -> None:
    assert [_shown(text, number) for number in numbers(text, language)] == expected


def _shown(text: str, number: Number) -> str:
    bounds = "" if number.low is None and number.high is None else f"{number.low}–{number.high or ''}"
    parts = [number.kind, number.value, bounds, number.unit or "", number.certainty]
    return f"{text[number.start : number.end]} = {' '.join(part for part in parts if part)}"


@pytest.mark.parametrize("value", range(0, 1000, 7))
def test_german_compounds_read_back(value: int) -> None:
    if word := _german(value):
        assert [n.value for n in numbers(f"Es sind {word}.", "de")] == [str(value)]


def _german(value: int) -> str:
    units = ["", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"]
    tens = ["", "", "zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"]
    hundreds, rest = divmod(value, 100)
    ten, unit = divmod(rest, 10)
    if rest < 20 or not unit:
        return ""
    return (f"{units[hundreds]}hundert" if hundreds else "") + f"{units[unit]}und{tens[ten]}"


def test_uncertain_numbers_say_why() -> None:
    assert numbers("1,000 hommes", "fr")[0].reasons == ("comma of decimals or of thousands",)
    assert "3 numbers" in numbers("5, 6, 7 000", "fr")[0].reasons[0]


@pytest.mark.parametrize("language", [None, "tlh"])
def test_an_unknown_language_still_has_figures(language: str | None) -> None:
    found = numbers("1.234, 1,234.5 and 20 %", language)
    assert [(n.value, n.certainty) for n in found] == [
        ("1.234", "ambiguous"),
        ("1234.5", "certain"),
        ("20", "certain"),
    ]


def test_slices_keep_the_offsets_of_the_whole_text() -> None:
    assert [n[:2] for n in numbers("12 mai, 34 et 56", "fr", 7, 11)] == [(8, 10)]


def test_one_scan_serves_numbers_and_dates() -> None:
    text = "Le 3 mai, vers vingt-deux heures, un tiers des deux mille ponts, une fois."
    hits = vocabulary("fr").scan(text)
    assert numbers(text, "fr", hits=hits) == numbers(text, "fr")
    assert dates(text, "fr", hits=hits) == dates(text, "fr")


def test_a_million_digits_are_kept_as_text() -> None:
    (number,) = numbers("9" * 1_000_000, "en")
    assert number.value == "9" * 1_000_000


@given(st.decimals(0, 10**12, allow_nan=False, places=3), st.integers(0, 9))
def test_decimals_are_exact(value: object, zeros: int) -> None:
    from decimal import Decimal

    assert isinstance(value, Decimal)
    assert Decimal(shift(plain(str(value)), zeros)) == value.scaleb(zeros)
    assert less(plain(str(value)), plain(str(value + 1)))


PIECES = [
    "12",
    "1 000",
    "3,5",
    " ",
    ", ",
    "-",
    "–",
    "cent",
    "deux",
    " et ",
    "mille",
    "%",
    "$",
    "/",
    ".",
    "à",
    "½",
    "x",
]


@given(st.lists(st.sampled_from(PIECES)), st.sampled_from(["fr", "en", "de", "ru"]))
def test_numbers_lie_in_order_in_the_text(pieces: list[str], language: str) -> None:
    text = "".join(pieces)
    at = 0
    for number in numbers(text, language):
        assert at <= number.start < number.end <= len(text)
        assert number.value or number.low
        at = number.end


@pytest.mark.parametrize(
    "text",
    [
        "1," * 50_000,
        "a.a." * 50_000,
        "« dit-il, " * 20_000,
        "9" * 1_000_000,
        "1 000 " * 20_000,
        "1, 2, " * 20_000,
        "cent mille " * 20_000,
        "tausend" * 20_000,
        "1-" * 50_000,
        "5 à " * 20_000,
    ],
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    began = time.process_time()
    for language in ("fr", "de"):
        numbers(text, language)
    assert time.process_time() - began < 6
