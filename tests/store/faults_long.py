"""The faults of test_store_faults.py by the hundred; takes some minutes. `python tests/store/faults_long.py`"""

from __future__ import annotations

import tempfile
from pathlib import Path

from faults import crowd, damaged, flip, full, killed, truncate
from samples import NOON, debate, record

from onrecord import store


def main(kills: int = 200, flips: int = 300, truncations: int = 60) -> None:
    """Print what was lost, found and served."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        path = folder / "copy at rest"
        with store.open(folder / "living", create=True) as archive:
            for seed in range(60):
                text = debate(seed, 20)
                archive.add(record(text), text.encode(), added=NOON)
            archive.backup(str(path))
        print(
            "the same of a living archive:",
            damaged(folder / "living", folder / "copy", flips, flip),
            flush=True,
        )
        print(f"{flips} bit flips:", damaged(path, folder / "copy", flips, flip), flush=True)
        print(
            f"{truncations} truncations:", damaged(path, folder / "copy", truncations, truncate), flush=True
        )
        for name in ("full", "crowd", "killed"):
            (folder / name).mkdir()
        print("full disk:", full(folder / "full", 40), flush=True)
        many = crowd(str(folder / "crowd" / "archive"), str(folder / "crowd" / "whole"), 8, 16, 40)
        print("8 writers, 16 readers:", many, flush=True)
        print(f"{kills} kills:", killed(folder / "killed", kills, 30), flush=True)


if __name__ == "__main__":
    main()
