"""`python -m onrecord` and `onrecord` are one program, and this is its door."""

from __future__ import annotations

import gc
import os
import signal
from types import FrameType

_INTERRUPTED = 130
_NEW_OBJECTS = 200_000  # more than a short read makes


def main() -> None:
    """Run the command line. Ctrl+C while it is still being loaded ends it without a trace, as it does later."""
    usual = signal.getsignal(signal.SIGINT) is signal.default_int_handler  # not where a caller has it ignored
    if usual:
        signal.signal(signal.SIGINT, _leave)
    # A record is many small values without cycles. The collector would look at them again and again and find nothing;
    # more rarely, a read takes about an eighth less. (A library does not change this for its host.)
    gc.set_threshold(_NEW_OBJECTS, 10, 10)
    from onrecord.cli import main as run

    if usual:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        run()
    finally:
        gc.freeze()  # or Python, as it ends, looks through all of them several times: a tenth of a short read


def _leave(_signal: int, _frame: FrameType | None) -> None:
    os._exit(_INTERRUPTED)  # nothing has been opened or written yet


if __name__ == "__main__":
    main()
