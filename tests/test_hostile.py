"""Nothing that a stranger's file holds may crash, hang, escape, or make the record untrue.

Inputs go through the command line in a process of its own (`hostile_run`). The small ones are read as one batch, as a
folder of a stranger would be. The collection, made by a generator that lies beside the checkout, is skipped where it is
not there; LONG=1 makes and reads it at full size, each file twice.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hostile_collection import LONG, READ
from hostile_data import DATA
from hostile_encodings import ENCODINGS
from hostile_formats import FORMATS
from hostile_markup import MARKUP
from hostile_packed import PACKED
from hostile_run import Answer, meets, read
from hostile_run import onrecord as run
from hostile_small import EN, FR, SMALL, Hostile, text
from hostile_texts import TEXTS

GENERATOR = Path(__file__).resolve().parents[2] / "shared" / "hostile" / "hostile.py"
beside = pytest.mark.skipif(not GENERATOR.is_file(), reason="the generator of hostile files is not here")
KINDS = [*SMALL, *ENCODINGS, *TEXTS, *MARKUP, *FORMATS, *DATA, *PACKED]
SLOW = {"H22": None, "H24": 60, "H31": 60, "H31b": 60}  # seconds of processor time; None is no fixed limit
UNLIMITED = {"H22"}  # in memory


@pytest.fixture
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the measures of a run are written."""
    return tmp_path_factory.mktemp("told") / "measures"


# ------------------------------------------------------------------------------- the small ones: always


@pytest.fixture(scope="session")
def batch(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Answer]:
    """All small files read as one folder: for each its records, its lines of refusal, its status if it were alone."""
    folder = tmp_path_factory.mktemp("kinds")
    for hostile in KINDS:
        (folder / hostile.name).write_bytes(hostile.data)
    whole = run("read", str(folder), "--json", told=folder.parent / "measures")
    assert whole.status == 3 and b"Traceback" not in whole.err
    records: dict[str, list[bytes]] = {}
    for line in whole.out.splitlines():
        records.setdefault(json.loads(line)["sources"][0]["name"].partition("!/")[0], []).append(line)
    lines: dict[str, list[bytes]] = {}
    start = f"onrecord: {folder}/".encode()
    for line in whole.err.splitlines():
        if line.startswith(start):
            name = line.removeprefix(start).partition(b"!/")[0].partition(b": ")[0].decode()
            lines.setdefault(name, []).append(line)
    return {
        hostile.name: _alone(records.get(hostile.name, []), lines.get(hostile.name, [])) for hostile in KINDS
    }


def _alone(records: list[bytes], lines: list[bytes]) -> Answer:
    """What the program would have answered had it been given one file only."""
    status = 0 if not lines else 3 if records else 65
    return Answer(status, b"\n".join(records), b"\n".join(lines))


@pytest.mark.parametrize("hostile", KINDS, ids=lambda hostile: hostile.name)
def test_small(hostile: Hostile, batch: dict[str, Answer]) -> None:
    answer = batch[hostile.name]
    assert answer.out or answer.err, "neither a record nor a reason"
    meets(answer, hostile.expect)


def test_nothing_there(tmp_path: Path, told: Path) -> None:
    answer = run("read", str(tmp_path / "missing.txt"), "--json", told=told)
    assert answer.status == 66
    assert answer.err.count(b"\n") == 1


def test_a_name_that_attacks_a_terminal(tmp_path: Path, told: Path) -> None:
    path = tmp_path / "a\x1b[31m\u202etxt.txt"
    path.write_bytes(b"")
    answer = run("read", str(path), "--json", told=told)
    assert answer.status == 65
    assert b"\x1b" not in answer.err
    assert "\u202e" not in answer.err.decode()


def test_the_summary_shows_no_raw_control(tmp_path: Path, told: Path) -> None:
    path = tmp_path / "escapes.txt"
    path.write_bytes(b"IDA\x1b[31m MORROW: \x1b[2Jhello\x9b\x07\n\nPETER VANCE: no\n\nPETER VANCE: never\n")
    answer = run("read", str(path), told=told)
    assert answer.status == 0
    assert b"\x1b" not in answer.out + answer.err
    assert b"\x07" not in answer.out + answer.err


@pytest.mark.parametrize(
    "asked", [["read", "--json"], ["export", "--to", "jsonl"], ["export", "--to", "tei"], ["export", "--to", "akn"],
              ["export", "--to", "annotations"], ["compare", "--json"], ["check", "--json", "--in"]],
)  # fmt: skip
def test_data_show_no_raw_control(asked: list[str], tmp_path: Path, told: Path) -> None:
    path = tmp_path / "escapes.txt"
    path.write_text(
        "IDA MORROW: \x9b2J\x7fhello\u202e.\n\nPETER VANCE: \u2066no.\n\nIDA MORROW: yes.\n", "utf-8"
    )
    again = [str(path)] if asked[0] == "compare" else []
    given = ["hello", *asked[1:]] if asked[0] == "check" else asked[1:]
    answer = run(asked[0], *given, str(path), *again, told=told)
    assert answer.status == 0, answer.err
    assert not re.search("[\x7f-\x9f\u202a-\u202e\u2066-\u2069]", answer.out.decode())
    if asked == ["read", "--json"]:
        assert json.loads(answer.out)["sources"][0]["text"] == path.read_text("utf-8")


