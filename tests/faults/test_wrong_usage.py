"""Every verb used wrongly: one line that says what is wrong and where, the exit status of errors.py, nothing written."""

# ruff: noqa: E501  a row of a table is one line

from __future__ import annotations

import os
import shlex
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord import cli

SPOKEN = 'Ida Morrow: We sign on 4 May 2031.\n\nPeter Vance: "We will not sign the treaty of the pier."\n'
AWAY = "postgresql://desk:secret@127.0.0.1:1/talks"


def run(*arguments: str, **how: str) -> Result:
    return CliRunner().invoke(cli.main, list(arguments), **how)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder of everything that can be meant by mistake; anybody may look into it."""
    here, before = Path(tempfile.mkdtemp(prefix="onrecord-wrong-")), Path.cwd()
    here.chmod(0o755)
    os.chdir(here)
    Path("talk.txt").write_text(SPOKEN, "utf-8")
    Path("other.txt").write_text(SPOKEN.replace("4 May", "5 May"), "utf-8")
    Path("empty.txt").touch()
    Path("notes.db").write_text("these are notes, no archive " * 200)
    for name in ("folder", "nothing"):
        Path(name).mkdir()
    for name in ("a.txt", "b.txt"):
        Path("folder", name).write_text(f"{SPOKEN}{name}\n", "utf-8")
    assert run("add", "talk.txt", "--archive", "a.onrecord").exit_code == 0
    assert run("export-archive", "all.zip", "--archive", "a.onrecord").exit_code == 0
    Path("cut.zip").write_bytes(Path("all.zip").read_bytes()[:-200])
    shutil.copy("a.onrecord", "later.onrecord")
    with sqlite3.connect("later.onrecord") as connection:
        connection.execute("UPDATE meta SET value = '7.1' WHERE key = 'needs'")
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    whole = Path("a.onrecord").read_bytes()
    Path("damaged.onrecord").write_bytes(whole[:5000] + b"x" * 60_000 + whole[65_000:])
    yield here
    os.chdir(before)
    shutil.rmtree(here)


A = "--archive a.onrecord"
WRONG = [
    # what is typed, exit status, what the line says
    ("read", 2, "Missing argument"),
    ("read ''", 66, "no such file"),
    ("read nosuch.txt", 66, "nosuch.txt: no such file"),
    ("read nothing", 66, "nothing to read in it"),
    ("read empty.txt", 65, "empty.txt: cannot be read"),
    ("read talk.txt/inner", 66, "talk.txt/inner"),
    ("read /dev/null", 65, "a device, not a file"),
    ("read a.onrecord", 65, "a database, not a document"),
    ("read cut.zip", 65, "cut.zip"),
    ("read talk.txt --html folder", 74, "folder: a folder; name a file in it"),
    ("read talk.txt --html none/x.html", 74, "none/x.html: there is no folder none; make it first"),
    ("read talk.txt --html talk.txt/x.html", 74, "there is no folder talk.txt"),
    ("read talk.txt --html talk.txt", 2, "talk.txt: an input of this call; nothing was overwritten"),
    ("read talk.txt --html ./folder/../talk.txt", 2, "an input of this call"),
    ("read talk.txt --with other.txt --html other.txt", 2, "other.txt: an input of this call"),
    ("read talk.txt --html a.onrecord", 2, "a.onrecord: an archive; nothing was overwritten"),
    ("read talk.txt --html ''", 2, "'--html': it is empty"),
    ("read talk.txt other.txt --html x.html", 2, "are for one record"),
    ("read talk.txt --ui tlh", 2, "available: en, fr"),
    ("read talk.txt --json --md", 2, "--json and --md: one at a time"),
    ("read talk.txt --json --md --csv", 2, "--json and --md and --csv: one at a time"),
    ("read talk.txt --language zzz", 2, "not the code of a language"),
    ("read talk.txt --date 2031-02-30", 2, "is not a date"),
    ("read talk.txt --alias Ida", 2, "is not LABEL=PERSON"),
    ("read talk.txt --kind nosuch", 2, "no kind of statement: agreed"),
    ("read http://press.example/", 2, "onrecord read --fetch http://press.example/"),
    ("read --fetch http://127.0.0.1/", 65, "inside this network"),
    ("read --fetch ftp://press.example/", 65, "only http and https"),
    ("read talk.txt --html", 2, "requires an argument"),
    ("compare talk.txt", 2, "needs two accounts"),
    ("compare talk.txt nosuch.txt", 66, "nosuch.txt: no such file"),
    ("compare talk.txt other.txt --fail-on nosuch", 2, "no kind of difference"),
    ("compare talk.txt other.txt --html other.txt", 2, "other.txt: an input of this call"),
    ("compare talk.txt other.txt --md --json", 2, "one at a time"),
    ("check", 2, "Missing argument"),
    ("check 'no words'", 2, "say where to look: --in PATH"),
    ("check '' --in talk.txt", 2, "the quotation is empty"),
    ("check several words", 2, "put the quotation into quotation marks"),
    ("check words --in nosuch.txt", 66, "nosuch.txt: no such file"),
    ("check words --in nothing", 66, "nothing to read in it"),
    ("check words --in later.onrecord", 65, "needs version 7.1 or later"),
    ("check words --in damaged.onrecord", 65, "onrecord verify says where"),
    (f"check words --in {AWAY}", 66, "postgresql://desk@127.0.0.1:1/talks: cannot be reached"),
    ("check words --in a.onrecord talk.txt", 2, "not both at once"),
    ("check talk.txt --by Ida --in other.txt", 2, "are for one quotation"),
    ("check other.txt --in talk.txt --html other.txt", 2, "other.txt: an input of this call"),
    ("check words --in a.onrecord --html a.onrecord", 2, "a.onrecord: an archive"),
    ("add", 2, "say what to add"),
    ("add nosuch.txt --archive new.onrecord", 66, "nosuch.txt: no such file"),
    ("add --watch nosuch --archive new.onrecord", 66, "nosuch: there is no such folder to watch"),
    ("add talk.txt --archive folder", 65, "folder: a folder, not an archive"),
    ("add talk.txt --archive talk.txt", 65, "talk.txt: not an archive of onrecord"),
    ("add talk.txt --archive later.onrecord", 65, "needs version 7.1 or later"),
    ("add talk.txt --archive none/x", 66, "there is no folder none to make it in"),
    ("add talk.txt --archive ''", 2, "'--archive': it is empty"),
    (f"add talk.txt --archive {AWAY}", 66, "postgresql://desk@127.0.0.1:1/talks: cannot be reached"),
    ("add talk.txt --archive mysql://desk/talks", 2, "a file, or an address postgresql://USER@HOST/DATABASE"),
    ("add --watch folder --every 0", 2, "--every"),
    ("search pier", 66, "archive.onrecord: there is no archive; onrecord add makes one"),
    (f"search {A}", 2, "say what to look for"),
    (f"search --meaning {A}", 2, "say what it should mean"),
    (f"search pier {A} --kind nosuch", 2, "none of: agreed"),
    (f"search pier {A} --since 2031-99", 2, "is not a date"),
    (f"search pier {A} --since 2031 --until 2030-12", 2, "nothing can be between them"),
    (f"search pier {A} --limit 0", 2, "--limit"),
    (f"search pier {A} --after nonsense", 2, "not the mark of a page"),
    ("search pier --archive notes.db", 65, "notes.db: not an archive of onrecord"),
    ("list --archive nosuch", 66, "nosuch: there is no archive"),
    (f"show /e/none {A}", 66, "no event 'none'"),
    (f"show nonsense {A}", 66, "no version 'nonsense'"),
    (f"show '' {A}", 2, "'LINK': it is empty"),
    (f"show x --json --data {A}", 2, "one at a time"),
    (f"versions nosuch {A}", 66, "nosuch: there is no such event"),
    (f"remove nosuch --reason x {A}", 66, "no version 'nosuch'"),
    (f"remove nosuch {A}", 2, "Missing option '--reason'"),
    (f"remove nosuch --reason ' ' {A}", 2, "a removal needs a reason"),
    (f"alerts --save x --forget y {A}", 2, "one at a time"),
    (f"alerts --save x {A}", 2, "nothing to look for"),
    (f"alerts --for pier {A}", 2, "name it with --save"),
    (f"alerts --forget nosuch {A}", 66, "no saved search 'nosuch'"),
    (f"backup a.onrecord {A}", 74, "a.onrecord: is there already; nothing was overwritten"),
    (f"backup none/x {A}", 74, "none/x: there is no folder none; make it first"),
    (f"export-archive all.zip {A}", 74, "is there already"),
    (f"export-archive none/x {A}", 74, "there is no folder none"),
    ("import-archive nosuch.zip --archive new.onrecord", 66, "nosuch.zip: there is no such file"),
    ("import-archive cut.zip --archive new.onrecord", 65, "cut.zip: not an exported archive, or damaged"),
    ("import-archive folder --archive new.onrecord", 66, "folder: a folder"),
    ("serve --archive none/x", 66, "there is no folder none"),
    ("serve --archive later.onrecord", 65, "needs version 7.1 or later"),
    ("serve --archive nosuch --readonly", 66, "nosuch: there is no archive"),
    (f"serve {A} --host 0.0.0.0", 2, "can be reached by others"),
    (f"serve {A} --port 99999", 2, "--port"),
    ("mcp --archive nosuch", 66, "nosuch: there is no archive"),
    ("export talk.txt", 2, "Missing option '--to'"),
    ("export talk.txt --to nosuch", 2, "no format is called 'nosuch': tei, akn"),
    ("export talk.txt --to tei -o folder", 74, "folder: a folder; name a file in it"),
    ("export talk.txt --to tei -o talk.txt", 2, "talk.txt: an input of this call"),
    ("export folder --to tei", 2, "2 inputs were given"),
    ("corpus talk.txt", 2, "Missing option"),
    ("corpus talk.txt -o ''", 2, "it is empty"),
    ("corpus nosuch -o out", 66, "nosuch: no such file or folder"),
    ("corpus talk.txt -o talk.txt", 2, "the dataset would lie inside its input"),
    ("corpus talk.txt -o folder", 2, "not a dataset of onrecord"),
    ("corpus talk.txt -o out --engine nosuch", 2, "no engine is called 'nosuch': pool"),
    ("corpus talk.txt -o out --workers 0", 2, "--workers"),
    ("verify", 2, "Missing argument"),
    ("verify nosuch.json", 66, "nosuch.json: there is no such file"),
    ("verify folder", 66, "folder: a folder; name the files in it"),
    ("verify talk.txt", 65, "talk.txt: not a record"),
    (f"verify {AWAY}", 66, "postgresql://desk@127.0.0.1:1/talks: cannot be reached"),
    ("schema extra", 2, "unexpected extra argument"),
    ("demo --html none/x.html", 74, "there is no folder none"),
    ("reed talk.txt", 2, "No such command 'reed'"),
    ("--nonsense", 2, "No such option"),
]


def held(place: Path) -> dict[str, bytes]:
    """Every file there but the two that SQLite puts beside an archive which is read."""
    found = (path for path in place.rglob("*") if path.is_file() and not path.name.endswith(("-wal", "-shm")))
    return {str(path): path.read_bytes() for path in sorted(found)}


@pytest.mark.parametrize(("typed", "status", "says"), WRONG, ids=[row[0] for row in WRONG])
def test_one_line_and_nothing_else(place: Path, typed: str, status: int, says: str) -> None:
    before = held(place)
    done = run(*shlex.split(typed))
    assert done.exit_code == status, done.output
    assert done.stdout == ""
    assert says in done.stderr
    assert done.stderr.startswith("onrecord: ") and done.stderr.count("\n") == 1
    assert "secret" not in done.stderr
    assert held(place) == before


FORBIDDEN = [
    # what is typed by somebody who may neither read `closed.*` nor write into this folder
    ("read closed.txt", 65, "closed.txt: cannot be opened (Permission denied)"),
    ("read talk.txt --html page.html", 74, "page.html: you may not write in this folder"),
    ("export talk.txt --to tei -o page.xml", 74, "page.xml: you may not write in this folder"),
    ("add other.txt --archive a.onrecord", 74, "a.onrecord: the file or its folder cannot be written"),
    ("add talk.txt --archive new.onrecord", 74, "new.onrecord"),
    ("search pier --archive closed.onrecord", 74, "look at its permissions"),
    ("verify closed.txt", 66, "closed.txt: Permission denied"),
    (f"backup copy.onrecord {A}", 74, "copy.onrecord: you may not write in this folder"),
    (f"export-archive copy.zip {A}", 74, "copy.zip: you may not write in this folder"),
    ("corpus talk.txt -o out", 74, "out: Permission denied"),
]


def powerless(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The program without the power of root to read and write whatever it likes."""
    program = [sys.executable, "-m", "onrecord", *arguments]
    if os.getuid() == 0:
        if not shutil.which("setpriv"):
            pytest.skip("root may do anything, and there is no setpriv here: apt-get install util-linux")
        program = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all", *program]
    return subprocess.run(program, capture_output=True, text=True, check=False)


