"""Nothing that a stranger's file holds may crash, hang, escape, or make the record untrue.

Every input goes through the command line in a process of its own, with limits on its time and memory. The
large collection (made by a generator that lies beside the checkout) is skipped where it is not there; the
small one, `hostile_small.py`, always runs.
"""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hostile_small import EN, FR, REFUSED, SMALL, Expect, Hostile, Record, labels, notes, speakers, text

GENERATOR = Path(__file__).resolve().parents[2] / "shared" / "hostile" / "hostile.py"
beside = pytest.mark.skipif(not GENERATOR.is_file(), reason="the generator of hostile files is not here")
SECONDS = 10
MEMORY = 1 << 30  # address space, half of it for what the interpreter maps and never touches

OK = Expect()
READ_OR_REFUSED = Expect((0, 65))
PARTLY = (0, 3)
NEVER_ROOT = "root:"  # the first word of the file that the XML attacks try to include


def said(record: Record) -> str:
    """Everything in which a record warns: notes, reasons, judgements."""
    source = record["sources"][0]
    words = [f"{note['kind']}: {note['message']}" for note in source["notes"]]
    words += source["layout"]["reasons"]
    for turn in record["turns"]:
        words += [turn["judgement"], *turn["reasons"]]
    for person in record["people"]:
        words += [reason for alias in person["aliases"] for reason in alias["reasons"]]
    return "\n".join(words)


def languages(record: Record) -> set[str]:
    """The languages that stretches of the text are said to be in."""
    return {stretch["value"] for stretch in record["sources"][0]["languages"]}


def judgements(record: Record) -> dict[str, str]:
    """For each printed label, the judgement on its last turn."""
    return dict(zip(labels(record), (turn["judgement"] for turn in record["turns"]), strict=True))


def spoken(record: Record) -> str:
    """Every spoken character."""
    return "".join(text(record)[a:b] for turn in record["turns"] for a, b in turn["speech"])


FILES = {
    "H01": Expect(REFUSED, "empty"),
    "H02": Expect(REFUSED, "no text"),
    "H04": Expect(holds=lambda r: len(r["turns"]) == 4),
    "H05": Expect((0, 65), "", lambda r: "\0" not in text(r)),
    "H06": Expect(says="cp1252|windows-1252", holds=lambda r: "é" in text(r) and "’" in text(r)),
    "H08": Expect(holds=lambda r: len({n["byte"] for n in notes(r)} - {None}) >= 2),
    "H09": Expect(says="NUL"),
    "H10": Expect(says="surrogate"),
    "H12": Expect(holds=lambda r: len(r["turns"]) == 4),
    "H12b": Expect(holds=lambda r: len(r["turns"]) == 4),
    "H13": Expect(says="invisible", holds=lambda r: "Donald Trump" in speakers(r)),
    "H15": Expect(
        says=r"(?i)mixed|cyrillic|script|homoglyph|look", holds=lambda r: len(set(speakers(r))) <= 3
    ),
    "H16": OK,
    "H17": Expect(holds=lambda r: len(r["turns"]) >= 5 and "\r\n" in text(r)),
    "H18b": Expect(says="cp1251|windows-1251", holds=lambda r: "Путин" in text(r)),
    "H19": Expect(says="control"),
    "H20": Expect(holds=lambda r: len(r["turns"]) == 5),
    "H22": Expect(holds=lambda r: len(r["turns"]) == 50_000),
    "H23": Expect(holds=lambda r: r["turns"] == []),
    "H24": OK,
    "H26": OK,
    "H27": OK,
    "H28": OK,
    "H30": OK,
    "H31": OK,
    "H31b": OK,
    "H71": Expect(holds=lambda r: r["turns"] == [] and r["people"] == []),
    "H72": Expect(holds=lambda r: set(labels(r)) == {"Trump", "Q", "R"}),
    "H75": Expect(holds=lambda r: judgements(r)["Smith"] == judgements(r)["Mr Jones"] == "ambiguous"),
    "H76": Expect(holds=lambda r: judgements(r)["Le Président"] in {"ambiguous", "unresolved"}),
    "H77": Expect(holds=lambda r: {"es", "en", "fr"} <= languages(r)),
}

