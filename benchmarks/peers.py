"""What is the same for all that is timed inside a child process: how it is timed, and how the answer comes back."""

from __future__ import annotations

import json
import subprocess
from statistics import median

from benchmarks.cost import Cost, Failed

CLOCK = """
import json, resource, sys, time
def timed(work):
    work()
    began, cpu = time.perf_counter(), time.process_time()
    answer = work()
    spent = time.process_time() - cpu, time.perf_counter() - began
    print(json.dumps([*spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
    return answer
"""
"""`timed` runs its work twice and times the second: imports and what is loaded once are not counted."""


def timed(python: str, program: str, arguments: list[str], runs: int) -> Cost:
    """The median cost of `program` behind `CLOCK`; `Failed` with its last line where it ends badly."""
    return answered(python, program, arguments, runs)[0]


def answered(python: str, program: str, arguments: list[str], runs: int) -> tuple[Cost, list[str]]:
    """The same, and the lines that it prints behind its cost, which are those of every run."""
    command = [python, "-W", "ignore", "-c", CLOCK + program, *arguments]
    costs, said = zip(*(_once(command) for _ in range(runs)), strict=True)
    return Cost(*(median(values) for values in zip(*costs, strict=True))), said[0]


def _once(command: list[str]) -> tuple[Cost, list[str]]:
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    if answer.returncode:
        raise Failed((answer.stderr.strip().splitlines() or ["no message"])[-1])
    spent, *said = answer.stdout.splitlines()
    return Cost(*json.loads(spent)), said


def version(python: str, name: str) -> str:
    """The installed version of a distribution of a Python, to be named beside its figures."""
    program = f"from importlib.metadata import version; print(version({name!r}))"
    answer = subprocess.run([python, "-c", program], capture_output=True, text=True, check=False)
    if answer.returncode:
        raise Failed(f"{name} is not installed beside {python}; make bench installs it")
    return f"{name} {answer.stdout.strip()}"
