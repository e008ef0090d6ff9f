"""What turns words round beside them, and what only looks so. In each sentence the quotation stands between bars."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from onrecord.quotecheck import context
from onrecord.quotecheck.context import Surroundings, turned

TURNED = [
    ("en", "I do not believe that |the mill will burn|.", "negation"),
    ("en", "Nobody promised that |the mill would reopen|.", "negation"),
    ("en", "It is false that |we sold the mill|.", "negation"),
    ("en", "If the river rises, |we will leave the town|.", "condition"),
    ("en", "I hope that |the ferry sails on Monday|.", "condition"),
    ("en", "|We will reopen the mill|, unless the council objects.", "condition"),
    ("en", "|We support the lease| only if it is short.", "condition"),
    ("en", "|The mill is lost|, which is not what we think.", "condition"),
    ("en", "|We accept the lease| under no circumstances.", "negation"),
    ("en", "|The mill is lost.| That is what they say.", "negation"),
    ("en", "|Is the mill lost|?", "question"),
    ("fr", "Nous ne croyons pas que |le moulin brûlera|.", "negation"),
    ("fr", "Si la rivière monte, |nous quitterons la ville|.", "condition"),
    ("fr", "|Nous rouvrirons le moulin|, à condition que le conseil accepte.", "condition"),
    ("fr", "|Le moulin est perdu.| C’est faux.", "negation"),
    ("de", "Ich glaube nicht, dass |die Mühle brennen wird|.", "negation"),
    ("de", "Wenn der Fluss steigt, |verlassen wir die Stadt|.", "condition"),
    ("de", "|Wir unterstützen diesen Plan| nicht.", "negation"),
    ("de", "|Wir öffnen die Mühle|, falls der Rat zustimmt.", "condition"),
    ("es", "|Abriremos el molino| si el consejo acepta.", "condition"),
    ("es", "No creemos que |el molino arda|.", "negation"),
    ("ru", "|Мы откроем мельницу|, если совет согласится.", "condition"),
    ("ru", "Мы не думаем, что |мельница сгорит|.", "negation"),
]  # fmt: skip

KEPT = [
    ("en", "No, |we will reopen the mill|."),
    ("en", "We did not sell, and |we will reopen the mill|."),
    ("en", "Not only that: |we will reopen the mill|."),
    ("en", "There is no doubt that |we will reopen the mill|."),
    ("en", "When the river rose, |we left the town|."),
    ("en", "|We will reopen the mill|, and nobody will stop us."),
    ("en", "|We have an heir| who does not want the mill."),
    ("en", "|We will reopen the mill.| That is what we want."),
    ("en", "|Is the mill lost?|"),
    ("fr", "Non, |nous rouvrirons le moulin|."),
    ("fr", "Quand la rivière a monté, |nous avons quitté la ville|."),
    ("fr", "|Nous rouvrirons le moulin|, et personne ne nous arrêtera."),
    ("de", "Nein, |wir öffnen die Mühle|."),
    ("de", "|Wir öffnen die Mühle|, und niemand hält uns auf."),
    ("tlh", "|We will reopen the mill| unless it rains."),
]  # fmt: skip


def around(sentence: str) -> tuple[Surroundings, bool]:
    """What a sentence with bars holds around the quotation, and whether the quotation asks."""
    before, quoted, behind = sentence.split("|")
    if quoted.endswith("."):  # the bar stands behind the sentence: what follows is the next one
        return Surroundings(before, quoted[:-1], ".", behind), False
    return Surroundings(
        before, quoted.rstrip("?"), "?" if quoted.endswith("?") else behind, ""
    ), quoted.endswith("?")


@pytest.mark.parametrize(("language", "sentence", "kind"), TURNED)
def test_what_turns_words_round(language: str, sentence: str, kind: str) -> None:
    found = turned(around(sentence)[0], language)
    assert found is not None and found.kind == kind
    printed = sentence.replace("|", "")[slice(*found.words)]
    assert printed.strip() and printed not in sentence.split("|")[1]


@pytest.mark.parametrize(("language", "sentence"), KEPT)
def test_what_only_looks_so(language: str, sentence: str) -> None:
    surroundings, asks = around(sentence)
    assert turned(surroundings, language, asks=asks) is None


def test_every_language_has_every_list() -> None:
    for name in ("turning.toml", "setting.toml"):
        data = tomllib.loads((Path(context.__file__).parent / name).read_text("utf-8"))
        assert {"en", "fr", "de", "es", "ru"} == set(data)
        assert len({tuple(table) for table in data.values()}) == 1
