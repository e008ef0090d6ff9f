"""What a real test needs and this machine may not have is said once, in one line, behind the tests."""

from __future__ import annotations

import shutil
import signal
from pathlib import Path

import pytest

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def pytest_configure() -> None:
    """A shell starts what it puts behind it with interrupts ignored, which every program that a test starts and
    interrupts would inherit: it would never stop."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line on the database and the browser; tests that need what is absent are skipped and say so."""
    servers = [*Path("/usr/lib/postgresql").glob("*/bin/initdb"), *filter(None, [shutil.which("initdb")])]
    absent = []
    if not servers:
        absent.append("PostgreSQL (the archive is tested on SQLite alone)")
    if not any(map(shutil.which, BROWSERS)):
        absent.append("Chromium (pages are not looked at in a browser)")
    if absent:
        terminalreporter.write_line(f"absent here: {', '.join(absent)}")
