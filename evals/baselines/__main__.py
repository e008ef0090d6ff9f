"""The command line: `python -m evals.baselines --help`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from evals import bench, floors
from evals.baselines import alignment, collation, ledger, quotecheck, quotes, structure
from evals.baselines.result import keep
from evals.baselines.table import table, write

STAGES = {
    "structure": structure,
    "quotes": quotes,
    "ledger": ledger,
    "collation": collation,
    "alignment": alignment,
    "quotecheck": quotecheck,
}


def main(arguments: list[str] | None = None) -> int:
    """0 measured or nothing to measure, 2 usage, 66 no such bench."""
    options = _parser().parse_args(arguments)
    folder = options.bench or bench.DEFAULT
    if not folder.is_dir():
        print(f"no bench at {folder}: nothing measured (give one: --bench DIR)", file=sys.stderr)
        return 66 if options.bench else 0
    fresh = [one for name in options.only or STAGES for one in STAGES[name].measure(folder, options.peer)]
    held = floors.load()
    print(table(fresh, held))
    if options.write:
        keep(fresh)
        write(held)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "python -m evals.baselines",
        description="Baselines and rivals on the same texts, beside the figures of this release",
    )
    add = parser.add_argument
    add("--bench", type=Path, metavar="DIR", help="folder with STAGE/SPLIT/NAME.txt (../shared/bench)")
    add("--peer", type=Path, metavar="PYTHON", help="a Python that has benchmarks/requirements.txt")
    add("--only", action="append", choices=STAGES, help="only this stage (may be repeated)")
    add("--write", action="store_true", help="keep the figures and write the table of docs/evaluation.md")
    return parser


if __name__ == "__main__":
    sys.exit(main())
