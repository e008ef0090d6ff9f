"""The command line: one module a verb. Data goes to stdout, everything else to stderr; `errors.py` has the statuses.

A verb's module is imported when the verb is called, and imports nothing heavy itself, so that `onrecord --help`
costs little more than Python.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any, NoReturn

import click

from onrecord import __version__
from onrecord.batch import say
from onrecord.errors import CannotWrite, OnrecordError

FAULT, INTERRUPTED = 70, 130

VERBS = {
    "read": "read:read",
    "compare": "compare:compare",
    "check": "check:check",
    "add": "add:add",
    "search": "search:search",
    "list": "holdings:list_",
    "show": "holdings:show",
    "versions": "holdings:versions",
    "remove": "holdings:remove",
    "alerts": "keeping:alerts",
    "backup": "keeping:backup",
    "export-archive": "keeping:export_archive",
    "import-archive": "keeping:import_archive",
    "serve": "serving:serve",
    "mcp": "serving:mcp",
    "export": "export:export",
    "corpus": "corpus:corpus",
    "verify": "verify:verify",
    "schema": "schema:schema",
    "demo": "demo:demo",
}
"""Each verb, with the module of this package and the command in it, in the order in which `--help` shows them."""


class _Program(click.Group):
    """The group of verbs, with one place where every error becomes one line and an exit status."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs, most wanted first."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb, from its module."""
        if cmd_name not in VERBS:
            return None
        module, _, name = VERBS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(f"onrecord.cli.{module}"), name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The verb that is asked for; one that is misspelt is answered with those that look like it."""
        asked = args[0]
        if asked not in VERBS and not asked.startswith("-") and not ctx.resilient_parsing:
            from difflib import get_close_matches

            near = " or ".join(repr(verb) for verb in get_close_matches(asked, VERBS))
            ctx.fail(f"No such command {asked!r}.{f' Did you mean {near}?' if near else ''}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Every verb with its whole first sentence: one that is cut off says nothing."""
        said = [(name, (command.help or "").partition("\n\n")[0]) for name, command in self.verbs().items()]
        with formatter.section("Commands"):
            formatter.write_dl([(name, " ".join(help_.split())) for name, help_ in said])

    def verbs(self) -> dict[str, click.Command]:
        """All of them, loaded: what the reference is made from."""
        context = click.Context(self)
        found = {name: self.get_command(context, name) for name in VERBS}
        return {name: command for name, command in found.items() if command}

    def main(self, *args: Any, **extra: Any) -> NoReturn:
        """Run, and leave with the exit status that `errors.py` promises."""
        _open_streams()
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
        sys.exit(_flushed(status or 0))


def _open_streams() -> None:
    """Standard streams that hold whatever is written to them: any character, and nothing where they are closed."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever called us
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123  until we end
        # A terminal that cannot show a character shows its escape; no summary dies of an arrow.
        getattr(sys, name).reconfigure(errors="backslashreplace")


def _flushed(status: int) -> int:
    """The exit status once all is really written: a disk may turn out to be full only now."""
    try:
        sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python tries again when it ends
        if status != CannotWrite.exit_status and not isinstance(error, BrokenPipeError):
            say(f"standard output cannot be written ({error.strerror}); make room and try again")
        return CannotWrite.exit_status
    return status


@click.group(
    cls=_Program,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Begin with: onrecord demo. More on a verb: onrecord VERB --help.",
)
@click.version_option(__version__, prog_name="onrecord", message="%(prog)s %(version)s")
def main() -> None:
    """Turn published accounts of public events into a record that anyone can check."""
