"""The one door to Jinja2: templates with escaping that is always on, shared by every page."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.export import visible

if TYPE_CHECKING:
    import jinja2

ROOT = Path(__file__).parent


def digest(text: str) -> str:
    """What a Content-Security-Policy calls a style or a script by, so that no other one is allowed."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def template(name: str, *folders: Path) -> jinja2.Template:
    """A template of ours, or of a folder that another room keeps beside ours."""
    return _house(folders).get_template(name)


@cache
def _house(folders: tuple[Path, ...]) -> jinja2.Environment:
    """One for all templates of the same folders: what several of them share is compiled once."""
    import jinja2

    house = jinja2.Environment(
        loader=jinja2.FileSystemLoader([ROOT / "templates", *folders]),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        auto_reload=False,  # they do not change while a program runs
    )
    house.filters["visible"] = visible.block
    house.filters["line"] = visible.line
    return house
