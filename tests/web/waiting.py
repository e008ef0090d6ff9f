"""Waiting for what htmx puts into a page: no load tells of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page


def settled(page: Page) -> None:
    """Wait until nothing is awaited and nothing is being put in."""
    awaited(page.locator(".htmx-request, .htmx-swapping, .htmx-settling"), 0)


def awaited(found: Locator, count: int) -> None:
    """Wait until so many are there. No script is given to the page: its policy would not run it."""
    from playwright.sync_api import expect

    expect(found).to_have_count(count)


def changed(page: Page, selector: str, before: str, *, back: bool = False) -> None:
    """Wait until a part of the page says something else, or `back` the same again."""
    from playwright.sync_api import expect

    part = page.locator(selector)
    if back:
        expect(part).to_have_text(before, ignore_case=True)
    else:
        expect(part).not_to_have_text(before, ignore_case=True)
