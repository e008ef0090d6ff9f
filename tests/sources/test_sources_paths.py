"""Folders and archives: which files, in which order, and what is refused in them."""

# ruff: noqa: E501  a row of a table is one line

from __future__ import annotations

import io
import os
import stat
import tarfile
import zipfile
from pathlib import Path

import pytest

from onrecord.errors import BadData, NoInput, Refused
from onrecord.sources import expand, open_path


def test_a_folder_is_walked_in_order_without_hidden_files_and_outer_links(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("No.")
    root = tmp_path / "root"
    for name in ("b.txt", "a.txt", ".hidden", "sub/c.txt", ".git/d.txt"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("Yes.")
    (root / "out.txt").symlink_to(outside)
    (root / "in.txt").symlink_to(root / "a.txt")
    (root / "loop").symlink_to(root)
    found = [os.path.relpath(path, root) for path in expand([str(root)])]
    assert found == ["a.txt", "b.txt", "in.txt", "sub/c.txt"]


def test_a_link_that_may_not_be_followed_ends_no_walk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(path: str) -> str:
        if path.endswith("a.txt"):
            raise PermissionError(13, "Permission denied")
        return path

    (tmp_path / "a.txt").symlink_to(tmp_path / "of somebody else")
    (tmp_path / "b.txt").write_text("Yes.")
    monkeypatch.setattr(os.path, "realpath", forbidden)
    assert [Path(path).name for path in expand([str(tmp_path)])] == ["a.txt", "b.txt"]


def test_a_link_in_a_circle_is_no_trap(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "b.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    for path in expand([str(tmp_path)]):
        with pytest.raises(BadData, match="cannot be opened"):
            open_path(path)


def test_other_paths_pass_as_they_are(tmp_path: Path) -> None:
    assert list(expand(["-", "https://arland.example/", "none.txt"])) == [
        "-",
        "https://arland.example/",
        "none.txt",
    ]


def test_a_zip_is_read_member_by_member_and_its_tricks_are_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("ok/one.txt", "../evil.txt", "/evil.txt", "C:\\evil.txt", "..\\evil.txt"):
            archive.writestr(zipfile.ZipInfo(name), "Yes.")
        link = zipfile.ZipInfo("link.txt")
        link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/hostname")
        archive.writestr("bomb.txt", "a" * 8_000_000, zipfile.ZIP_DEFLATED)
        archive.writestr("twice.txt", "Yes.")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("twice.txt", "No.")
    read, refused = opened([str(path)])
    assert read == {"ok/one.txt": "Yes."}
    assert {name: reason.rpartition(": ")[2] for name, reason in refused.items()} == {
        "bomb.txt": "expands more than 150 times, like a bomb",
        "twice.txt": "stands twice in the archive; two readers would see two texts",
    }
    assert [note.message for note in open_path(f"{path}!/ok/one.txt").reading.notes] == [
        "5 members of the archive refused, nothing of them read: ../evil.txt (leads out of the archive),"
        " ..\\evil.txt (leads out of the archive), /evil.txt (an absolute path in an archive),"
        " C:\\evil.txt (leads out of the archive), link.txt (a link or special file in an archive)"
    ]
    for name in ("../evil.txt", "link.txt"):
        with pytest.raises(Refused, match="refused"):
            open_path(f"{path}!/{name}")
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["a.zip"]


@pytest.mark.parametrize("mode", ["w", "w:gz"])
def test_a_tar_gives_plain_files_only(tmp_path: Path, mode: str) -> None:
    path = tmp_path / ("a.tar" if mode == "w" else "a.tgz")
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for name, kind in (("ok.txt", tarfile.REGTYPE), ("../up.txt", tarfile.REGTYPE), ("hard", tarfile.LNKTYPE),
                           ("soft", tarfile.SYMTYPE), ("soft/in.txt", tarfile.REGTYPE), ("fifo", tarfile.FIFOTYPE)):  # fmt: skip
            entry = tarfile.TarInfo(name)
            entry.type, entry.linkname = kind, ".." if kind in (tarfile.LNKTYPE, tarfile.SYMTYPE) else ""
            entry.size = 4 if kind == tarfile.REGTYPE else 0
            archive.addfile(entry, io.BytesIO(b"Yes."))
    read, refused = opened([str(path)])
    assert read == {"ok.txt": "Yes."}
    assert refused == {}
    told = open_path(f"{path}!/ok.txt").reading.notes[0].message
    assert [
        name for name in ("../up.txt", "fifo", "hard", "soft", "soft/in.txt") if f"{name} (" not in told
    ] == []


def opened(paths: list[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Texts and refusals of every member, by its name in the archive."""
    read, refused = {}, {}
    for path in expand(paths):
        member = path.partition("!/")[2]
        try:
            read[member] = open_path(path).reading.text
        except Refused as error:
            refused[member] = str(error)
    return read, refused


def test_a_member_that_is_not_there(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.txt", "Yes.")
    with pytest.raises(NoInput, match="no such member"):
        open_path(f"{tmp_path}/a.zip!/b.txt")


def test_a_damaged_archive_is_one_line(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.txt", "Yes." * 99)
    whole = (tmp_path / "a.zip").read_bytes()
    (tmp_path / "a.zip").write_bytes(whole.replace(b"Yes.", b"No!!", 1))
    with pytest.raises(Refused, match="damaged archive"):
        open_path(f"{tmp_path}/a.zip!/a.txt")


def test_an_ordinary_file_may_have_the_mark_in_its_path(tmp_path: Path) -> None:
    (tmp_path / "wow!").mkdir()
    (tmp_path / "wow!" / "a.txt").write_text("Yes.")
    assert open_path(f"{tmp_path}/wow!/a.txt").reading.text == "Yes."


def test_an_archive_of_nothing_but_tricks_is_refused_with_their_names(tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w") as archive:
        archive.addfile(tarfile.TarInfo("../up.txt"))
    assert list(expand([str(path)])) == [str(path)]
    with pytest.raises(BadData, match=r"nothing to read in it: \.\./up\.txt \(leads out of the archive\)"):
        open_path(str(path))


def test_an_archive_that_is_written_anew_is_read_anew(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    for words in ("Yes.", "No, never."):
        path.unlink(missing_ok=True)
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("a.txt", words)
        assert open_path(f"{path}!/a.txt").reading.text == words


def test_members_of_a_large_archive_cost_their_own_bytes(tmp_path: Path) -> None:
    """The archive goes to the child once: asking for a member again must not send it again."""
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(300):
            archive.writestr(f"{number:03}.txt", f"Speech {number}.")
        archive.writestr("ballast.txt", os.urandom(6_000_000))
    before = os.times()
    assert open_path(f"{path}!/007.txt").reading.text == "Speech 7."
    for number in range(300):
        assert open_path(f"{path}!/{number:03}.txt").reading.text == f"Speech {number}."
    assert os.times().user + os.times().system - before.user - before.system < 2
