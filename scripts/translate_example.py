"""Translate the example article by machine: English → Spanish → French, offline and repeatable.

    apt-get install apertium apertium-eng-spa apertium-fr-es
    python scripts/translate_example.py            # writes both translations and translation.json
    python scripts/translate_example.py --check    # writes nothing; exit 1 if a shipped file differs

A rule-based engine is what we want here: the same input gives the same damage on every machine, and every
wrong word has a cause that one can look up. Nothing is edited afterwards, not even doubled spaces.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

EXAMPLES = Path(__file__).parents[1] / "src" / "onrecord" / "examples"
SIDECAR = EXAMPLES / "translation.json"
ORIGINAL = "article.en.txt"
# Each step translates what the step before wrote.
STEPS = (("eng-spa", "article.es-mt.txt"), ("es-fr", "article.fr-mt.txt"))
PACKAGES = ("apertium", "apertium-eng-spa", "apertium-fr-es")


def translated(text: str, pair: str) -> str:
    """Translate line by line, so that the engine can neither join nor move paragraphs.

    `-u` leaves out the stars that apertium puts before words it does not know.
    """
    lines = text.split("\n")
    return "\n".join(_line(line, pair) if line.strip() else line for line in lines)


def _line(line: str, pair: str) -> str:
    done = subprocess.run(
        ["apertium", "-u", pair], input=line + "\n", capture_output=True, text=True, check=True
    )
    return done.stdout.rstrip("\n").replace("\n", " ")


def versions() -> dict[str, str]:
    """The engine's packages with their versions, as Debian's package manager knows them."""
    command = ["dpkg-query", "--show", "--showformat=${Package} ${Version}\n", *PACKAGES]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return dict(line.split(" ", 1) for line in done.stdout.splitlines())


def sha256(text: str) -> str:
    """Hash of the file that holds `text`: all examples are UTF-8 with LF line ends."""
    return hashlib.sha256(text.encode()).hexdigest()


def products() -> dict[Path, str]:
    """Every file that the script is answerable for, with its content."""
    source, text = ORIGINAL, (EXAMPLES / ORIGINAL).read_bytes().decode()
    files: dict[Path, str] = {}
    steps: list[dict[str, str]] = []
    for pair, name in STEPS:
        result = translated(text, pair)
        steps.append(
            {
                "input": source,
                "input_sha256": sha256(text),
                "pair": pair,
                "output": name,
                "output_sha256": sha256(result),
            }
        )
        files[EXAMPLES / name] = result
        source, text = name, result
    sidecar = {"engine": "apertium", "packages": versions(), "options": "-u, line by line", "steps": steps}
    files[SIDECAR] = json.dumps(sidecar, indent=2) + "\n"
    return files


def main() -> int:
    """Write the files, or with `--check` compare them; the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="compare with the shipped files, write nothing")
    check = parser.parse_args().check
    if shutil.which("apertium") is None:
        print(f"apertium is not installed: apt-get install {' '.join(PACKAGES)}", file=sys.stderr)
        return 2
    differing = 0
    for path, content in products().items():
        if not check:
            path.write_bytes(content.encode())
        elif not path.is_file() or path.read_bytes() != content.encode():
            print(f"{path.name} is not what the engine gives now", file=sys.stderr)
            differing = 1
    return differing


if __name__ == "__main__":
    sys.exit(main())
