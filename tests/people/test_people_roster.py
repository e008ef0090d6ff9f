"""The roster: every row holds together, the script still makes it, and the people in the news are found."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.people.names import fold
from onrecord.people.roster import Known, roster

ROOT = Path(__file__).parents[2]
FACTS = Path(os.environ.get("ONRECORD_FACTS", ROOT.parent / "shared" / "data"))
DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def test_every_row_holds_together() -> None:
    rows = roster().rows
    assert [row.id for row in rows] == sorted({row.id for row in rows})
    for row in rows:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row.id), row.id
        assert row.name and row.surname and row.keys and row.surnames, row.id
        assert fold(row.name) in row.keys, row.id
        for office in row.offices:
            assert office.title and office.country, row.id
            assert office.source in ("factbook", "authors") and office.sure in ("certain", "likely"), row.id
            assert DATE.fullmatch(office.start) and DATE.fullmatch(office.seen), (row.id, office)
            assert office.end is None or (DATE.fullmatch(office.end) and office.end >= office.start), (
                row.id,
                office,
            )


def test_the_roster_is_as_wide_as_promised() -> None:
    rows = roster().rows
    posts = {o.country for r in rows for o in r.offices if "foreign minister" in o.title}
    heads = {"United Nations", "NATO", "European Commission", "European Council", "IAEA", "International Monetary Fund",
             "World Bank", "World Health Organization", "OSCE", "World Trade Organization", "African Union Commission",
             "International Criminal Court", "OPEC"}  # fmt: skip
    assert len(posts) >= 25
    assert heads <= {o.country for r in rows for o in r.offices}
    assert sum(row.prominent for row in rows) >= 300
    assert sum("ru" in row.names for row in rows if row.prominent) >= 300


@pytest.mark.skipif(not (FACTS / "leaders.jsonl").is_file(), reason="the World Factbook table is not here")
def test_the_script_makes_the_shipped_file(tmp_path: Path) -> None:
    code = "import sys; sys.path.insert(0, 'scripts'); import roster, pathlib; "
    code += "sys.stdout.buffer.write(roster.render(roster.roster(pathlib.Path(sys.argv[1]))).encode())"
    made = subprocess.run(
        [sys.executable, "-c", code, str(FACTS)], cwd=ROOT, capture_output=True, check=True
    ).stdout
    assert made == (ROOT / "src/onrecord/lexicon/people/roster.jsonl").read_bytes(), (
        "run scripts/roster.py again"
    )


FULL = [
    ("Vladimir Poutine", "vladimir-putin"), ("Wladimir Putin", "vladimir-putin"), ("Владимир Путин", "vladimir-putin"),
    ("Volodymyr Zelensky", "volodymyr-zelenskyy"), ("Wolodymyr Selenskyj", "volodymyr-zelenskyy"),
    ("Володимир Зеленський", "volodymyr-zelenskyy"), ("Sergueï Lavrov", "sergey-lavrov"),
    ("Sergei Lawrow", "sergey-lavrov"), ("Alexandre Loukachenko", "alexander-lukashenko"),
    ("Benyamin Netanyahou", "benjamin-netanyahu"), ("Recep Tayyip Erdogan", "recep-tayyip-erdogan"),
    ("Xi Jinping", "xi-jinping"), ("DONALD J. TRUMP", "donald-trump"), ("Ursula von der Leyen", "ursula-von-der-leyen"),
    ("Iouri Ouchakov", "yuri-ushakov"), ("António Guterres", "antonio-guterres"), ("Viktor Orban", "viktor-orban"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "id"), FULL)
def test_full_names_in_any_language(name: str, id: str) -> None:
    assert [row.id for row in roster().by_full_name(name)] == [id]


def ids(rows: list[Known]) -> list[str]:
    return [row.id for row in rows]


def test_a_surname_alone_may_have_several_bearers() -> None:
    assert {"bill-clinton", "hillary-clinton"} <= set(ids(roster().by_surname("CLINTON")))
    assert ids(roster().by_surname("Poutine")) == ["vladimir-putin"]
    assert roster().by_surname("Xi")[0].id == "xi-jinping"
    assert roster().by_full_name("Zed Nobody") == []


OFFICES = [
    ("president", "Russia", "2025-08-15", ["vladimir-putin"]),
    ("president", "Russia", "2010-01-01", ["dmitry-medvedev"]),
    ("prime minister", "France", "2018-06-01", ["edouard-philippe"]),
    ("prime minister", "United Kingdom", "2018-06-01", ["theresa-may"]),
    ("secretary of state", "United States", "2025-08-15", ["marco-rubio"]),
    ("foreign minister", "Russia", "2018", ["sergey-lavrov"]),
    ("secretary-general", "NATO", "2024-10-02", ["mark-rutte"]),
    ("president", "United States", "1950-01-01", []),
    ("foreign minister", "Russia", "2040-01-01", []),  # nobody has looked yet
]


@pytest.mark.parametrize(("title", "country", "date", "expected"), OFFICES)
def test_who_held_an_office(title: str, country: str, date: str, expected: list[str]) -> None:
    assert ids(roster().held_office(title, country, date)) == expected


CALQUES = [
    ("Atout", "fr", "donald-trump"), ("Triunfo", "es", "donald-trump"), ("Козырь", "ru", "donald-trump"),
    ("Mai", "fr", "theresa-may"), ("Dragons", "en", "mario-draghi"), ("Riz", "fr", "condoleezza-rice"),
    ("Bref", "fr", "sebastian-kurz"), ("Luna", "es", "moon-jae-in"), ("Зрелый", "ru", "nicolas-maduro"),
]  # fmt: skip


@pytest.mark.parametrize(("word", "language", "id"), CALQUES)
def test_words_that_translators_make_of_surnames(word: str, language: str, id: str) -> None:
    assert id in {person for calque in roster().calque(word, language) for person in calque.people}


@pytest.mark.parametrize(("word", "language"), [("Atout", "es"), ("Table", "fr"), ("Vera Lind", "fr")])
def test_words_that_are_no_translated_surname(word: str, language: str) -> None:
    assert roster().calque(word, language) == []


def test_the_table_of_surname_words_is_wide_and_says_something() -> None:
    from onrecord.lexicon import shared

    table = shared("people/surname_words")
    assert len(table) >= 60
    for surname, entry in table.items():
        languages = [key for key in entry if len(key) == 2 and key != "of"]
        assert languages and entry["of"] and entry["sense"], surname
        assert all(fold(word) != fold(surname) for key in languages for word in entry[key].split("|")), (
            surname
        )
