"""One archive for tests that only look at it, and an empty one for those that change it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from reading_room import Reader


class House(NamedTuple):
    """A filled archive, its reader, and where the texts are."""

    reader: Reader
    article: str
    official: str
    french: str
    path: Path

    @property
    def event(self) -> str:
        """The address of the event."""
        return self.article.partition("/v/")[0]


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    path = tmp_path_factory.mktemp("archive") / "example.onrecord"
    reader = Reader(path)
    article = reader.example("article.en.txt")
    official = reader.example("official.en.txt")
    french = reader.example("article.fr-mt.txt")
    return House(reader, article, official, french, path)


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    with Reader(tmp_path / "own.onrecord") as made:
        yield made
