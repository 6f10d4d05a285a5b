"""The pages that say which test covers what: each test that they name is there, and each threat names one."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = ["docs/explanation/threat-model.md", "docs/explanation/data-protection.md"]
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
ROW = re.compile(r"^\| \d+ \|.*$", re.MULTILINE)


@pytest.mark.parametrize("page", PAGES)
def test_every_test_that_a_page_names_is_there(page: str) -> None:
    named = NAMED.findall((ROOT / page).read_text(encoding="utf-8"))
    assert len(named) > 20
    missing = [
        f"{file}::{test}"
        for file, test in named
        if not (ROOT / file).is_file() or not re.search(rf"def {test}\b", (ROOT / file).read_text(encoding="utf-8"))
    ]
    assert missing == []


def test_every_threat_names_a_test() -> None:
    rows = ROW.findall((ROOT / PAGES[0]).read_text(encoding="utf-8"))
    assert len(rows) >= 20
    assert [row for row in rows if not NAMED.search(row)] == []


def test_every_requirement_names_a_test() -> None:
    text = (ROOT / PAGES[1]).read_text(encoding="utf-8")
    rows = [row for row in text.splitlines() if re.match(r"\| (s\d|\d+\.)", row)]
    assert len(rows) > 25
    assert [row for row in rows if not NAMED.search(row)] == []
