"""One suite, two databases: every test that asks for `vault` runs on an SQLite file and on a real PostgreSQL server."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from vaults import Server

from onrecord import store
from onrecord.store import Archive


def _binary(name: str) -> str | None:
    """A program of PostgreSQL; Debian keeps the server's off the path."""
    return shutil.which(name) or next(
        map(str, sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))[-1:]), None
    )


@pytest.fixture(scope="session")
def cluster() -> Iterator[Server]:
    """A throw-away PostgreSQL that listens on a socket in its own folder."""
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
    data = ["-D", str(folder / "data")]
    settings = f"-k {folder} -c listen_addresses='' -c fsync=off -c max_connections=60"

    def run(*command: str) -> None:
        subprocess.run([*other, *command], check=True, cwd=folder, stdout=subprocess.DEVNULL)

    def start() -> None:
        run(control, *data, "-w", "-l", str(folder / "log"), "-o", settings, "start")

    def stop() -> None:
        run(control, *data, "-m", "immediate", "stop")

    def restart() -> None:
        stop()
        start()

    run(initdb, *data, "-U", "onrecord", "-E", "UTF8", "--locale=C.UTF-8", "-N")
    start()
    yield Server(f"postgresql://onrecord@/postgres?host={folder}", restart)
    stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def server(cluster: Server) -> str:
    """The address of a database in which there is no archive."""
    import psycopg

    with psycopg.connect(cluster.address, autocommit=True) as connection:
        connection.execute("SET client_min_messages TO error")
        connection.execute("DROP SCHEMA IF EXISTS onrecord CASCADE")
    return cluster.address


@pytest.fixture(params=["sqlite", "postgres"])
def home(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an archive can be made."""
    if request.param == "sqlite":
        return str(tmp_path / "archive.onrecord")
    return str(request.getfixturevalue("server"))


@pytest.fixture
def vault(home: str) -> Iterator[Archive]:
    """An empty archive."""
    with store.open(home, create=True) as archive:
        yield archive
