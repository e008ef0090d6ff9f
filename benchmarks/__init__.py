"""How much time and memory does onrecord take? Measured in child processes, compared in one run.

    python -m benchmarks [--peer PYTHON] [--runs N] [--only NAME] [--write]

`--peer` is a Python that has spaCy, to compare with (`make bench` makes one). No test here is timed: a busy
machine must not fail a build. `--write` puts the rows into docs/performance.md.
"""
