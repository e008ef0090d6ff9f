"""What packages add: the worked example as it is installed, and every way in which a package can be unusable."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.lexicon import _check, _join, building

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "onrecord-example-plugin"


def installed(folder: Path, points: dict[str, dict[str, str]], name: str = "onrecord-example-plugin") -> str:
    """A folder of packages with the metadata that an installer writes from a `pyproject.toml`."""
    metadata = folder / f"{name.replace('-', '_')}-1.0.dist-info"
    metadata.mkdir(parents=True)
    (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    lines = [
        f"[{group}]\n" + "".join(f"{k} = {v}\n" for k, v in them.items()) for group, them in points.items()
    ]
    (metadata / "entry_points.txt").write_text("\n".join(lines))
    return str(folder)


@pytest.fixture(scope="module")
def with_example(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The path on which the example stands installed."""
    project = tomllib.loads((EXAMPLE / "pyproject.toml").read_text("utf-8"))["project"]
    folder = tmp_path_factory.mktemp("site")
    return os.pathsep.join([installed(folder, project["entry-points"]), str(EXAMPLE / "src")])


def run(path: str, *program: str, **more: str) -> subprocess.CompletedProcess[str]:
    """A fresh Python that sees the packages of a path."""
    env = {**os.environ, "PYTHONPATH": path, **more}
    return subprocess.run(
        [sys.executable, *program], capture_output=True, text=True, env=env, check=False, encoding="utf-8"
    )


def read(path: str, file: Path, **more: str) -> dict[str, object]:
    """The record of a file as JSON, read with the packages of a path."""
    answer = run(path, "-m", "onrecord", "read", str(file), "--json", **more)
    assert answer.returncode == 0, answer.stderr
    record: dict[str, object] = json.loads(answer.stdout)
    return record


BULLETIN = """Bulletin of the harbour

Castle » We leave the pier open.
Brask » Until the spring, and no longer.
Castle » The talks lasted TK hours, as everybody could see for himself.
Brask » They did, and we agreed on nothing but the next day.
Castle » Then we meet again.
Brask » We do.
"""
SHORTHAND = (
    "%SHORTHAND 1\n@Ines Rivers\nWe leave the pier open.\nUntil the spring.\n@Danil Korvat\nAnd no longer.\n"
)
OFFICES = "Wharfinger: The quay is shut.\nHarbourmaster Lind: Since when?\nWharfinger: Since noon.\n"


def refused(path: str, file: Path, offer: str) -> str:
    """The one line in which a run with the packages of a path ends, and which names the offer that ends it."""
    answer = run(path, "-m", "onrecord", "read", str(file))
    assert answer.returncode == 2, answer.stderr
    assert f'"{offer}" of the package acme 1.0 cannot be used' in answer.stderr
    assert answer.stderr.count("\n") == 1
    return answer.stderr


def lexicon(folder: Path, module: str, language: str) -> Path:
    """The folder of a language in a package of words, which is made."""
    (folder / module / language).mkdir(parents=True)
    (folder / module / "__init__.py").write_text("")
    return folder / module / language


def speakers(record: dict[str, object]) -> list[str]:
    """Who speaks, turn by turn."""
    names = {person["id"]: person["name"] for person in record["people"]}  # type: ignore[attr-defined]
    return [names.get(turn["speaker"], "?") for turn in record["turns"]]  # type: ignore[attr-defined]


def test_a_reader_brings_its_format(with_example: str, tmp_path: Path) -> None:
    file = tmp_path / "notes.hb"
    file.write_text(SHORTHAND, "utf-8")
    record = read(with_example, file)
    source = record["sources"][0]  # type: ignore[index]
    assert (source["reader"], source["media_type"]) == ("shorthand 1", "text/x-shorthand")
    assert speakers(record) == ["Ines Rivers", "Danil Korvat"]


