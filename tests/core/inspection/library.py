"""What libraries of statistics gave, as ``library_values.py`` wrote it."""

import json
from pathlib import Path
from typing import Any

GIVEN: dict[str, list[dict[str, Any]]] = json.loads(Path(__file__).with_name("library_values.json").read_text())