READERS = {
    "H34": Expect(holds=lambda r: "alert" not in spoken(r)),
    "H36": OK,
    "H37": Expect(says=r"(?i)charset|encoding"),
    "H38": Expect(says="truncated"),
    "H39": Expect(says="hidden", holds=lambda r: "AGREED" not in spoken(r) and "archive" not in spoken(r)),
    "H41": OK,
    "H42": Expect(REFUSED),
    "H44": Expect(REFUSED),
    "H45": Expect(REFUSED),
    "H46": READ_OR_REFUSED,
    "H48": Expect(REFUSED),
    "H49": Expect(holds=lambda r: "Oui & non" in text(r)),
    "H50": Expect(REFUSED, r"line \d+"),
    "H51": Expect(REFUSED),
    "H53": Expect(says="6 members of the archive refused"),
    "H54": Expect(REFUSED, "duplicate"),
    "H56": Expect(says="members of the archive refused"),
    "H57": Expect(REFUSED, "truncated"),
    "H57b": Expect(REFUSED, "docx"),
    "H59": Expect(REFUSED),
    "H59b": Expect(holds=lambda r: "accord" in text(r)),
    "H59c": Expect(REFUSED),
    "H60": Expect(REFUSED, "OCR"),
    "H61": Expect(REFUSED, "OCR"),
    "H61b": Expect(says=r"(?i)html", holds=lambda r: text(r).startswith("Trump: ok")),
    "H63": Expect(REFUSED),
    "H64": Expect((0, 65), r"(?i)duplicate|twice|NaN"),
    "H65": Expect(PARTLY, r"501\b", lambda r: len(r["turns"]) >= 2),
    "H67": Expect(PARTLY, r"(?i)line \d+|cue"),
    "H68": READ_OR_REFUSED,
    "H69": Expect(says=r"(?s)id stands twice.*unknown id.*circle"),
    "H79": Expect(says=r"does not exist"),
    "H80": Expect(holds=lambda r: judgements(r)["Question"] == "unresolved"),
}


class Answer(NamedTuple):
    """What the command line gave back."""

    status: int
    out: bytes
    err: bytes

    @property
    def record(self) -> Record:
        """The one record on standard output."""
        made: Record = json.loads(self.out)
        return made


