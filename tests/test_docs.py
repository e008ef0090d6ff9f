"""The pages say what is so: commands, links, numbers, fields and examples are held against the program."""

from __future__ import annotations

import doctest
import importlib
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

import msgspec
import pytest
from evals import floors, table
from evals.baselines import table as beside
from evals.rows import COLUMNS
from evals.stages import STAGES

from onrecord import model

ROOT = Path(__file__).resolve().parent.parent
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
FORMAT = (ROOT / "docs" / "record-format.md").read_text("utf-8")


def page(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


# ------------------------------------------------------------------------------------------ every page


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)[^)\s]*\)", path.read_text("utf-8"))
    inside = [target for target in targets if not re.match(r"[a-z]+:", target)]
    assert [target for target in inside if not (path.parent / target).exists()] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_commands_of_make_exist(path: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", page("Makefile"), re.MULTILINE))
    used = set(re.findall(r"(?:`|^)make ([a-z]+)", path.read_text("utf-8"), re.MULTILINE))
    assert used - targets == set()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_commands_of_onrecord_exist(path: Path) -> None:
    from onrecord.cli import main

    used = re.findall(r"(?:`|bin/)onrecord ([a-z]+)((?: [^`#\n]*)?)", path.read_text("utf-8"), re.MULTILINE)
    commands: dict[str, Any] = main.verbs()
    for verb, arguments in used:
        assert verb in commands, f"onrecord {verb}"
        known = {option for parameter in commands[verb].params for option in parameter.opts}
        assert set(re.findall(r"(?<!\S)--[a-z-]+", arguments)) - known == set(), f"onrecord {verb}{arguments}"


# --------------------------------------------------------------------------------------------- README


@pytest.mark.parametrize("path", table.PAGES, ids=lambda path: path.name)
def test_numbers_are_the_measured_ones(path: Path) -> None:
    words = path.read_text("utf-8")
    assert words == table.filled(words, table.PAGES[path](floors.load())), "run: python -m evals --table"


def test_others_stand_beside_the_figures_of_this_release() -> None:
    words = beside.PAGE.read_text("utf-8")
    now = table.filled(words, beside.complete(floors.load()), beside.BEGIN, beside.END)
    assert words == now, "run: python -m evals --table"


def test_two_commands_do_everything() -> None:
    assert re.findall(r"^make (\w+)", page("README.md"), re.MULTILINE) == ["demo", "test"]
    assert 'make --no-print-directory VENV="$VENV" test' in page(".ci/run")


# ------------------------------------------------------------------------------------ docs/design.md


def test_the_picture_shows_what_is_there() -> None:
    """Both ways: nothing drawn that is not built, no room built that is not drawn."""
    picture = page("docs/design.md").split("```")[1]
    drawn = re.findall(r"^  (\w+(?:\.py|/))", picture, re.MULTILINE)
    source = ROOT / "src" / "onrecord"
    assert [name for name in drawn if not (source / name).exists()] == []
    built = {path.name for path in source.glob("*.py")} | {
        f"{path.parent.name}/" for path in source.glob("*/*.*")
    }
    assert built - set(drawn) - {"__main__.py", "__pycache__/", "onrecord/"} == set()


def test_every_library_is_accounted_for() -> None:
    """Both ways: nothing declared without its reason, no reason for what is not declared (or brought along)."""
    project = tomllib.loads(page("pyproject.toml"))
    extras = project["project"]["optional-dependencies"]
    lines = [*project["project"]["dependencies"], *(line for lines in extras.values() for line in lines)]
    stands_on = page("docs/design.md").split("## What we stand on")[1]
    rows = re.findall(r"^\| (\S+)[^|]* \| [^|]{20,} \| (.+) \|$", stands_on, re.MULTILINE)
    assert {name for name, where in rows if "vendor" not in where} == names(lines) - {"onrecord"}
    assert set(re.findall(r"\*\*([\w-]+)\*\*", stands_on)) == names(project["dependency-groups"]["dev"]) - {
        name for name, _ in rows
    }
    places = [place for _, where in rows for place in re.findall("`(.+)`", where)]
    assert [place for place in places if not (ROOT / "src" / "onrecord" / place).exists()] == []


def names(requirements: list[str]) -> set[str]:
    """The distributions that lines of requirements name."""
    return {re.split(r"[<>=\[; ]", line)[0].lower() for line in requirements}


# -------------------------------------------------------------------------------- docs/evaluation.md


def test_every_column_is_explained() -> None:
    rows = re.findall(r"^\| (\S+) \| (.+?) \| (\w*) ?\|$", page("docs/evaluation.md"), re.MULTILINE)
    written = {title: (meaning, better or None) for title, meaning, better in rows}
    for column in COLUMNS.values():
        assert written[column.title] == (column.meaning, column.better)


def test_every_stage_is_listed() -> None:
    rows = page("docs/evaluation.md").split("## Stages")[1].split("## Columns")[0]
    assert re.findall(r"^\| (\w+) \|", rows, re.MULTILINE)[1:] == list(STAGES)


# ------------------------------------------------------------------------------ docs/record-format.md

STRUCTS = [
    thing
    for thing in vars(model).values()
    if isinstance(thing, type) and issubclass(thing, model.Struct) and thing is not model.Struct
]


@pytest.mark.parametrize("struct", STRUCTS, ids=lambda struct: struct.__name__)
def test_every_field_is_explained(struct: type[msgspec.Struct]) -> None:
    names = {field.encode_name for field in msgspec.structs.fields(struct)}
    assert {name for name in names if f"`{name}`" not in FORMAT} == set()


def test_every_word_of_the_vocabulary_is_explained() -> None:
    """Kinds of flags and of differences explain themselves to a reader and are left to the schema."""
    words = {
        word for struct in STRUCTS for name in get_type_hints(struct) for word in vocabulary(struct, name)
    }
    explained = set(re.findall(r"`([a-z_]+)`", FORMAT))
    assert words - explained == set()


def vocabulary(struct: type, field: str) -> Iterator[str]:
    """The words that a field may hold."""
    if (struct.__name__, field) not in {("Flag", "kind"), ("Difference", "kind")}:
        yield from literals(get_type_hints(struct)[field])


def literals(hint: Any) -> Iterator[str]:
    """The words of every `Literal` in a type."""
    if get_origin(hint) is Literal:
        yield from get_args(hint)
    elif get_origin(hint) in {tuple, list, UnionType} or get_args(hint):
        for part in get_args(hint):
            yield from literals(part)


def test_the_example_is_true(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from onrecord.record import encode, read_source
    from onrecord.sources import open_path

    words = re.findall(r"```text\n(.+?)```", FORMAT, re.DOTALL)[0]
    shown = json.loads(re.findall(r"```json\n(.+?)```", FORMAT, re.DOTALL)[0])
    monkeypatch.chdir(tmp_path)
    Path("quay.txt").write_text(words, "utf-8")
    made = json.loads(encode(read_source(open_path("quay.txt"))))
    assert list(missing(shown, made)) == []
    for item in shown["marks"]:
        assert words[item["span"][0] : item["span"][1]] == item["text"]


def missing(shown: Any, made: Any, path: str = "record") -> Iterator[str]:
    """Where what a page shows is not in what the program made."""
    if isinstance(shown, dict):
        for key, value in shown.items():
            yield from missing(value, made.get(key), f"{path}.{key}")
    elif isinstance(shown, list) and isinstance(made, list) and len(shown) == len(made):
        for at, (value, found) in enumerate(zip(shown, made, strict=True)):
            yield from missing(value, found, f"{path}[{at}]")
    elif shown != made:
        yield f"{path} is {made!r}, the page shows {shown!r}"


# ---------------------------------------------------------------------------- examples in docstrings

MODULES = sorted(
    ".".join(path.relative_to(base).with_suffix("").parts).removesuffix(".__init__")
    for base, folder in ((ROOT / "src", "onrecord"), (ROOT, "evals"), (ROOT, "benchmarks"))
    for path in (base / folder).rglob("*.py")
    if ">>>" in path.read_text("utf-8")
)


@pytest.mark.parametrize("name", MODULES)
def test_docstrings_hold(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name), optionflags=doctest.NORMALIZE_WHITESPACE)
    assert result.attempted > 0
    assert result.failed == 0
