"""Where an answer may be written, and which form it has: said before any work is done, not after."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from onrecord.batch import shown
from onrecord.errors import CannotWrite, UsageError


def form_options(**forms: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The forms of an answer, each with its help, as options `--NAME`: one of them at most, given as `form`."""

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(command)
        def chosen(*arguments: Any, **given: Any) -> Any:
            asked = [name for name in forms if given.pop(f"as_{name}")]
            if len(asked) > 1:
                raise UsageError(f"{' and '.join(f'--{name}' for name in asked)}: one at a time")
            return command(*arguments, form=next(iter(asked), None), **given)

        decorated: Callable[..., Any] = chosen
        for name, told in reversed(forms.items()):
            decorated = click.option(f"--{name}", f"as_{name}", is_flag=True, help=told)(decorated)
        return decorated

    return decorate


def named(_: click.Context, parameter: click.Parameter, given: str | None) -> str | None:
    """A callback: what names a file or an item is not empty, as it is where a variable of a shell was not set."""
    if given is not None and not given.strip():
        raise click.BadParameter("it is empty", param=parameter)
    return given


def writable(place: str | None, inputs: Iterable[str] = ()) -> None:
    """Refuse a place where a file of ours must not go or cannot go; "-" and None are no places.

    `UsageError` where an input of the same call or an archive would be overwritten, `CannotWrite` for a folder or a
    folder that is not there.
    """
    if place is None or place == "-":
        return
    from onrecord.store.consulted import is_archive

    target = Path(place)
    in_its_way = folder_fault(target)
    if in_its_way:
        raise CannotWrite(in_its_way)
    if target.is_file() and is_archive(place):
        raise UsageError(f"{shown(place)}: an archive; nothing was overwritten, name another file")
    if any(_is_same(target, path) for path in inputs):
        raise UsageError(f"{shown(place)}: an input of this call; nothing was overwritten, name another file")


def folder_fault(target: Path) -> str | None:
    """Why no file can be made there, as far as folders are concerned."""
    try:
        if target.is_dir():
            return f"{shown(str(target))}: a folder; name a file in it"
        if not target.parent.is_dir():
            return f"{shown(str(target))}: there is no folder {shown(str(target.parent))}; make it first"
        if (target.is_file() or not target.exists()) and not os.access(target.parent, os.W_OK):
            return f"{shown(str(target))}: you may not write in this folder; choose another"
    except (OSError, ValueError) as error:  # a part of the path may not be looked at, or is no path
        return f"{shown(str(target))}: {getattr(error, 'strerror', None) or error}"
    return None


def _is_same(target: Path, path: str) -> bool:
    """Whether an input is read from the very file, by whatever name."""
    from onrecord.sources.paths import split_member

    try:
        return target.samefile(split_member(path)[0])
    except (OSError, ValueError):  # one of them is not there, or is an address
        return False