def test_a_record_that_was_touched_does_not_verify(tmp_path: Path, told: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_text(EN, "utf-8")
    made = read(path, told).out
    assert run("verify", "-", stdin=made, told=told).status == 0
    touched = run("verify", "-", stdin=made.replace(b"We will not.", b"We will now.", 1), told=told)
    assert touched.status == 65
    assert b"Traceback" not in touched.err


@pytest.mark.parametrize("words", [FR, EN])
def test_the_same_bytes_twice(words: str, tmp_path: Path, told: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_text(words, "utf-8")
    assert read(path, told, seed="1").out == read(path, told, seed="2").out != b""


# ------------------------------------------------------------------- the collection: where the generator is


@pytest.fixture(scope="session")
def collection(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The collection: the first file of each kind."""
    folder = tmp_path_factory.mktemp("hostile")
    size = [] if LONG else ["--small"]
    subprocess.run([sys.executable, str(GENERATOR), str(folder), *size], check=True, capture_output=True)
    paths: dict[str, Path] = {}
    for line in (folder / "manifest.jsonl").read_text("utf-8").splitlines():
        entry = json.loads(line)
        paths.setdefault(entry["id"], folder / entry["path"])
    return paths


@beside
@pytest.mark.parametrize("kind", READ)
def test_files(kind: str, collection: dict[str, Path], told: Path) -> None:
    path = collection[kind]
    before = outside(path)
    answer = read(path, told, seconds=SLOW.get(kind, 10), limited=kind not in UNLIMITED)
    assert outside(path) == before, "a file was written beside the input"
    meets(answer, READ[kind], verified=not (LONG and kind == "H22"))
    if (LONG and kind not in UNLIMITED) or kind in {"H06", "H13", "H34", "H65", "H77"}:
        assert run("read", str(path), "--json", told=told, seed="2").out == answer.out


def outside(path: Path) -> set[Path]:
    """What lies around an input: an archive that breaks out leaves something there."""
    return {found for folder in (path.parent, path.parent.parent) for found in folder.iterdir()}


@beside
@pytest.mark.skipif(not LONG, reason="a million turns: LONG=1")
def test_a_turn_of_a_million_costs_no_more_than_one_of_a_hundred_thousand(
    collection: dict[str, Path], tmp_path: Path, told: Path
) -> None:
    tenth = tmp_path / "tenth.txt"
    tenth.write_bytes(collection["H22"].read_bytes()[:500_000])
    few = run("read", str(tenth), "--json", told=told).seconds
    many = run("read", str(collection["H22"]), "--json", told=told).seconds
    assert many / 10 <= 1.5 * few


@beside
def test_one_text_in_two_encodings_is_one_text(collection: dict[str, Path], told: Path) -> None:
    assert text(read(collection["H04"], told).record) == text(read(collection["H12"], told).record)


@beside
def test_a_batch_goes_on_past_what_it_refuses(collection: dict[str, Path], told: Path) -> None:
    paths = [str(collection[kind]) for kind in ("H01", "H12", "H02")]
    answer = run("read", *paths, "--json", told=told)
    assert answer.status == 3
    assert len(answer.out.splitlines()) == 1
    assert len(answer.err.splitlines()) == 2


# ----------------------------------------------------------- names, addresses, searches, pairs: not one file each


@beside
def test_names_of_files(collection: dict[str, Path], told: Path) -> None:
    folder = collection["H86"].parent
    answer = run("read", str(folder), "--json", told=told)
    assert answer.status in {0, 3}, answer.err
    assert len(answer.out.splitlines()) == sum(
        path.is_file() for path in folder.iterdir() if path.name[0] != "."
    )
    assert not re.search(rb"[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80\xae", answer.err)
    assert not (Path.cwd() / "pwned").exists()
    for path in folder.iterdir():
        alone = run("read", "--json", "--", str(path), told=told)
        assert alone.status == 0, (path, alone.err)


@beside
def test_addresses_are_refused_before_any_packet(
    collection: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    import socket

    from onrecord.errors import OnrecordError
    from onrecord.sources import fetch, is_address

    def packet(*_: object, **__: object) -> None:
        raise AssertionError("a packet was about to leave")

    def local(host: str, port: int, **_: object) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "create_connection", packet)
    monkeypatch.setattr(socket, "getaddrinfo", local)  # whatever name it is, it leads inside
    for address in filter(None, collection["H89"].read_text("utf-8").split("\n")):
        if is_address(address):
            with pytest.raises(OnrecordError):
                fetch(address)


@beside
def test_near_duplicates_are_versions_of_one_event(collection: dict[str, Path], tmp_path: Path) -> None:
    folder = collection["H33"].parent
    count = len(list(folder.iterdir()))
    command = [
        sys.executable,
        "-m",
        "onrecord",
        "add",
        str(folder),
        "--archive",
        str(tmp_path / "a.onrecord"),
    ]
    first, again = (
        subprocess.run(command, capture_output=True, check=True).stderr.decode() for _ in range(2)
    )
    assert first.splitlines()[-1] == f"onrecord: 1 new, {count - 1} version"
    assert again.splitlines()[-1] == f"onrecord: {count} same"


@beside
@pytest.mark.parametrize(("one", "other", "says"), [("H12", "H12b", None), ("H31", "H31b", "moved|order")])
def test_pairs(one: str, other: str, says: str | None, collection: dict[str, Path], told: Path) -> None:
    answer = run("compare", str(collection[one]), str(collection[other]), "--json", told=told)
    assert answer.status == 0, answer.err
    assert answer.seconds <= 60
    kinds = {found["kind"] for found in json.loads(answer.out)["differences"]}
    assert kinds == set() if says is None else any(re.search(says, kind) for kind in kinds)


@beside
def test_figures_of_speech_that_are_formulas(collection: dict[str, Path], told: Path) -> None:
    answer = run("read", str(collection["H68"]), "--csv", told=told)
    assert answer.status == 0, answer.err
    cells = re.split(r'[,;\t\r\n]+"?', answer.out.decode())
    assert [cell for cell in cells if cell[:1] in ("=", "+", "@") or cell[:2] == "-2"] == []
