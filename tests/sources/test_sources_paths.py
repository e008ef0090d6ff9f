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
        "../evil.txt": "leads out of the archive; refused",
        "..\\evil.txt": "leads out of the archive; refused",
        "/evil.txt": "an absolute path in an archive; refused",
        "C:\\evil.txt": "leads out of the archive; refused",
        "bomb.txt": "expands more than 150 times, like a bomb",
        "link.txt": "a link or special file in an archive; refused",
        "twice.txt": "stands twice in the archive; two readers would see two texts",
    }
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
    assert sorted(refused) == ["../up.txt", "fifo", "hard", "soft", "soft/in.txt"]


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
