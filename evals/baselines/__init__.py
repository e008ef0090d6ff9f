"""What else would one use? Simple methods and rivals on the same texts, with the same scorers, beside this release.

    python -m evals.baselines [--peer PYTHON] [--only STAGE] [--write]

A baseline is what a careful person writes in an hour (one pattern, one list of words); a rival is somebody else's
program, which runs in the Python named by `--peer` and is never imported here. Figures of programs that are not at
hand stand in `cited.toml` with their source. `--write` keeps what was measured in `measured.json` and puts the table
into docs/evaluation.md; the figures of this release are those of `evals/floors.json`.
"""
