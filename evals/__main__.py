"""The command line of the measurements: `python -m evals --help`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import msgspec

from evals import bench, floors, labels, table
from evals.baselines import table as beside
from evals.rows import COLUMNS, Row, render
from evals.stages import STAGES, stage


def main(arguments: list[str] | None = None) -> int:
    """0 nothing fell, 1 something fell, 2 usage, 66 no such bench."""
    options = _options(arguments)
    if options.table:
        held = floors.load()
        for path in dict.fromkeys([*table.write(held), *beside.write(held)]):
            print(f"wrote {path.relative_to(bench.ROOT)}")
        return 0
    folder = options.bench or bench.DEFAULT
    if not folder.is_dir():
        print(
            f"no bench at {folder}: nothing measured (give one: python -m evals --bench DIR)", file=sys.stderr
        )
        return 66 if options.bench else 0
    if options.command == "labels":
        return _labels(folder, options)
    rows = [row for name in options.stage or STAGES for row in stage(name).measure(folder, options.split)]
    print(msgspec.json.encode(rows).decode() if options.json else render(rows))
    return _gate(rows, options)


def _gate(rows: list[Row], options: argparse.Namespace) -> int:
    pinned = floors.load()
    fallen = floors.falls(pinned, rows)
    news = sum(pinned.pinned(row) is None for row in rows)
    if options.update:
        reason = options.allow_regression
        floors.save(floors.lowered(pinned, rows, reason) if reason else floors.raised(pinned, rows))
    elif news:
        print(f"\n{news} rows have no floor yet: python -m evals --update", file=sys.stderr)
    if fallen and not options.allow_regression:
        lines = "\n".join(f"  {fall}" for fall in fallen)
        print(f"\n{len(fallen)} values fell below their floor:\n{lines}", file=sys.stderr)
        return 1
    return 0


def _labels(folder: Path, options: argparse.Namespace) -> int:
    now = labels.collect(folder, options.split)
    if options.against:
        print(labels.render(labels.changes(labels.load(options.against), now)))
    if options.save:
        labels.save(now, options.save)
    return 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.allow_regression is not None and not (options.update and options.allow_regression.strip()):
        parser.error("--allow-regression needs a reason, and --update to write it down")
    if (options.save or options.against) and options.command != "labels":
        parser.error("--save and --against belong to: python -m evals labels")
    return options


def _parser() -> argparse.ArgumentParser:
    columns = "\n".join(f"  {column.title:8} {column.meaning}" for column in COLUMNS.values())
    parser = argparse.ArgumentParser(
        "python -m evals",
        description="Measure onrecord on texts with known answers; exit 1 when a value falls below its floor",
        epilog=f"columns:\n{columns}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("command", nargs="?", choices=["labels"], help="report the printed labels instead of scores")
    add("--bench", type=Path, metavar="DIR", help="folder with STAGE/SPLIT/NAME.txt (../shared/bench)")
    add("--split", default="dev", help="which split of the bench (default dev)")
    add("--stage", action="append", choices=STAGES, help="only this stage (may be repeated)")
    add("--json", action="store_true", help="rows as JSON")
    add("--update", action="store_true", help="raise the floors to what was measured")
    add("--allow-regression", metavar="REASON", help="with --update: lower floors too, and write down why")
    add(
        "--table",
        action="store_true",
        help="write the tables of README and docs from the floors",
    )
    add("--save", type=Path, metavar="FILE", help="labels: keep this run")
    add("--against", type=Path, metavar="FILE", help="labels: report what was added and removed since FILE")
    return parser


if __name__ == "__main__":
    sys.exit(main())
