"""`python -m onrecord` and `onrecord` are one program, and this is its door."""

from __future__ import annotations

import os
import signal
from types import FrameType

_INTERRUPTED = 130


def main() -> None:
    """Run the command line. Ctrl+C while it is still being loaded ends it without a trace, as it does later."""
    usual = signal.getsignal(signal.SIGINT) is signal.default_int_handler  # not where a caller has it ignored
    if usual:
        signal.signal(signal.SIGINT, _leave)
    from onrecord.cli import main as run

    if usual:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    run()


def _leave(_signal: int, _frame: FrameType | None) -> None:
    os._exit(_INTERRUPTED)  # nothing has been opened or written yet


if __name__ == "__main__":
    main()