def test_a_reader_that_declines_says_why(with_example: str, tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_bytes(SHORTHAND.encode() + b"Caf\xe9\n")
    answer = run(with_example, "-m", "onrecord", "read", str(file), "--json")
    assert answer.returncode == 65
    assert "shorthand: shorthand is UTF-8, and byte 100 is not" in answer.stderr


def test_a_convention_is_told_from_the_text(with_example: str, tmp_path: Path) -> None:
    file = tmp_path / "bulletin.txt"
    file.write_text(BULLETIN, "utf-8")
    record = read(with_example, file)
    assert record["sources"][0]["layout"]["convention"] == "guillemet"  # type: ignore[index]
    assert speakers(record) == ["Castle", "Brask"] * 3
    without = read("", file)
    assert without["sources"][0]["layout"]["convention"] is None  # type: ignore[index]


def test_a_check_flags_and_is_named(with_example: str, tmp_path: Path) -> None:
    file = tmp_path / "bulletin.txt"
    file.write_text(BULLETIN, "utf-8")
    found = [(flag["text"], flag["rule"]) for flag in read(with_example, file)["flags"]]  # type: ignore[attr-defined]
    assert ("TK", "to-come") in found


def test_words_are_joined_to_ours(with_example: str) -> None:
    program = (
        "from onrecord.structure.labels import parse\n"
        "print([(parse(one) and parse(one).parts.kind) for one in ('Wharfinger', 'Chair', 'Quay Harbourmaster')])"
    )
    assert run(with_example, "-c", program).stdout == "['office', 'office', 'office']\n"
    assert "'office', 'office', 'office'" not in run("", "-c", program).stdout


ESPERANTO = """
[language]
name = "Esperanto"
script = "latin"
function_words = "la de en kaj al ke por estas kun ne mi vi ni ili tiu kiu sed pri el"
letters = "ĉĝĥĵŝŭ"
endings = "ojn ajn anto"
elisions = ""
[sentences]
never_end = "s-ro"
abbreviations = "k.t.p"
openers = "la ni mi"
before_number = ""
lettered = ""
"""


def test_a_language_can_be_added(tmp_path: Path) -> None:
    path = installed(tmp_path / "site", {"onrecord.lexicons": {"tongue": "acme_tongue"}}, "acme")
    (lexicon(tmp_path / "site", "acme_tongue", "eo") / "text.toml").write_text(ESPERANTO, "utf-8")
    file = tmp_path / "haveno.txt"
    file.write_text(
        "Lind: Ni ne fermas la havenon, kaj mi estas kun vi en tiu afero.\n"
        "Brask: Mi dankas al vi, sed la demando pri la insuloj estas por ni ĉiuj malfacila.\n",
        "utf-8",
    )
    assert read(path, file)["sources"][0]["language"] == "eo"  # type: ignore[index]
    assert read("", file)["sources"][0]["language"] != "eo"  # type: ignore[index]


WORDS = st.dictionaries(
    st.sampled_from("abc"),
    st.recursive(
        st.sampled_from(["one", "two", "a b | c"]) | st.lists(st.integers()) | st.integers(),
        lambda inner: st.dictionaries(st.sampled_from("abc"), inner),
    ),
)


def leaves(data: dict[str, Any], at: str = "") -> dict[str, Any]:
    """Every value of a data file by its path."""
    found: dict[str, Any] = {}
    for key, value in data.items():
        found |= leaves(value, f"{at}.{key}") if isinstance(value, dict) else {f"{at}.{key}": value}
    return found


@given(WORDS, WORDS)
def test_joining_only_adds(ours: dict[str, Any], theirs: dict[str, Any]) -> None:
    before = leaves(deepcopy(ours))
    try:
        _join(ours, deepcopy(theirs))
    except ValueError:  # refused as a whole: the error ends the run
        return
    after = leaves(ours)
    for at, value in before.items():
        if isinstance(value, (str, list)):
            assert after[at][: len(value)] == value
        else:
            assert after[at] == value
    assert leaves(theirs).keys() <= after.keys()


def test_a_format_is_listed_and_written(with_example: str, tmp_path: Path) -> None:
    file = tmp_path / "bulletin.txt"
    file.write_text(BULLETIN, "utf-8")
    answer = run(with_example, "-m", "onrecord", "export", str(file), "--to", "bibtex")
    assert answer.stdout.startswith("@misc{onrecord-")
    assert "bibtex" in run(with_example, "-m", "onrecord", "export", str(file), "--to", "none").stderr


def test_the_example_s_rule_keeps_its_own_examples(with_example: str) -> None:
    program = (
        "from onrecord.integrity import find_flags; from onrecord.spans import Text\n"
        "from onrecord_harbour.check import TO_COME as rule\n"
        "for one in (rule.example, rule.counter):\n"
        "    text = one.text.replace('⟦', '').replace('⟧', '')\n"
        "    print([flag.text for flag in find_flags(Text(text), one.language) if flag.rule == 'to-come'])"
    )
    assert run(with_example, "-c", program).stdout == "['TK']\n[]\n"


def test_a_record_says_that_more_was_known(with_example: str, tmp_path: Path) -> None:
    file = tmp_path / "plain.txt"
    file.write_text("Castle: Good evening.\nBrask: Good evening.\n", "utf-8")

    def digest(path: str, **more: str) -> str:
        return str(read(path, file, **more)["tool"]["lexicons"])  # type: ignore[index]

    assert digest(with_example) != digest("") == digest(with_example, ONRECORD_NO_PLUGINS="1")


def test_without_packages_nothing_is_asked_for() -> None:
    """Forty milliseconds of every start would be spent on looking for what is not there."""
    program = (
        "import onrecord.lexicon, sys; onrecord.lexicon.digest(); print('importlib.metadata' in sys.modules)"
    )
    assert run("", "-c", program).stdout == "False\n"


# --------------------------------------------------------------------------------------- packages that are unusable

MODULE = """
from onrecord.integrity.findings import Example, Finding, Rule
from onrecord.sources.readers import Reader
from onrecord.structure.taught import Grammar
text = Example("en", "")
def boom(*_): raise ValueError("boom")
number = 7
raises = Reader("x", boom, boom)
dies = Reader("x", lambda *_: True, boom)
far = Grammar(lambda line: [(0, 2, 999)], "")
strange = Rule("strange", "ugliness", "form", boom, text, text)
outside = Rule("outside", "glued", "form", lambda d: [Finding(0, 999, "minor", "x")], text, text)
explodes = Rule("explodes", "glued", "form", boom, text, text)
"""
UNUSABLE = [
    ("onrecord.readers", "mine", "acme:number", "acme:number is of the type int, not Reader"),
    ("onrecord.readers", "mine", "acme_absent:x", "ModuleNotFoundError: No module named 'acme_absent'"),
    ("onrecord.readers", "mine", "acme:nothing", "AttributeError: "),
    ("onrecord.readers", "html", "acme:dies", "onrecord has one of that name"),
    ("onrecord.readers", "mine", "acme:raises", "ValueError: boom"),
    ("onrecord.conventions", "colon", "acme:far", "onrecord has one of that name"),
    ("onrecord.conventions", "mine", "acme:far", "(0, 2, 999) is no place in a line of"),
    ("onrecord.checks", "mine", "acme:strange", "'ugliness' is none of glued, "),
    ("onrecord.checks", "mine", "acme:outside", "[0, 999) does not lie in the text"),
    ("onrecord.checks", "mine", "acme:explodes", "ValueError: boom"),
    ("onrecord.lexicons", "mine", "acme_words", "en/labels.toml: "),
    ("onrecord.lexicons", "mine", "acme:number", "is of the type int, not module"),
    ("onrecord.lexicons", "mine", "acme", "acme is a module, not a folder of files"),
    ("onrecord.lexicons", "mine", "acme_tongue", "the language eo has no text.toml"),
]


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("fr/acts.toml", "[words]\nwe = 5", "words.we is a number, and text in onrecord"),
        ("fr/acts.toml", "[words]\nnever_heard_of = 5", "words.never_heard_of is a number, and text"),
        ("en/integrity.toml", "verbs = 5", "verbs is a number, and a table"),
        ("en/integrity.toml", "names_behind = [5]", "names_behind is a number, and a table in onrecord"),
        ("eo/text.toml", "language = 3", "language is a number, and a table"),
        ("eo/text.toml", "", "language.elisions is missing"),
        ("eo/text.toml", '[language]\nname = "x"', "language.elisions is missing"),
    ],
)
def test_words_of_another_shape_are_named(name: str, text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        _check(name, tomllib.loads(text))


@pytest.mark.parametrize(("group", "name", "value", "why"), UNUSABLE)
def test_a_package_that_cannot_be_used_is_named(
    group: str, name: str, value: str, why: str, tmp_path: Path
) -> None:
    path = installed(tmp_path / "site", {group: {name: value}}, "acme")
    (tmp_path / "site" / "acme.py").write_text(MODULE)
    lexicon(tmp_path / "site", "acme_tongue", "eo")
    (lexicon(tmp_path / "site", "acme_words", "en") / "labels.toml").write_text("offices = [7]\n")
    file = tmp_path / "plain.txt"
    file.write_text("Castle: Good evening.\nBrask: Good evening.\n", "utf-8")
    assert why in refused(path, file, name)


ENTRIES = [
    ("en/text.toml", '[numbers]\ncardinals = "twenty-odd score"', "'twenty-odd'"),
    ("en/text.toml", '[dates]\nweekdays = "first washday"', "'first'"),
    ("en/text.toml", '[dates]\nday_words = "ides the_ides"', "'ides'"),
    ("en/quotes.toml", '[verbs]\nthat = "zz:mumbl"', "'zz'"),
    ("en/quotes.toml", '[irregular]\nrows = "besing | besings | besung"', "“besing” has 2 forms and not 4"),
    ("en/quotes.toml", '[words]\nprefix_sources = "…"', "“…” has no word"),
]


@pytest.mark.parametrize(("name", "text", "entry"), ENTRIES)
def test_an_entry_that_cannot_be_read_is_named(name: str, text: str, entry: str, tmp_path: Path) -> None:
    path = installed(tmp_path / "site", {"onrecord.lexicons": {"mine": "acme_words"}}, "acme")
    extra = '\n[verbs]\nthat = "besing"' if "besing" in text else ""
    (lexicon(tmp_path / "site", "acme_words", "en").parent / name).write_text(text + extra, "utf-8")
    file = tmp_path / "plain.txt"
    file.write_text("The mayor said on Friday: “We will open the harbour on 3 May.”\n", "utf-8")
    said = refused(path, file, "mine")
    assert f"cannot be used ({name}: " in said and entry in said


def test_an_entry_of_ours_that_cannot_be_read_is_our_fault() -> None:
    with pytest.raises(KeyError, match="ides"), building("en", "text"):
        raise KeyError("ides")


def test_a_reader_that_fails_takes_one_document_with_it(tmp_path: Path) -> None:
    path = installed(tmp_path / "site", {"onrecord.readers": {"mine": "acme:dies"}}, "acme")
    (tmp_path / "site" / "acme.py").write_text(MODULE)
    file = tmp_path / "plain.txt"
    file.write_text("Castle: Good evening.\n", "utf-8")
    said = refused(path, file, "mine")
    assert "ValueError: boom" in said and "report" not in said


def test_two_packages_with_one_name_are_told(tmp_path: Path) -> None:
    points = {"onrecord.exports": {"same": "acme:number"}}
    one = installed(tmp_path / "one", {"onrecord.checks": {"same": "acme:outside"}}, "acme")
    (tmp_path / "one" / "acme.py").write_text(MODULE)
    two = installed(tmp_path / "two", {**points, "onrecord.checks": {"same": "acme:outside"}}, "rival")
    file = tmp_path / "plain.txt"
    file.write_text("Castle: Good evening.\nBrask: Good evening.\n", "utf-8")
    answer = run(os.pathsep.join([one, two]), "-m", "onrecord", "read", str(file))
    assert answer.returncode == 2
    assert "acme 1.0" in answer.stderr and "rival 1.0" in answer.stderr
