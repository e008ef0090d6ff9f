"""One suite, two databases: every test that asks for `vault` runs on an SQLite file and on a real PostgreSQL server."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from samples import NOON, record

from onrecord import store
from onrecord.store import Added, Archive

Open = Callable[..., Archive]


def _binary(name: str) -> str | None:
    """A program of PostgreSQL; Debian keeps the server's off the path."""
    return shutil.which(name) or next(
        map(str, sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))[-1:]), None
    )


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """A throw-away PostgreSQL cluster that listens on a socket in its own folder."""
    initdb, control = _binary("initdb"), _binary("pg_ctl")
    if not initdb or not control:
        pytest.skip("no PostgreSQL here: apt-get install postgresql")
    pytest.importorskip("psycopg", reason='no psycopg here: pip install "onrecord[postgres]"')
    folder = Path(tempfile.mkdtemp(prefix="onrecord-pg-"))
    other = (
        ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    )  # the server refuses to run as root
    if other:
        shutil.chown(folder, "postgres")
    run = {"check": True, "cwd": folder, "stdout": subprocess.DEVNULL}
    data = str(folder / "data")
    subprocess.run(
        [*other, initdb, "-D", data, "-U", "onrecord", "-E", "UTF8", "--locale=C.UTF-8", "-N"], **run
    )  # type: ignore[call-overload]
    options = f"-k {folder} -c listen_addresses='' -c fsync=off -c max_connections=60"
    subprocess.run(
        [*other, control, "-D", data, "-w", "-l", str(folder / "log"), "-o", options, "start"], **run
    )  # type: ignore[call-overload]
    yield f"postgresql://onrecord@/postgres?host={folder}"
    subprocess.run([*other, control, "-D", data, "-m", "immediate", "stop"], **run)  # type: ignore[call-overload]
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgres"])
def home(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an archive can be made; on the server, where the archive of the test before was."""
    if request.param == "sqlite":
        return str(tmp_path / "archive.onrecord")
    import psycopg

    server: str = request.getfixturevalue("server")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("SET client_min_messages TO error")
        connection.execute("DROP SCHEMA IF EXISTS onrecord CASCADE")
    return server


@pytest.fixture
def vault(home: str) -> Iterator[Archive]:
    """An empty archive."""
    with store.open(home, create=True) as archive:
        yield archive


def put(archive: Archive, text: str, name: str = "account.txt", **options: object) -> Added:
    """Add a text as it is read."""
    return archive.add(record(text, name), text.encode(), **{"added": NOON, **options})  # type: ignore[arg-type]
