"""The command line. Data goes to stdout, everything else to stderr; `errors.py` has the exit statuses.

Nothing heavy is imported before a command needs it, so that `onrecord --help` costs little more than Python.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from onrecord import __version__
from onrecord.batch import Batch, say, shown
from onrecord.errors import BadData, CannotWrite, NoInput, OnrecordError, UsageError

if TYPE_CHECKING:
    from onrecord.model import Record

FAULT, INTERRUPTED = 70, 130
_PROBLEMS = 20  # of one record, that `verify` lists


class _Program(click.Group):
    """The group of commands, with one place where every error becomes one line and an exit status."""

    def main(self, *args: Any, **extra: Any) -> NoReturn:
        """Run, and leave with the exit status that `errors.py` promises."""
        for stream in (sys.stdout, sys.stderr):
            # A terminal that cannot show a character shows its escape; no summary dies of an arrow.
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
        extra = {"prog_name": "onrecord", **extra, "standalone_mode": False}
        try:
            status = super().main(*args, **extra)
        except (click.Abort, KeyboardInterrupt):
            status = INTERRUPTED
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.format_message(), err=True)
            status = error.exit_code
        except click.ClickException as error:
            context = getattr(error, "ctx", None)
            say(f"{error.format_message()} (see: {context.command_path if context else 'onrecord'} --help)")
            status = error.exit_code
        except OnrecordError as error:
            if str(error):  # there is nobody to tell when whoever read stdout has left
                say(str(error))
            status = error.exit_status
        except Exception as error:
            if os.environ.get("ONRECORD_DEBUG"):
                raise
            say(f"unforeseen {type(error).__name__}: {error} (a fault of ours; ONRECORD_DEBUG=1 shows where)")
            status = FAULT
        sys.exit(status or 0)


@click.group(cls=_Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="onrecord", message="%(prog)s %(version)s")
def main() -> None:
    """Turn published accounts of public events into a record that anyone can check."""


def _faces(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of `read` and `demo` that say what to show where."""
    options = (
        click.option(
            "--html", "html", metavar="FILE", help='Write one self-contained page to FILE ("-" is stdout).'
        ),
        click.option("--open", "show", is_flag=True, help="Open the page in a browser."),
        click.option("--ui", metavar="en|fr", help="Language of the words around the text."),
        click.option("--quiet", is_flag=True, help="Say nothing on stderr but errors."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def _aliases(_: click.Context, __: click.Parameter, given: Sequence[str]) -> dict[str, str]:
    """`LABEL=PERSON`, as often as wanted."""
    pairs = [pair.partition("=") for pair in given]
    for label, sign, person in pairs:
        if not (label.strip() and sign and person.strip()):
            raise click.BadParameter(f'"{shown(label + sign + person)}" is not LABEL=PERSON')
    return {label.strip(): person.strip() for label, _, person in pairs}


def _language(_: click.Context, __: click.Parameter, given: str | None) -> str | None:
    """A code that onrecord has data for, or at least a name for."""
    from onrecord import lexicon
    from onrecord.ui import words

    if given is None:
        return None
    code = given.strip().lower()
    if code in lexicon.languages() or words("en").named("languages", code):
        return code
    raise click.BadParameter(
        f'"{shown(code)}" is not the code of a language (ISO 639-1): one of {", ".join(lexicon.languages())} …'
    )


def _date(_: click.Context, __: click.Parameter, given: str | None) -> str | None:
    """A year, a month or a day that exists."""
    from datetime import date

    try:
        if given is not None and re.fullmatch(r"\d{4}(-\d\d){0,2}", given):
            date.fromisoformat((given + "-01-01")[:10])
            return given
    except ValueError:
        pass
    if given is None:
        return None
    raise click.BadParameter(f'"{shown(given)}" is not a date; write 2031-03-14, 2031-03 or 2031')


@main.command()
@click.argument("paths", metavar="PATH…", nargs=-1, required=True)
@click.option("--json", "form", flag_value="json", help="Write the record as JSON, one record a line.")
@click.option("--md", "form", flag_value="md", help="Write the minutes as Markdown.")
@_faces
@click.option("--fetch", "online", is_flag=True, help="Allow addresses (http, https) to be fetched.")
@click.option(
    "--alias", "aliases", metavar="LABEL=PERSON", multiple=True, callback=_aliases,
    help="The label LABEL means PERSON; may be repeated.",
)  # fmt: skip
@click.option(
    "--language",
    metavar="CODE",
    callback=_language,
    help="Language of the text, where it should not be guessed.",
)
@click.option("--date", metavar="DATE", callback=_date, help="Date of the event, as 2031-03-14.")
@click.option(
    "--ledger", is_flag=True, help="Read quotations too, and what was agreed, promised, refused (a preview)."
)
def read(
    paths: tuple[str, ...], form: str | None, html: str | None, show: bool, ui: str | None, quiet: bool,
    online: bool, aliases: Mapping[str, str], language: str | None, date: str | None, ledger: bool,
) -> int:  # fmt: skip
    """Who was there, who said what, what to beware of.

    PATH is a file, a folder, an archive, "-" (stdin) or an address, which is only fetched with --fetch.
    Without --json or --md a summary is shown. Exit status 3 says that some inputs could not be read.
    """
    from onrecord.export.delivery import Faces, write

    faces = Faces(form, html, show, _ui(ui))
    batch = Batch(aliases, language, date, ledger, online, quiet)
    inputs = list(batch.inputs(paths))
    single = len(paths) == 1 and len(inputs) + len(batch.failures) == 1
    if not single and (html or show):
        raise UsageError(
            f"--html and --open show one record, {len(inputs)} inputs were given: read them one by one"
        )
    done = 0
    for record in batch.records(inputs):
        if done and form != "json":
            write(b"\n")
        _say_place(faces.give(record), quiet)
        done += 1
    batch.say_unused()
    return batch.status(done)


@main.command()
@click.argument("records", metavar="RECORD…", nargs=-1, required=True)
@click.option("--quiet", is_flag=True, help="Print only what fails.")
def verify(records: tuple[str, ...], quiet: bool) -> int:
    """Check that records still hold: every hash, every span.

    RECORD is a file of one record as JSON, or of one record a line; "-" is stdin. Exit status 65 says that
    something does not hold, and each line what.
    """
    status = 0
    for path in records:
        try:
            for name, data in _stored(path):
                status = _verify(name, data, quiet) or status
        except CannotWrite:  # that is about the answer, not about this record
            raise
        except OnrecordError as error:
            say(f"{path}: {error}")
            status = error.exit_status
    return status


@main.command()
def schema() -> None:
    """Print the JSON Schema of a record."""
    import msgspec

    from onrecord.export.delivery import write
    from onrecord.model import Record

    write(msgspec.json.format(msgspec.json.encode(msgspec.json.schema(Record)), indent=2) + b"\n")


@main.command()
@_faces
def demo(html: str | None, show: bool, ui: str | None, quiet: bool) -> int:
    """Read the shipped example, then your own text.

    The summary is followed by three commands to copy.
    """
    from importlib.resources import as_file, files

    from onrecord.export.delivery import Faces, encoded, write
    from onrecord.ui import words

    language = _ui(ui)
    batch = Batch({}, None, None, False, False, quiet)
    with as_file(files("onrecord") / "examples" / "article.en.txt") as example:
        for record in batch.records([str(example)]):
            _say_place(Faces(None, html, show, language).give(record), quiet)
    said = words(language)
    commands = (
        "read TEXT.txt",
        "read TEXT.txt --html RECORD.html --open",
        "read TEXT.txt --json > RECORD.json",
    )
    lines = ["", said("demo.lede"), *(f"  onrecord {command}" for command in commands)]
    write(encoded("\n".join(lines) + "\n", sys.stdout.encoding))
    return batch.status(1)


# ------------------------------------------------------------------------------------------ stored, and said


def _stored(path: str) -> Iterator[tuple[str, bytes]]:
    """The records in a file with their names: one JSON document, or one a line."""
    data = _bytes(path)
    name = "standard input" if path == "-" else path
    lines = [(number, line) for number, line in enumerate(data.splitlines(), 1) if line.strip()]
    if not lines:
        raise BadData("there is no record in it")
    # The second line of one indented document is a field, that of a file of records is a record.
    if len(lines) < 2 or not lines[1][1].lstrip().startswith(b"{"):
        yield name, data
        return
    for number, line in lines:
        yield f"{name}:{number}", line


def _bytes(path: str) -> bytes:
    if path == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(path).read_bytes()
    except FileNotFoundError:
        raise NoInput("there is no such file") from None
    except OSError as error:
        raise NoInput(error.strerror or str(error)) from None


def _verify(name: str, data: bytes, quiet: bool) -> int:
    """The exit status that one stored record deserves, after saying why."""
    from onrecord.record import decode, verify

    try:
        record = decode(data)
        problems = verify(record)
    except OnrecordError as error:
        say(f"{name}: {error}")
        return error.exit_status
    _report(name, record, problems, quiet)
    return BadData.exit_status if problems else 0


def _report(name: str, record: Record, problems: Sequence[str], quiet: bool) -> None:
    from onrecord.export import visible
    from onrecord.export.delivery import encoded, write
    from onrecord.ui import words

    said = words("en")
    lines = [f"{shown(name)}: {visible.line(problem)}" for problem in problems[:_PROBLEMS]]
    if len(problems) > _PROBLEMS:
        lines.append(f"{shown(name)}: {said('record.more', n=said.number(len(problems) - _PROBLEMS))}")
    if not problems and not quiet:
        length = said.count("characters", sum(len(source.text) for source in record.sources))
        lines.append(f"{shown(name)}: holds ({said.count('turns', len(record.turns))}, {length})")
    write(encoded("".join(f"{line}\n" for line in lines)))


def _ui(asked: str | None) -> str:
    """The language of faces: as asked, else that of the environment where a face speaks it, else English."""
    from onrecord.ui import languages, words

    if asked is not None:
        return words(asked).language
    environment = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    code = re.split(r"[_.@]", next(filter(None, environment), ""))[0].lower()
    return code if code in languages() else "en"


def _say_place(page: Path | None, quiet: bool) -> None:
    if page is not None and not quiet:
        say(f"the page: {page}")
