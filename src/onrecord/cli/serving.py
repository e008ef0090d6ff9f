"""`onrecord serve` and `onrecord mcp`: the archive for people in a browser, and for assistants."""

from __future__ import annotations

import os

import click

from onrecord.cli.shelf import archive_option, named


@click.command()
@archive_option
@click.option(
    "--host", metavar="HOST", default="127.0.0.1", help="Address to listen at; only this machine by default."
)
@click.option(
    "--port",
    metavar="PORT",
    type=click.IntRange(0, 65535),
    default=8000,
    help="Port to listen at; default: 8000.",
)
@click.option("--token", metavar="TOKEN", help="Ask everybody for this word; default: $ONRECORD_TOKEN.")
@click.option("--readonly", is_flag=True, help="Let everybody read and nobody write.")
@click.option(
    "--name", "names", metavar="HOST", multiple=True,
    help="A name it is called by behind a proxy; may be repeated.",
)  # fmt: skip
@click.option("--open", "show", is_flag=True, help="Open it in a browser.")
def serve(
    archive: str | None, host: str, port: int, token: str | None, readonly: bool, names: tuple[str, ...], show: bool
) -> int:  # fmt: skip
    """Read, compare, check and correct in a browser, until interrupted.

    An archive that is not there is made. Other machines reach it only with --host and a --token, or with --readonly.
    """
    from onrecord.web import serve as listen

    listen(
        named(archive), host=host, port=port, token=token or os.environ.get("ONRECORD_TOKEN"), readonly=readonly,
        open_browser=show, hosts=names,
    )  # fmt: skip
    return 0


@click.command()
@archive_option
@click.option(
    "--http", "http", is_flag=True, help="Answer over HTTP at /mcp, not over standard input and output."
)
@click.option("--host", metavar="HOST", default="127.0.0.1", help="Address to listen at, with --http.")
@click.option(
    "--port",
    metavar="PORT",
    type=click.IntRange(0, 65535),
    default=8001,
    help="Port to listen at, with --http; default: 8001.",
)
@click.option(
    "--name", "names", metavar="HOST:PORT", multiple=True,
    help="A name it may be called by, with --http; may be repeated.",
)  # fmt: skip
def mcp(archive: str | None, http: bool, host: str, port: int, names: tuple[str, ...]) -> int:
    """Let an assistant search, read and cite the archive (Model Context Protocol); it can change nothing."""
    from onrecord.mcp import serve as answer

    answer(named(archive), "http" if http else "stdio", host, port, names=names)
    return 0
