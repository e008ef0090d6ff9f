"""What a stranger types into the search, on both databases: an answer or one plain line, and quickly."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from onrecord import store
from onrecord.errors import OnrecordError
from onrecord.record import read_source
from onrecord.sources import open_bytes

GENERATOR = Path(__file__).resolve().parents[3] / "shared" / "hostile" / "hostile.py"
FR = "Marlène Castel : Les négociations restent ouvertes.\n\nTéodor Brask : Rien n’est signé.\n"


@pytest.mark.skipif(not GENERATOR.is_file(), reason="the generator of hostile files is not here")
def test_what_is_typed_into_the_search(home: str, tmp_path: Path) -> None:
    made = tmp_path / "made"
    subprocess.run([sys.executable, str(GENERATOR), str(made), "--small"], check=True, capture_output=True)
    typed = (made / "h90_queries.txt").read_text("utf-8").split("\n")
    assert len(typed) > 30
    with store.open(home, create=True) as archive:
        archive.add(
            read_source(open_bytes("talk.txt", FR.encode())), FR.encode(), added="2031-05-04T10:00:00Z"
        )
        for query in typed:
            start = time.process_time()
            try:
                archive.search(query)
            except OnrecordError as error:
                assert not re.search(r"(?i)fts5|sqlite|psycopg|tsquery|syntax error", str(error)), error
            assert time.process_time() - start <= 1, query[:40]
        for words in ("négociations", "ne\u0301gociations"):
            assert archive.search(words).hits
