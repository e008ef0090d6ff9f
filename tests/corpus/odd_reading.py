"""A function to read with, for tests: what a document says is what happens to its reader."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from onrecord.model import Record
from onrecord.record import read_source
from onrecord.sources import Opened


def reading(opened: Opened) -> Record:
    """HANG, EAT, DIE and BUG do that; SLOW takes a moment; ONCE kills the first worker that meets it."""
    text = opened.reading.text
    if "HANG" in text:
        while True:
            pass
    if "EAT" in text:
        bytes(64 * 1024**3)
    if "DIE" in text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "BUG" in text:
        raise ValueError("no such pier")
    if "SLOW" in text:
        time.sleep(0.02)
    if "ONCE" in text:
        mark = Path(text.partition("ONCE ")[2].strip())
        if not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    return read_source(opened, ledger=False)
