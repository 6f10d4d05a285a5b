"""Every filter and test that a template names exists: Jinja says so only when that very line is drawn."""

from pathlib import Path

import pytest
from django.template import engines
from jinja2 import Environment, nodes

TEMPLATES = sorted(Path("src/openmappa").glob("*/templates/**/*.html"))


def unknown(env: Environment, text: str) -> list[str]:
    tree = env.parse(text)
    filters = [f"{one.lineno}: {one.name}" for one in tree.find_all(nodes.Filter) if one.name not in env.filters]
    return filters + [f"{one.lineno}: {one.name}" for one in tree.find_all(nodes.Test) if one.name not in env.tests]


@pytest.fixture(scope="module")
def env() -> Environment:
    found = getattr(engines.all()[0], "env", None)
    assert isinstance(found, Environment)
    return found


def test_every_filter_that_a_template_names_exists(env: Environment) -> None:
    assert len(TEMPLATES) > 100
    assert {str(file): wrong for file in TEMPLATES if (wrong := unknown(env, file.read_text(encoding="utf-8")))} == {}


def test_a_filter_that_is_not_there_is_found(env: Environment) -> None:
    assert unknown(env, "{% if no %}\n{{ 3|pluralised }}{% endif %}") == ["2: pluralised"]
