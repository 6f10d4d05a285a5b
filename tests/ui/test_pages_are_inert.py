"""Every page compiles, and none carries script or style of its own: the browser is told to refuse such."""

import re
from pathlib import Path

from django.template import TemplateDoesNotExist, TemplateSyntaxError, engines

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


def test_every_page_compiles() -> None:
    templates, wrong = engines.all()[0], {}
    assert len(PAGES) > 100
    for page in PAGES:
        try:
            templates.get_template(name(page))
        except (TemplateSyntaxError, TemplateDoesNotExist) as mistake:
            wrong[name(page)] = str(mistake)
    assert wrong == {}


def test_no_page_holds_a_script_or_a_style_or_anything_unescaped() -> None:
    found = {}
    for page in PAGES:
        text = ALLOWED_SCRIPT.sub("", NOT_SENT.sub("", page.read_text()))
        found[name(page)] = [what for what, pattern in REFUSED.items() if pattern.search(text)]
    assert {page: what for page, what in found.items() if what} == {}
