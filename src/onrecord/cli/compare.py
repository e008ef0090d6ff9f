"""`onrecord compare`: two or more accounts of one event beside each other."""

from __future__ import annotations

import click

from onrecord.batch import Batch
from onrecord.cli.options import FOUND, face_language, face_options, language_given, listed, say_place
from onrecord.cli.outputs import form_options, writable
from onrecord.errors import UsageError


def _kinds() -> tuple[str, ...]:
    from onrecord.export.comparison import KINDS

    return KINDS


@click.command()
@click.argument("paths", metavar="A B…", nargs=-1, required=True)
@form_options(json="Write the comparison as JSON.", md="Write it as Markdown.")
@face_options
@click.option("--fetch", "online", is_flag=True, help="Allow addresses (http, https) to be fetched.")
@click.option(
    "--language", metavar="CODE", callback=language_given,
    help="Language of all texts, where it should not be guessed.",
)  # fmt: skip
@click.option(
    "--semantic/--no-semantic", default=None,
    help="Across languages also compare meanings (needs the extra `semantic`), or do not; default: where installed.",
)  # fmt: skip
@click.option(
    "--fail-on", metavar="KINDS", callback=listed(_kinds, "kind of difference"),
    help="Exit status 1 if a difference of these kinds is found, as negation,number.",
)  # fmt: skip
def compare(
    paths: tuple[str, ...], form: str | None, html: str | None, show: bool, ui: str | None, quiet: bool,
    online: bool, language: str | None, semantic: bool | None, fail_on: tuple[str, ...],
) -> int:  # fmt: skip
    """What differs between accounts of one event, most serious first.

    A and B are texts or stored records, in one language or in two. Differences are passages missing or added, other
    numbers, names, negations, speakers. The comparison never says which account is right.
    """
    import msgspec

    from onrecord.collation import compare as collate
    from onrecord.export import comparison as faces
    from onrecord.export import comparison_page
    from onrecord.export.delivery import Shown, give

    batch = Batch({}, language, None, False, online, quiet)
    inputs = list(batch.inputs(paths))
    if len(inputs) < 2 and not batch.failures:
        raise UsageError("comparing needs two accounts or more")
    writable(html, inputs)
    records = list(batch.records(inputs))
    if batch.failures:
        return batch.failures[0]
    answer = collate(records, semantic=semantic)
    said = face_language(ui)
    shown = Shown(
        lambda width, colour: faces.render(answer, width=width, colour=colour, language=said),
        lambda: msgspec.json.encode(answer) + b"\n",
        lambda: faces.markdown(answer, language=said),
        lambda: comparison_page.render(answer, language=said),
    )
    say_place(give(shown, form, html, show, "comparison"), quiet)
    return FOUND if fail_on and faces.reached(answer, fail_on) else 0
