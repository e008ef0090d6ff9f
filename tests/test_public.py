"""What is offered to others: named, documented, and gathered in one place for each room."""

from __future__ import annotations

import ast
import re
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import pytest

SOURCE = Path(__file__).resolve().parent.parent / "src" / "onrecord"
MODULES = sorted(path for path in SOURCE.rglob("*.py") if path.name != "__main__.py")
BANNED = re.compile(r"(?i)helper|utils?$|manager|processor")


class Public(NamedTuple):
    """A public definition and the tree of its body."""

    name: str
    node: ast.ClassDef | ast.FunctionDef


def public(path: Path) -> list[Public]:
    """Public functions, classes, and the public methods of these."""
    found = []
    waiting = [("", node) for node in ast.parse(path.read_text("utf-8")).body]
    while waiting:
        prefix, node = waiting.pop()
        if isinstance(node, (ast.ClassDef, ast.FunctionDef)) and not node.name.startswith("_"):
            found.append(Public(prefix + node.name, node))
            if isinstance(node, ast.ClassDef):
                waiting += [(f"{node.name}.", child) for child in node.body]
    return found


def module_name(path: Path) -> str:
    """The dotted name under which a file is imported."""
    parts = path.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(parts).removesuffix(".__init__")


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_everything_public_says_what_it_is_for(path: Path) -> None:
    silent = [
        name for name, node in public(path) if ast.get_docstring(node) is None and not plain(name, node)
    ]
    assert silent == []


def plain(name: str, node: ast.ClassDef | ast.FunctionDef) -> bool:
    """A method of one statement says what it does by its name."""
    return "." in name and len(node.body) == 1


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_a_module_says_what_it_is_for(path: Path) -> None:
    words = path.read_text("utf-8")
    assert not words.strip() or ast.get_docstring(ast.parse(words))


def test_names_say_what_things_are() -> None:
    names = [f"{module_name(path)}.{name}" for path in MODULES for name, _ in public(path)]
    names += [module_name(path) for path in MODULES]
    assert [name for name in names if BANNED.search(name.rsplit(".", 1)[-1])] == []


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_exports_are_there(path: Path) -> None:
    module = import_module(module_name(path))
    exported = getattr(module, "__all__", [])
    assert len(exported) == len(set(exported))
    assert [name for name in exported if not hasattr(module, name)] == []


def test_every_error_has_its_exit_status_in_the_picture() -> None:
    """The tree in the docstring of `errors.py` is the contract of the command line."""
    errors = import_module("onrecord.errors")
    drawn = dict(re.findall(r"[├└]── (\w+)\s+(\d+)", errors.__doc__ or ""))
    tree = {
        name: thing
        for name, thing in vars(errors).items()
        if isinstance(thing, type) and issubclass(thing, errors.OnrecordError) and name != "OnrecordError"
    }
    assert {name: str(thing.exit_status) for name, thing in tree.items()} == drawn


def test_the_version_is_the_package_s() -> None:
    project = (SOURCE.parent.parent / "pyproject.toml").read_text("utf-8")
    assert f'version = "{import_module("onrecord").__version__}"' in project
