"""The command line: what goes where, and with which exit status.

These tests replace the pipeline by one that is quick and fails on demand; the last ones use the real one.
"""

from __future__ import annotations

import io
import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner, Result

from onrecord import cli, errors
from onrecord.model import Record
from onrecord.spans import Text

sys.path.append(str(Path(__file__).parent / "export"))

from sample import sample

SAMPLE = sample()


class Pipeline:
    """Stands in for `onrecord.record`; keeps the options it was called with."""

    def __init__(self) -> None:
        self.options: dict[str, Any] = {}
        self.raises: BaseException | None = None

    def read_source(self, opened: Any, **options: Any) -> Record:
        self.options = options
        if self.raises:
            raise self.raises
        source = SAMPLE.sources[0]
        fields = {name: getattr(source, name) for name in source.__struct_fields__}
        return sample(sources=(type(source)(**{**fields, "name": opened.name}),))

    @staticmethod
    def encode(record: Record) -> bytes:
        return msgspec.json.encode(record)

    @staticmethod
    def decode(data: bytes) -> Record:
        try:
            return msgspec.json.decode(data, type=Record)
        except msgspec.MsgspecError as error:
            raise errors.RecordError(f"not a record: {error}") from None

    @staticmethod
    def verify(record: Record) -> list[str]:
        source = record.sources[0]
        return (
            [] if Text(source.text).sha256 == source.text_sha256 else [f"{source.id}: the text has changed"]
        )


@pytest.fixture
def pipeline(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pipeline]:
    stand_in = Pipeline()
    monkeypatch.setitem(sys.modules, "onrecord.record", stand_in)  # type: ignore[arg-type]
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    yield stand_in


