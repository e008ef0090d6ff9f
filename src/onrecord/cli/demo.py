"""`onrecord demo`: the shipped example, and what to type next."""

from __future__ import annotations

import sys
from pathlib import Path
from shlex import quote
from shutil import which

import click

from onrecord.batch import Batch
from onrecord.cli.options import face_language, face_options, say_place
from onrecord.cli.outputs import writable


def called() -> str:
    """What to type for this program: its name where the shell finds it, else the path it was called by."""
    typed = Path(sys.argv[0])
    if typed.stem != "onrecord" or which("onrecord"):
        return "onrecord"
    return quote(str(typed))


@click.command()
@face_options
def demo(html: str | None, show: bool, ui: str | None, quiet: bool) -> int:
    """Read the shipped example, then your own text.

    The summary is followed by three commands to copy.
    """
    from importlib.resources import as_file, files

    from onrecord.export.delivery import Faces, encoded, write
    from onrecord.ui import words

    language = face_language(ui)
    writable(html)
    batch = Batch({}, None, None, True, False, quiet)
    with as_file(files("onrecord") / "examples" / "article.en.txt") as example:
        for record in batch.records([str(example)]):
            say_place(Faces(None, html, show, language).give(record), quiet)
    said = words(language)
    commands = (
        "read TEXT.txt --html RECORD.html --open",
        "compare TEXT.txt OTHER.txt",
        'check "a quotation" --in TEXT.txt',
    )
    lines = ["", said("demo.lede"), *(f"  {called()} {command}" for command in commands)]
    write(encoded("\n".join(lines) + "\n", sys.stdout.encoding))
    return batch.status(1)
