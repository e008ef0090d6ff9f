"""Options that several verbs share, and what is said about them when they are wrong."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from onrecord.batch import say, shown
from onrecord.cli.outputs import named
from onrecord.errors import UsageError

FOUND = 1
"""Exit status: what `--fail-on` names was found."""


def ui_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option that says which language a face speaks; see `face_language`."""
    return click.option(
        "--ui", metavar="en|fr", help="Language of the words around the text; default: that of the system."
    )(command)


def face_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of `read` and `demo` that say what to show where."""
    options = (
        click.option(
            "--html",
            "html",
            metavar="FILE",
            callback=named,
            help='Write one self-contained page to FILE ("-" is stdout).',
        ),
        click.option("--open", "show", is_flag=True, help="Open the page in a browser."),
        ui_option,
        click.option("--quiet", is_flag=True, help="Say nothing on stderr but errors."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def aliases_given(_: click.Context, __: click.Parameter, given: Sequence[str]) -> dict[str, str]:
    """`LABEL=PERSON`, as often as wanted."""
    pairs = [pair.partition("=") for pair in given]
    for label, sign, person in pairs:
        if not (label.strip() and sign and person.strip()):
            raise click.BadParameter(f'"{shown(label + sign + person)}" is not LABEL=PERSON')
    return {label.strip(): person.strip() for label, _, person in pairs}


def language_given(_: click.Context, __: click.Parameter, given: str | None) -> str | None:
    """A code that onrecord has data for, or at least a name for."""
    from onrecord.ui.given import given_language

    return None if given is None else _checked(given_language, given)


def date_given(_: click.Context, __: click.Parameter, given: str | None) -> str | None:
    """A year, a month or a day that exists."""
    from onrecord.ui.given import given_date

    return None if given is None else _checked(given_date, given)


def _checked(check: Callable[[str], str], given: str) -> str:
    """What was given if it holds; else the complaint, as one about an option."""
    try:
        return check(given)
    except UsageError as error:
        raise click.BadParameter(shown(str(error))) from None


def face_language(asked: str | None) -> str:
    """The language of faces: as asked, else that of the environment where a face speaks it, else English."""
    from onrecord.ui import languages, words

    if asked is not None:
        return words(asked).language
    environment = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    code = re.split(r"[_.@]", next(filter(None, environment), ""))[0].lower()
    return code if code in languages() else "en"


def say_place(page: Path | None, quiet: bool) -> None:
    """Name the place of a page that was written, for whoever has to find it."""
    if page is not None and not quiet:
        say(f"the page: {page}")


def say_written(path: Path, quiet: bool) -> None:
    """Name the place of a file that was written."""
    if not quiet:
        say(f"written: {path}")


def listed(known: Callable[[], Sequence[str]], what: str) -> Callable[..., tuple[str, ...]]:
    """A callback for values apart by commas, each one of those that are `known` when it is asked."""

    def values(_: click.Context, __: click.Parameter, given: str | None) -> tuple[str, ...]:
        asked = tuple(one.strip() for one in (given or "").split(",") if one.strip())
        for one in asked:
            if one not in known():
                raise click.BadParameter(f'"{shown(one)}" is no {what}: {", ".join(known())}')
        return asked

    return values