def run(*arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(cli.main, list(arguments), input=stdin)


@pytest.fixture
def talk(tmp_path: Path) -> str:
    path = tmp_path / "talk.txt"
    path.write_text("MARROW: Good evening.\n", "utf-8")
    return str(path)


# -------------------------------------------------------------------------------------------------- read


def test_a_summary_on_stdout_and_nothing_on_stderr(pipeline: Pipeline, talk: str) -> None:
    done = run("read", talk)
    assert done.exit_code == 0
    assert "Ilse Marrow" in done.stdout and "\x1b" not in done.stdout
    assert done.stderr == ""


def test_json_is_one_record_a_line(pipeline: Pipeline, talk: str) -> None:
    done = run("read", talk, talk, "--json")
    names = [json.loads(line)["sources"][0]["name"] for line in done.stdout.splitlines()]
    assert names == [talk, talk]


def test_minutes(pipeline: Pipeline, talk: str) -> None:
    assert run("read", talk, "--md").stdout.startswith("# “The bridge stays open”")


def test_options_reach_the_pipeline(pipeline: Pipeline, talk: str) -> None:
    run(
        "read", talk, "--alias", "PRESIDNET = Ilse Marrow", "--alias", "Q=A=B", "--language", "fr",
        "--date", "2031-03",
    )  # fmt: skip
    assert pipeline.options == {
        "aliases": {"PRESIDNET": "Ilse Marrow", "Q": "A=B"},
        "language": "fr",
        "date": "2031-03",
        "ledger": True,
    }


LANGUAGES = [
    ((), {}, "What to beware of"),
    (("--ui", "fr"), {"LANG": "en_GB.UTF-8"}, "À savoir avant de citer"),
    ((), {"LANG": "fr_CA.UTF-8"}, "À savoir avant de citer"),
    ((), {"LC_ALL": "C", "LANG": "fr_FR"}, "What to beware of"),
    ((), {"LC_MESSAGES": "fr", "LANG": "en"}, "À savoir avant de citer"),
    ((), {"LANG": "tlh_QO.UTF-8"}, "What to beware of"),
]


@pytest.mark.parametrize(("options", "environment", "expected"), LANGUAGES)
def test_language_of_the_face(
    pipeline: Pipeline, talk: str, monkeypatch: pytest.MonkeyPatch,
    options: tuple[str, ...], environment: dict[str, str], expected: str,
) -> None:  # fmt: skip
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert expected in run("read", talk, *options).stdout


def test_without_a_command_the_help_is_shown_as_it_is() -> None:
    done = run()
    assert done.exit_code == 2
    assert "\n  read " in done.stderr and "␊" not in done.stderr


@pytest.mark.parametrize(("code", "status"), [("FR", 0), ("pl", 0), ("xx", 2), ("english", 2), ("", 2)])
def test_the_language_is_a_code(pipeline: Pipeline, talk: str, code: str, status: int) -> None:
    assert run("read", talk, "--language", code).exit_code == status


def test_an_alias_that_nobody_bears_is_said(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_text("MARROW: Good evening.\n\nARKELL: Thank you.\n\nMARROW: So.\n\nARKELL: Yes.\n", "utf-8")
    right = run("read", str(path), "--alias", "marrow=Ilse Marrow")
    wrong = run("read", str(path), "--alias", "Marow=Ilse Marrow")
    assert (right.exit_code, right.stderr) == (0, "")
    assert wrong.exit_code == 0 and "Marow" in wrong.stderr


def test_two_machines_make_the_same_record(tmp_path: Path) -> None:
    made = []
    for place in ("here", "there"):
        (tmp_path / place).mkdir()
        path = tmp_path / place / "talk.txt"
        path.write_text("MARROW: Good evening.\n\nARKELL: Thank you.\n", "utf-8")
        made.append(run("read", str(path), "--json").stdout)
    assert made[0] == made[1] and '"talk.txt"' in made[0]


def test_a_folder_is_read_file_by_file(pipeline: Pipeline, tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt"):
        (tmp_path / name).write_text("MARROW: Yes.\n", "utf-8")
    names = [
        json.loads(line)["sources"][0]["name"]
        for line in run("read", str(tmp_path), "--json").stdout.splitlines()
    ]
    assert [Path(name).name for name in names] == ["a.txt", "b.txt"]


def test_stdin(pipeline: Pipeline) -> None:
    assert run("read", "-", "--json", stdin=b"MARROW: Yes.\n").exit_code == 0


COMPLETED = [("onrecord re", 1, ["read", "remove"]), ("onrecord compare --fa", 2, ["--fail-on"])]


@pytest.mark.parametrize(("typed", "word", "offered"), COMPLETED)
def test_a_shell_completes_verbs_and_options(typed: str, word: int, offered: list[str]) -> None:
    asked = {"_ONRECORD_COMPLETE": "bash_complete", "COMP_WORDS": typed, "COMP_CWORD": str(word)}
    done = subprocess.run(
        [sys.executable, "-m", "onrecord"], env=os.environ | asked, capture_output=True, text=True
    )
    assert [line.partition(",")[2] for line in done.stdout.splitlines()] == offered


# ------------------------------------------------------------------------------------------ what goes wrong

ADDRESS = "https://gazette.example/talk?a=1&b=2"
WRONG = [
    (["read"], 2, "Missing argument"),
    (["read", "no-such-file.txt"], 66, "no-such-file.txt"),
    (["read", ADDRESS], 2, f"onrecord read --fetch '{ADDRESS}'"),
    (["read", "x", "--alias", "nonsense"], 2, "is not LABEL=PERSON"),
    (["read", "x", "--date", "2031-02-30"], 2, "is not a date"),
    (["read", "x", "--date", "soon\x1b"], 2, "soon␛"),
    (["read", "x", "--ui", "tlh"], 2, "available: en, fr"),
    (["read", "--nonsense"], 2, "No such option"),
    (["nonsense"], 2, "No such command 'nonsense'. (see"),
    (["raed", "x"], 2, "No such command 'raed'. Did you mean 'read'?"),
    (["export-archiv", "x"], 2, "Did you mean 'export-archive' or 'import-archive'"),
    (["verify", "no-such-file.json"], 66, "no-such-file.json"),
    (["read", "evil\x1b[31m\u202etxt"], 66, r"evil"),
]


@pytest.mark.parametrize(("arguments", "status", "says"), WRONG)
def test_one_line_that_says_what_is_wrong(
    pipeline: Pipeline, arguments: list[str], status: int, says: str
) -> None:
    done = run(*arguments)
    assert done.exit_code == status
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1 and done.stderr.startswith("onrecord: ") and says in done.stderr
    assert "\x1b" not in done.stderr and "\u202e" not in done.stderr


RAISED: list[tuple[BaseException, int, str]] = [
    (errors.Refused("talk.txt: too large"), 65, "too large"),
    (errors.MissingExtra("PDF files", "pdf", "pypdfium2"), 2, 'pip install "onrecord[pdf]"'),
    (errors.Fault("a span is wrong"), 70, "a span is wrong"),
    (KeyError("p9\x1b[31m"), 70, "unforeseen KeyError"),
    (KeyboardInterrupt(), 130, ""),
]


@pytest.mark.parametrize(("error", "status", "says"), RAISED, ids=lambda value: type(value).__name__)
def test_every_error_has_its_status(
    pipeline: Pipeline, talk: str, error: BaseException, status: int, says: str
) -> None:
    pipeline.raises = error
    done = run("read", talk)
    assert done.exit_code == status
    assert says in done.stderr and "Traceback" not in done.stderr and "\x1b" not in done.stderr


def test_debugging_shows_where(pipeline: Pipeline, talk: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_DEBUG", "1")
    pipeline.raises = KeyError("p9")
    assert isinstance(run("read", talk).exception, KeyError)


BATCHES = [
    (["talk", "talk"], 0, 2, 0),
    (["talk", "missing"], 3, 1, 1),
    (["missing", "talk", "missing"], 3, 1, 2),
    (["missing", "missing"], 66, 0, 2),
]


@pytest.mark.parametrize(("inputs", "status", "records", "lines"), BATCHES)
def test_a_batch_goes_on(
    pipeline: Pipeline, talk: str, inputs: list[str], status: int, records: int, lines: int
) -> None:
    done = run("read", "--json", *(talk if name == "talk" else f"{name}.txt" for name in inputs))
    assert (done.exit_code, len(done.stdout.splitlines()), len(done.stderr.splitlines())) == (
        status,
        records,
        lines,
    )


# ------------------------------------------------------------------------------------------------ the page


def test_the_page_is_written_whole(pipeline: Pipeline, talk: str, tmp_path: Path) -> None:
    target = tmp_path / "record.html"
    target.write_text("old", "utf-8")
    done = run("read", talk, "--html", str(target))
    assert done.exit_code == 0 and f"the page: {target}" in done.stderr
    assert target.read_text("utf-8").rstrip().endswith("</html>")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["record.html", "talk.txt"]
    assert stat.S_IMODE(target.stat().st_mode) & 0o044, "others may read what others may read"


def test_a_page_that_cannot_be_written_leaves_the_old_one(
    pipeline: Pipeline, talk: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "record.html"
    target.write_text("old", "utf-8")

    def full(path: Path, data: bytes) -> int:
        with path.open("wb") as half:
            half.write(data[:100])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    done = run("read", talk, "--html", str(target))
    assert done.exit_code == 74 and "No space left" in done.stderr
    assert target.read_text("utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["record.html", "talk.txt"]


def test_no_folder_for_the_page(pipeline: Pipeline, talk: str, tmp_path: Path) -> None:
    done = run("read", talk, "--html", str(tmp_path / "none" / "record.html"))
    assert done.exit_code == 74 and done.stderr.count("\n") == 1


def test_one_page_shows_one_record(pipeline: Pipeline, talk: str, tmp_path: Path) -> None:
    done = run("read", talk, talk, "--html", str(tmp_path / "r.html"))
    assert done.exit_code == 2 and not (tmp_path / "r.html").exists()


def test_the_page_on_stdout(pipeline: Pipeline, talk: str) -> None:
    assert run("read", talk, "--html", "-").stdout.startswith("<!doctype html>")


def test_quiet(pipeline: Pipeline, talk: str, tmp_path: Path) -> None:
    assert run("read", talk, "--quiet", "--html", str(tmp_path / "r.html")).stderr == ""


def test_open(pipeline: Pipeline, talk: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    assert run("read", talk, "--open", "--html", str(tmp_path / "r.html")).exit_code == 0
    assert opened == [(tmp_path / "r.html").as_uri()]


# -------------------------------------------------------------------------------------------------- verify


def stored(change: Callable[[bytes], bytes] = lambda data: data) -> bytes:
    return change(msgspec.json.encode(SAMPLE))


def touched() -> bytes:
    return stored(lambda data: data.replace(b"Good evening, everybody", b"Good morning, everybody"))


STORED = [
    (stored(), 0, "standard input: holds (8 turns, 1,725 characters)\n"),
    (stored() + b"\n" + stored() + b"\n", 0, ":2: holds"),
    (msgspec.json.format(stored(), indent=2), 0, "holds"),
    (touched(), 65, "the text has changed"),
    (stored() + b"\n" + touched(), 65, ":2: s1: the text has changed"),
    (b"", 65, ""),
    (b"{}", 65, ""),
    (b"not JSON\n", 65, ""),
]


@pytest.mark.parametrize(("data", "status", "says"), STORED)
def test_verify(pipeline: Pipeline, data: bytes, status: int, says: str) -> None:
    done = run("verify", "-", stdin=data)
    assert done.exit_code == status
    assert says in done.stdout
    assert done.stdout or done.stderr.count("\n") == 1


def test_a_bad_line_does_not_hide_the_next(pipeline: Pipeline, tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    path.write_bytes(stored() + b"\n{}\n" + stored() + b"\n")
    done = run("verify", str(path))
    assert done.exit_code == 65 and done.stdout.count("holds") == 2 and ":2: not a record" in done.stderr


# -------------------------------------------------------------------------------- schema, demo, and so on


def test_the_schema_is_that_of_a_record() -> None:
    made = json.loads(run("schema").stdout)
    assert {"Record", "Turn", "Mark"} <= made["$defs"].keys()


def test_the_demo_says_commands_that_the_shell_finds(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from onrecord.cli.demo import called

    (tmp_path / "onrecord").write_text("")
    (tmp_path / "onrecord").chmod(0o755)
    for path, typed, expected in (
        ("", ".venv/bin/onrecord", ".venv/bin/onrecord"),
        ("", "my tools/bin/onrecord", "'my tools/bin/onrecord'"),
        (str(tmp_path), ".venv/bin/onrecord", "onrecord"),
        ("", "somewhere/__main__.py", "onrecord"),
    ):
        monkeypatch.setenv("PATH", path)
        monkeypatch.setattr(sys, "argv", [typed, "demo"])
        assert called() == expected


def test_the_demo_ends_with_three_commands(pipeline: Pipeline) -> None:
    lines = run("demo").stdout.splitlines()[-3:]
    assert [line.split()[:2] for line in lines] == [
        ["onrecord", verb] for verb in ("read", "compare", "check")
    ]


def test_the_version() -> None:
    assert run("--version").stdout == f"onrecord {cli.__version__}\n"


def test_the_same_program_as_a_module(talk: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "onrecord", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("onrecord ")


def test_a_reader_who_leaves_is_not_bothered() -> None:
    program = (
        "import os, sys; read, write = os.pipe(); os.close(read); os.dup2(write, 1)\n"
        "from onrecord.cli import main; main(['schema'])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (74, "")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no full device here")  # noqa: PTH110
def test_a_full_disk_is_said() -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        done = subprocess.run(
            [sys.executable, "-m", "onrecord", "schema"], stdout=full, stderr=subprocess.PIPE
        )
    assert done.returncode == 74
    assert done.stderr.decode() == "onrecord: standard output: No space left on device\n"


def test_a_terminal_that_lacks_characters_gets_escapes(pipeline: Pipeline, talk: str) -> None:
    runner = CliRunner(charset="ascii")
    shown = runner.invoke(cli.main, ["read", talk]).stdout_bytes
    assert shown.startswith(b'"The bridge stays open"') and b"#" in shown and shown.isascii()
    assert io.BytesIO(shown).readline()


# ------------------------------------------------------------------------------------- with the real pipeline

EXAMPLE = str(Path(errors.__file__).parent / "examples" / "article.en.txt")


def test_what_is_read_verifies(tmp_path: Path) -> None:
    stored = tmp_path / "record.json"
    stored.write_bytes(run("read", EXAMPLE, "--json").stdout_bytes)
    assert run("verify", str(stored)).exit_code == 0


@pytest.mark.parametrize("options", [[], ["--md"], ["--html", "-"], ["--html", "-", "--ui", "fr"]])
def test_every_face_shows_the_example(options: list[str]) -> None:
    done = run("read", EXAMPLE, *options)
    assert done.exit_code == 0
    assert "what Castle and Brask said in" in done.stdout and "Marlen Castle" in done.stdout


def test_the_page_of_every_example_is_complete(tmp_path: Path) -> None:
    from test_page import Tree

    for path in sorted(Path(EXAMPLE).parent.glob("*.txt")):
        record = json.loads(run("read", str(path), "--json").stdout)
        shown = "".join(Tree(run("read", str(path), "--html", "-").stdout).source)
        assert "".join(shown.split()) == "".join(record["sources"][0]["text"].split()), path.name


def test_an_alias_of_the_user_is_followed() -> None:
    made = json.loads(run("read", EXAMPLE, "--json", "--alias", "Barsk=Teodor Brask").stdout)
    names = {person["id"]: person["name"] for person in made["people"]}
    turn = next(turn for turn in made["turns"] if turn["text"].startswith("Barsk"))
    assert names[turn["speaker"]] == "Teodor Brask"


def test_what_is_shown_can_be_narrowed_to_a_person_and_a_kind() -> None:
    done = run("read", EXAMPLE, "--csv", "--by", "Brask", "--kind", "agreed")
    rows = done.stdout.splitlines()
    assert done.exit_code == 0 and len(rows) > 1
    assert all(",agreed,Teodor Brask," in row for row in rows[1:])


def test_a_person_who_is_not_there_is_an_error_that_names_those_who_are() -> None:
    done = run("read", EXAMPLE, "--by", "Nobody Known")
    assert done.exit_code == 2 and "Teodor Brask" in done.stderr


def test_many_ledgers_are_one_table() -> None:
    done = run("read", EXAMPLE, EXAMPLE, "--csv")
    assert done.stdout.count("source,kind,speaker") == 1


def test_another_account_is_evidence() -> None:
    done = run("read", EXAMPLE, "--with", str(Path(EXAMPLE).with_name("official.en.txt")), "--json")
    record = json.loads(done.stdout)
    assert len(record["sources"]) == 2
    assert {flag["tier"] for flag in record["flags"]} == {"versions"}


# ------------------------------------------------------------------------------------------------ compare


OFFICIAL = str(Path(EXAMPLE).with_name("official.en.txt"))


def test_compare_says_what_differs_and_fails_where_asked(tmp_path: Path) -> None:
    page = tmp_path / "compared.html"
    done = run("compare", EXAMPLE, OFFICIAL, "--html", str(page), "--fail-on", "negation,number")
    assert done.exit_code == 1
    assert "1 negation differs" in done.stdout
    assert page.read_text("utf-8").startswith("<!doctype html>")
    assert run("compare", EXAMPLE, EXAMPLE, "--fail-on", "negation").exit_code == 0


def test_compare_as_json_and_markdown() -> None:
    answer = json.loads(run("compare", EXAMPLE, OFFICIAL, "--json").stdout)
    assert answer["one_event"]["judgement"] == "certain" and answer["differences"][0]["kind"] == "negation"
    assert run("compare", EXAMPLE, OFFICIAL, "--md").stdout.startswith("# article.en.txt")


COMPARED_WRONGLY = [
    (("compare", EXAMPLE), 2, "two accounts or more"),
    (("compare", EXAMPLE, OFFICIAL, "--fail-on", "everything"), 2, "no kind of difference"),
    (("compare", EXAMPLE, "nowhere.txt"), 66, "no such file"),
]


@pytest.mark.parametrize(("arguments", "status", "said"), COMPARED_WRONGLY)
def test_compare_says_what_is_wrong(arguments: tuple[str, ...], status: int, said: str) -> None:
    done = run(*arguments)
    assert (done.exit_code, done.stdout) == (status, "") and said in done.stderr


# -------------------------------------------------------------------------------------------------- check


def test_check_one_quotation() -> None:
    done = run("check", "nothing is settled until everything is settled", "--by", "Castle", "--in", OFFICIAL)
    assert done.exit_code == 0 and done.stdout.startswith("same words")
    assert "not shown to be the speaker’s own words" in " ".join(done.stdout.split())


def test_check_an_article_against_itself_and_fail_where_asked(tmp_path: Path) -> None:
    page = tmp_path / "quotations.html"
    done = run("check", EXAMPLE, "--html", str(page), "--fail-on", "spliced", "--csv")
    assert done.exit_code == 1 and done.stdout.startswith("quotation,by,verdict")
    assert "joined from" in page.read_text("utf-8")


def test_check_takes_several_places_and_gives_a_line_of_json_each() -> None:
    done = run("check", EXAMPLE, "--in", OFFICIAL, EXAMPLE, "--json")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(found) > 5 and {one["searched"] for one in found} == {2}


CHECKED_WRONGLY = [
    (("check", "some words"), 2, "say where to look"),
    (("check", "  ", "--in", OFFICIAL), 2, "the quotation is empty"),
    (("check", "?!", "--in", OFFICIAL), 2, "no word"),
    (("check", "some", "words", "and", "more"), 2, "put the quotation into quotation marks"),
    (("check", "some words", "--in", "nowhere.txt"), 66, "no such file"),
    (("check", EXAMPLE, "--by", "Castle"), 2, "for one quotation"),
    (("check", "words", "--in", OFFICIAL, "--fail-on", "wrong"), 2, "no verdict"),
    (("check", "words", "--in", "\0"), 66, ""),
]


@pytest.mark.parametrize(("arguments", "status", "said"), CHECKED_WRONGLY)
def test_check_says_what_is_wrong(
    arguments: tuple[str, ...], status: int, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ONRECORD_ARCHIVE", raising=False)
    done = run(*arguments)
    assert done.stdout == "" and done.exit_code in (status, 65) and said in done.stderr


# ------------------------------------------------------------------------------------------------- export


def test_export_writes_to_a_file_and_says_where(pipeline: Pipeline, talk: str, tmp_path: Path) -> None:
    target = tmp_path / "talk.jsonl"
    done = run("export", talk, "--to", "jsonl", "-o", str(target))
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == f"onrecord: written: {target}\n"
    assert json.loads(target.read_bytes().splitlines()[0])["id"] == "t1"


def test_export_names_its_formats(pipeline: Pipeline, talk: str) -> None:
    done = run("export", talk, "--to", "docx")
    assert done.exit_code == 2 and "tei, akn, jsonl" in done.stderr


def test_an_interrupt_while_it_loads_leaves_no_trace(tmp_path: Path) -> None:
    (tmp_path / "click.py").write_text(
        "import os, signal, time\nos.kill(os.getpid(), signal.SIGINT)\ntime.sleep(20)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-m", "onrecord", "--help"],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        check=False,
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, b"", b"")