@pytest.fixture
def guarded(place: Path) -> Iterator[Path]:
    """The folder as it is to somebody without rights in it."""
    shutil.copy("talk.txt", "closed.txt")
    shutil.copy("a.onrecord", "closed.onrecord")
    for beside in place.glob("a.onrecord-*"):
        beside.unlink()
    for name in ("closed.txt", "closed.onrecord"):
        Path(name).chmod(0)
    place.chmod(0o555)
    yield place
    place.chmod(0o755)
    for name in ("closed.txt", "closed.onrecord"):
        Path(name).unlink()


@pytest.mark.parametrize(("typed", "status", "says"), FORBIDDEN, ids=[row[0] for row in FORBIDDEN])
def test_without_permission(guarded: Path, typed: str, status: int, says: str) -> None:
    before = sorted(path.name for path in guarded.iterdir())
    done = powerless(*shlex.split(typed))
    assert (done.returncode, done.stdout) == (status, ""), done.stderr
    assert says in done.stderr and done.stderr.count("\n") == 1
    assert sorted(path.name for path in guarded.iterdir()) == before


def test_an_archive_where_nothing_may_be_written_can_be_read(guarded: Path) -> None:
    done = powerless("search", "pier", "--archive", "a.onrecord")
    assert (done.returncode, done.stderr) == (0, "")
    assert "treaty of the »pier«" in done.stdout


UNHEARD = ["read talk.txt", f"list {A}", f"search pier {A}", "compare talk.txt other.txt", "schema", "demo",
           "export talk.txt --to tei", "verify a.onrecord", f"versions nosuch {A}"]  # fmt: skip


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("typed", UNHEARD)
def test_nowhere_to_say_it(place: Path, typed: str) -> None:
    """Standard output on a full disk is one line and status 74; closed, it is nothing to complain of."""
    program = [sys.executable, "-m", "onrecord", *shlex.split(typed)]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(program, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == (66 if "nosuch" in typed else 74)
    assert done.stderr.count(b"\n") == 1 and b"Traceback" not in done.stderr
