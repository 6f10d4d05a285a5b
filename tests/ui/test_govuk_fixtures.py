"""GOV.UK's own examples of each component we use, rendered by our environment, give GOV.UK's own HTML."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.template import engines

from openmappa.ui.jinja import govuk
from tests.ui.markup import tokens

ROOT = Path(__file__).parents[2]
FOLDERS = [ROOT / place / "node_modules/govuk-frontend/dist/govuk/components" for place in (".", "var/npm", "var")]
USED = [
    "breadcrumbs",
    "button",
    "character-count",
    "checkboxes",
    "date-input",
    "details",
    "error-summary",
    "fieldset",
    "file-upload",
    "input",
    "inset-text",
    "pagination",
    "password-input",
    "radios",
    "select",
    "summary-list",
    "tag",
    "task-list",
    "textarea",
    "warning-text",
]


@pytest.mark.parametrize("component", USED)
def test_a_component_renders_as_gov_uk_says(component: str) -> None:
    folder = next((place for place in FOLDERS if place.is_dir()), None)
    if folder is None:
        pytest.skip("The front-end packages are not installed here: run make setup to compare with GOV.UK's examples")
    examples = json.loads((folder / component / "fixtures.json").read_text())["fixtures"]
    assert examples
    different = [example["name"] for example in examples if not same(component, example)]
    assert different == []


def same(component: str, example: dict[str, Any]) -> bool:
    environment = engines.all()[0].env  # type: ignore[attr-defined]
    return tokens(govuk(environment, component, example["options"])) == tokens(example["html"])
