"""Every page compiles, and none carries script or style of its own: the browser is told to refuse such."""

import re
from pathlib import Path

import pytest
from django.template import engines

SOURCE = Path(__file__).parents[2] / "src" / "openmappa"
PAGES = sorted(SOURCE.rglob("templates/**/*.html"))
ALLOWED_SCRIPT = re.compile(r"<script\b[^>]*\bsrc=[^>]*></script>")
NOT_SENT = re.compile(r"\{#.*?#\}|\{% macro .*?%\}", re.DOTALL)
REFUSED = {
    "a script of its own": re.compile(r"<script\b", re.IGNORECASE),
    "a style of its own": re.compile(r"<style\b", re.IGNORECASE),
    "a style attribute": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "an event attribute": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "a javascript address": re.compile(r"javascript:", re.IGNORECASE),
    "a file from elsewhere": re.compile(r"(?:src|action)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE),
    "text that is not escaped": re.compile(r"\|\s*safe\b|autoescape\s+false", re.IGNORECASE),
}


def name(path: Path) -> str:
    return str(path).split("/templates/")[1]


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_a_page_compiles(page: Path) -> None:
    engines.all()[0].get_template(name(page))


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_a_page_holds_no_script_no_style_and_nothing_unescaped(page: Path) -> None:
    text = ALLOWED_SCRIPT.sub("", NOT_SENT.sub("", page.read_text()))
    assert [what for what, pattern in REFUSED.items() if pattern.search(text)] == []