def onrecord(
    *arguments: str, seconds: int = SECONDS, seed: str = "0", size: int = 0, stdin: bytes = b""
) -> Answer:
    """Run the program as a stranger would, with a ceiling on what it may use."""

    def ceiling() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY + 40 * size,) * 2)

    done = subprocess.run(
        [sys.executable, "-m", "onrecord", *arguments],
        capture_output=True,
        input=stdin,
        env={**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": "C.UTF-8"},
        preexec_fn=ceiling,
        timeout=6 * seconds,  # a busy machine is no fault; the processor time above is the limit
    )
    return Answer(done.returncode, done.stdout, done.stderr)


def read(path: Path, **options: Any) -> Answer:
    """`onrecord read FILE --json`, held to what is true of every input."""
    answer = onrecord("read", str(path), "--json", size=path.stat().st_size, **options)
    shown = answer.err.decode("utf-8")
    assert "Traceback" not in shown
    assert NEVER_ROOT.encode() not in answer.out + answer.err
    assert not re.search(rb"[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]", answer.err), (
        "a raw control on a terminal"
    )
    if answer.status in {65, 66, 2}:
        assert answer.out == b"", "nothing is recorded of what is refused"
        assert re.fullmatch(r"[^\n]{5,400}\n", shown), f"one line that says why, not {shown!r}"
    return answer


def meets(answer: Answer, expect: Expect) -> None:
    """Hold an answer against what must come of the input."""
    shown = answer.err.decode("utf-8")
    assert answer.status in expect.status, shown
    if answer.status not in {0, 3}:
        assert re.search(expect.says, shown), shown
        return
    exact(answer)
    for record in [json.loads(line) for line in answer.out.splitlines()]:
        assert re.search(expect.says, said(record)), f"nothing says {expect.says!r}:\n{said(record)[:2000]}"
        assert expect.holds(record)


def exact(answer: Answer) -> None:
    """Every span reads the characters that the record claims."""
    from onrecord.record import decode, verify

    for line in answer.out.splitlines():
        assert verify(decode(line)) == []


# ------------------------------------------------------------------------------- the small ones: always


@pytest.mark.parametrize("hostile", SMALL, ids=lambda hostile: hostile.name)
def test_small(hostile: Hostile, tmp_path: Path) -> None:
    path = tmp_path / hostile.name
    path.write_bytes(hostile.data)
    meets(read(path), hostile.expect)


def test_nothing_there(tmp_path: Path) -> None:
    answer = onrecord("read", str(tmp_path / "missing.txt"), "--json")
    assert answer.status == 66
    assert answer.err.count(b"\n") == 1


def test_a_name_that_attacks_a_terminal(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[31m\u202etxt.txt"
    path.write_bytes(b"")
    answer = onrecord("read", str(path), "--json")
    assert answer.status == 65
    assert b"\x1b" not in answer.err
    assert "\u202e" not in answer.err.decode()


def test_the_summary_shows_no_raw_control(tmp_path: Path) -> None:
    path = tmp_path / "escapes.txt"
    path.write_bytes(b"IDA\x1b[31m MORROW: \x1b[2Jhello\x9b\x07\n\nPETER VANCE: no\n\nPETER VANCE: never\n")
    answer = onrecord("read", str(path))
    assert answer.status == 0
    assert b"\x1b" not in answer.out + answer.err
    assert b"\x07" not in answer.out + answer.err


def test_a_record_that_was_touched_does_not_verify(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_text(EN, "utf-8")
    made = read(path).out
    assert onrecord("verify", "-", stdin=made).status == 0
    touched = onrecord("verify", "-", stdin=made.replace(b"We will not.", b"We will now.", 1))
    assert touched.status == 65
    assert b"Traceback" not in touched.err


@pytest.mark.parametrize("words", [FR, EN])
def test_the_same_bytes_twice(words: str, tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_text(words, "utf-8")
    assert read(path, seed="1").out == read(path, seed="2").out != b""


# ------------------------------------------------------------------- the large ones: where the generator is


@cache
def generated(folder: Path) -> dict[str, Path]:
    """Write the collection once; the first file of each kind."""
    subprocess.run([sys.executable, str(GENERATOR), str(folder), "--small"], check=True, capture_output=True)
    paths: dict[str, Path] = {}
    for line in (folder / "manifest.jsonl").read_text("utf-8").splitlines():
        entry = json.loads(line)
        paths.setdefault(entry["id"], folder / entry["path"])
    return paths


@pytest.fixture(scope="session")
def collection(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The large collection, by kind."""
    return generated(tmp_path_factory.mktemp("hostile"))


@beside
@pytest.mark.parametrize("kind", FILES)
def test_files(kind: str, collection: dict[str, Path]) -> None:
    meets(read(collection[kind]), FILES[kind])


@beside
@pytest.mark.parametrize("kind", READERS)
def test_readers(kind: str, collection: dict[str, Path]) -> None:
    before = outside(collection[kind])
    meets(read(collection[kind]), READERS[kind])
    assert outside(collection[kind]) == before, "a file was written beside the input"


def outside(path: Path) -> set[Path]:
    """What lies around an input: an archive that breaks out leaves something there."""
    return {found for folder in (path.parent, path.parent.parent) for found in folder.iterdir()}


@beside
@pytest.mark.parametrize("kind", ["H06", "H13", "H34", "H65", "H77"])
def test_hostile_files_give_the_same_bytes_twice(kind: str, collection: dict[str, Path]) -> None:
    assert read(collection[kind], seed="1").out == read(collection[kind], seed="2").out


@beside
def test_one_text_in_two_encodings_is_one_text(collection: dict[str, Path]) -> None:
    assert text(read(collection["H04"]).record) == text(read(collection["H12"]).record)


@beside
def test_a_batch_goes_on_past_what_it_refuses(collection: dict[str, Path]) -> None:
    answer = onrecord(
        "read", str(collection["H01"]), str(collection["H12"]), str(collection["H02"]), "--json"
    )
    assert answer.status == 3
    assert len(answer.out.splitlines()) == 1
    assert len(answer.err.splitlines()) == 2


# ----------------------------------------------------------- names, addresses, searches, pairs: not one file each


@beside
def test_names_of_files(collection: dict[str, Path]) -> None:
    folder = collection["H86"].parent
    answer = onrecord("read", str(folder), "--json")
    assert answer.status in {0, 3}, answer.err
    assert len(answer.out.splitlines()) == sum(
        path.is_file() for path in folder.iterdir() if path.name[0] != "."
    )
    assert not re.search(rb"[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80\xae", answer.err)
    assert not (Path.cwd() / "pwned").exists()
    for path in folder.iterdir():
        alone = onrecord("read", "--json", "--", str(path))
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
def test_what_is_typed_into_the_search(collection: dict[str, Path], tmp_path: Path) -> None:
    from onrecord import store
    from onrecord.errors import OnrecordError
    from onrecord.record import read_source
    from onrecord.sources import open_path

    with store.open(tmp_path / "a.onrecord", create=True) as archive:
        opened = open_path(str(collection["H12"]))
        archive.add(read_source(opened), collection["H12"].read_bytes(), added="2031-05-04T10:00:00Z")
        for typed in collection["H90"].read_text("utf-8").split("\n"):
            try:
                archive.search(typed)
            except OnrecordError as error:
                assert not re.search(r"(?i)fts5|sqlite|syntax error", str(error)), error
        for words in ("négociations", "ne\u0301gociations"):
            assert archive.search(words).hits


@beside
@pytest.mark.parametrize(("one", "other", "says"), [("H12", "H12b", None), ("H31", "H31b", "moved|order")])
def test_pairs(one: str, other: str, says: str | None, collection: dict[str, Path]) -> None:
    answer = onrecord(
        "compare", str(collection[one]), str(collection[other]), "--json", seconds=60, size=1 << 22
    )
    assert answer.status == 0, answer.err
    kinds = {found["kind"] for found in json.loads(answer.out)["differences"]}
    assert kinds == set() if says is None else any(re.search(says, kind) for kind in kinds)


@beside
def test_figures_of_speech_that_are_formulas(collection: dict[str, Path]) -> None:
    answer = onrecord("read", str(collection["H68"]), "--csv")
    assert answer.status == 0, answer.err
    cells = re.split(r'[,;\t\r\n]+"?', answer.out.decode())
    assert [cell for cell in cells if cell[:1] in ("=", "+", "@") or cell[:2] == "-2"] == []
