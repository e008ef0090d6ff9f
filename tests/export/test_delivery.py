"""Which form of a record goes where, and what a filter leaves in each."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sample import full

from onrecord.export.delivery import Faces

FORMS = [
    ("csv", "source,kind,speaker,content", "then we will speak about money", "nine hours"),
    ("json", '"schema_version":1', '"id":"a10"', '"id":"a3"'),
    ("md", "# “The bridge stays open”", "**Tomas Arkell** announces", "**Ilse Marrow** denies"),
    (None, "“The bridge stays open”", "Tomas Arkell announces", "Ilse Marrow denies"),
]


@pytest.mark.parametrize(("form", "begins", "holds", "lacks"), FORMS, ids=[str(row[0]) for row in FORMS])
def test_every_form_obeys_the_filter(
    form: str | None, begins: str, holds: str, lacks: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    faces = Faces(form, None, False, "en", "Arkell", ("next_step",))
    assert faces.give(full()) is None
    shown = capfdbinary.readouterr().out.decode()
    assert begins in shown[:200] and holds in shown and lacks not in shown


def test_a_record_of_a_choice_still_holds(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    Faces("json", None, False, "en", None, ("agreed",)).give(full())
    kept = json.loads(capfdbinary.readouterr().out)
    ids = {one["id"] for one in kept["statements"]}
    assert all(one["a"] in ids and one["b"] in {*ids, None} for one in kept["relations"])
    assert kept["sources"][0]["text"] == full().sources[0].text


def test_further_tables_have_no_header(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    Faces("csv", None, False, "en", header=False).give(full())
    assert not capfdbinary.readouterr().out.startswith(b"source,")


def test_the_page_goes_to_its_file(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    path = Faces("csv", str(tmp_path / "page.html"), False, "en", "Arkell").give(full())
    assert path and "Shown here: Tomas Arkell." in path.read_text("utf-8")
