"""What targets start from: a text as a reader hands it over, and an archive that holds one record."""

from __future__ import annotations

import atexit
import tempfile
from pathlib import Path

from onrecord import store
from onrecord.errors import OnrecordError
from onrecord.model import Record
from onrecord.sources import Opened, Reading
from onrecord.sources.witness import sha256


def opened(text: str) -> Opened:
    """A plain text behind the readers; one without words is refused, as it would be there."""
    data = text.encode("utf-8", "replace")
    reading = Reading(data.decode("utf-8"), "text/plain", "plain 1")
    if not reading.text.strip():
        raise OnrecordError("no text")
    return Opened("a.txt", sha256(reading.text), len(data), reading)


def archived(record: Record) -> Path:
    """An archive of that record, as a file that is there until the program ends."""
    folder = tempfile.TemporaryDirectory()
    atexit.register(folder.cleanup)
    path = Path(folder.name, "a.onrecord")
    with store.open(path, create=True) as archive:
        text = record.sources[0].text.encode()
        archive.add(record, text, added="2031-05-04T10:00:00Z", event="harbour")
    return path
