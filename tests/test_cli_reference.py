"""docs/cli.md is made from the program: `python tests/test_cli_reference.py` writes it; it must be true."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from onrecord import errors
from onrecord.batch import PARTLY
from onrecord.cli import FAULT, INTERRUPTED, main
from onrecord.cli.options import FOUND

PAGE = Path(__file__).resolve().parent.parent / "docs" / "cli.md"
HEAD = """# The command line

This page is generated from the program (`python tests/test_cli_reference.py`); a test fails when it is
stale.

Data goes to stdout; progress, notes and errors go to stderr, one line each. Nothing is fetched from the
network unless `--fetch` is given. `python -m onrecord` is the same program. Help and errors are in English; the words
around a text follow `--ui`.
"""
ENVIRONMENT = """## Environment

| variable | effect |
|---|---|
| `NO_COLOR` | no colour, whatever the terminal can show |
| `COLUMNS` | width of the summary |
| `LC_ALL`, `LC_MESSAGES`, `LANG` | language of the words around the text, where `--ui` is not given |
| `ONRECORD_ARCHIVE` | the archive that is asked where none is named |
| `ONRECORD_TOKEN` | the word that `onrecord serve` asks for |
| `ONRECORD_NO_PLUGINS` | `1` leaves out what other packages add (end of [python.md](python.md)) |
| `ONRECORD_DEBUG` | an unforeseen error shows where it happened |

## Completion

The tab key completes verbs and options once the shell has read one of these lines, for instance from its start file:

```
eval "$(_ONRECORD_COMPLETE=bash_source onrecord)"      # bash 4.4 or later
eval "$(_ONRECORD_COMPLETE=zsh_source onrecord)"       # zsh
_ONRECORD_COMPLETE=fish_source onrecord | source       # fish
```
"""


def reference() -> str:
    """The whole page."""
    commands = [section(name, command) for name, command in sorted(main.verbs().items())]
    return "\n".join([HEAD, *commands, ENVIRONMENT, statuses()])


def section(name: str, command: click.Command) -> str:
    """One command: how it is called, what it does, its options."""
    context = click.Context(command, info_name=f"onrecord {name}")
    said = inspect.cleandoc(command.help or "")
    lines = [
        f"## onrecord {name}",
        "",
        "```",
        command.get_usage(context).removeprefix("Usage: "),
        "```",
        "",
        said,
    ]
    rows = [row(parameter) for parameter in command.params if isinstance(parameter, click.Option)]
    if rows:
        lines += ["", "| option | effect |", "|---|---|", *rows]
    return "\n".join([*lines, ""])


def row(option: click.Option) -> str:
    """One option as a row of the table."""
    value = f" {option.metavar}" if option.metavar else ""
    names = " / ".join(filter(None, (", ".join(option.opts), ", ".join(option.secondary_opts))))
    return f"| `{names}{value}` | {option.help} |".replace("en|fr", r"en\|fr")


def statuses() -> str:
    """The exit statuses, with the meaning that the tree of errors gives them."""
    found = dict(reversed([(status, meaning) for status, meaning in drawn()]))
    found |= {
        0: "fine",
        FOUND: "a verdict or a difference that `--fail-on` names was found",
        PARTLY: "a batch partly done: some inputs could not be read",
        INTERRUPTED: "interrupted",
    }
    rows = [f"| {status} | {meaning} |" for status, meaning in sorted(found.items())]
    return "\n".join(["## Exit status", "", "| status | meaning |", "|---|---|", *rows, ""])


def drawn() -> Iterator[tuple[int, str]]:
    """What the docstring of `errors.py` draws."""
    for status, meaning in re.findall(r"── \w+\s+(\d+)\s+(.+)", errors.__doc__ or ""):
        yield int(status), meaning


def test_the_page_is_not_stale() -> None:
    assert PAGE.read_text("utf-8") == reference(), "run: python tests/test_cli_reference.py"


OPTIONS = [
    (name, option)
    for name, command in main.verbs().items()
    for option in command.params
    if isinstance(option, click.Option)
]


@pytest.mark.parametrize(("command", "option"), OPTIONS, ids=lambda value: getattr(value, "name", value))
def test_every_option_is_explained(command: str, option: click.Option) -> None:
    written = PAGE.read_text("utf-8").split(f"## onrecord {command}\n")[1].split("\n## ")[0]
    assert option.help and option.help.endswith(".")
    assert f"`{', '.join(option.opts)}" in written
    assert all(f"{name}`" in written for name in option.secondary_opts)


@pytest.mark.parametrize(("command", "option"), OPTIONS, ids=lambda value: getattr(value, "name", value))
def test_a_default_is_told_and_true(command: str, option: click.Option) -> None:
    from onrecord.corpus import Limits
    from onrecord.corpus.shards import SHARD_SIZE

    chosen = {"seconds": Limits().seconds, "memory": Limits().memory, "shard_size": SHARD_SIZE}
    default = chosen.get(option.name or "") if command == "corpus" else None
    default = option.default if default is None else default
    told = re.search(r"; default: ([a-z0-9/:.]+)\.$", option.help or "")
    if isinstance(default, (int, float)) and not option.is_flag:
        assert told and float(told[1]) == default
    elif told:
        assert told[1] == default


@pytest.mark.parametrize("status", [0, FOUND, 2, PARTLY, 65, 66, FAULT, 74, INTERRUPTED])
def test_every_exit_status_is_explained(status: int) -> None:
    assert re.search(rf"^\| {status} \| .+ \|$", PAGE.read_text("utf-8"), re.MULTILINE)


if __name__ == "__main__":
    PAGE.write_text(reference(), "utf-8")
