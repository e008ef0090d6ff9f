"""Where the texts with known answers are: `BENCH/STAGE/SPLIT/NAME.txt` beside `NAME.gold.json`."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple, TypeVar

ROOT = Path(__file__).resolve().parent.parent
DEFAULT = ROOT.parent / "shared" / "bench"
"""The bench is other people's text and does not travel with the project; it lies beside the checkout."""
KEPT = ROOT / "build" / "evals"
"""Where the answers of a run stay, to be looked at; those of structure for `score.py GOLD_DIR PRED_DIR --per-file`."""

Job = TypeVar("Job")
Answer = TypeVar("Answer")


class Case(NamedTuple):
    """One text and its gold. `convention` groups cases in a report; no reader ever sees it."""

    path: Path
    convention: str

    @property
    def name(self) -> str:
        """The file's name without its ending."""
        return self.path.name.removesuffix(".txt")

    @property
    def gold_path(self) -> Path:
        """The gold beside the text."""
        return self.path.with_name(f"{self.name}.gold.json")

    def text(self) -> str:
        """The characters, line ends untouched, so that the gold's offsets hold."""
        return self.path.read_bytes().decode("utf-8")

    def gold(self) -> dict[str, Any]:
        """The answer."""
        answer: dict[str, Any] = json.loads(self.gold_path.read_text("utf-8"))
        return answer


def cases(folder: Path) -> list[Case]:
    """The cases of one folder, by name; empty where there is no such folder."""
    found = []
    for gold in sorted(folder.glob("*.gold.json")):
        path = gold.with_name(gold.name.removesuffix(".gold.json") + ".txt")
        found.append(Case(path, json.loads(gold.read_text("utf-8"))["convention"]))
    return found


def by_convention(members: Iterable[Case]) -> dict[str, list[Case]]:
    """Cases grouped by convention, conventions in alphabetical order."""
    groups: dict[str, list[Case]] = {}
    for case in members:
        groups.setdefault(case.convention, []).append(case)
    return dict(sorted(groups.items()))


def fingerprint(paths: Iterable[Path]) -> str:
    """A short hash over names and bytes: whether two measurements rest on the same files."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()[:16]


def files_of(members: Iterable[Case]) -> list[Path]:
    """Texts and golds of the cases."""
    return [path for case in members for path in (case.path, case.gold_path)]


def scorer(bench: Path, stage: str) -> ModuleType:
    """The bench's own `score.py`: whoever made the gold says how an answer is scored."""
    return load_module(bench / stage / "score.py")


def load_module(path: Path) -> ModuleType:
    """A script of the bench as a module; `ImportError` where there is none."""
    spec = importlib.util.spec_from_file_location(f"bench_{path.parent.name}_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def on_every_core(work: Callable[[Job], Answer], jobs: list[Job]) -> list[Answer]:
    """`work` on each job, in as many processes as there are cores; answers in the order of the jobs."""
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(work, jobs))
