"""The locks: exact versions with hashes, and no address or path of the machine that wrote them."""

import json
import re

import pytest

from steps import ROOT

LOCKS = [
    "requirements.lock",
    "requirements-dev.lock",
    *(f"tools/requirements/{name}.lock" for name in ("uv", "node", "statistics")),
]


def packages(name: str) -> dict[str, list[str]]:
    """Each ``name==version`` of a lock, with its hashes."""
    found: dict[str, list[str]] = {}
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        if pinned := re.match(r"([a-z0-9][a-z0-9._-]*==[^ ;\\]+)", line):
            found[pinned.group(1)] = hashes = []
        elif hashed := re.fullmatch(r"\s+--hash=(sha256:[0-9a-f]{64})( \\)?", line):
            hashes.append(hashed.group(1))
        else:
            assert not line.strip(), f"{name}: {line}"
    return found


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_has_a_version_and_a_hash_and_there_is_nothing_else(name: str) -> None:
    found = packages(name)
    assert found
    assert [package for package, hashes in found.items() if not hashes] == []


def test_the_development_lock_holds_all_of_the_runtime_lock() -> None:
    assert set(packages("requirements.lock")) - set(packages("requirements-dev.lock")) == set()


@pytest.mark.parametrize("name", [name.replace(".lock", ".in") for name in LOCKS])
def test_every_direct_dependency_says_what_it_is_here_for(name: str) -> None:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line and not line.startswith(("#", "-")) and "  # " not in line] == []


def test_the_front_end_lock_names_versions_and_hashes_but_no_address() -> None:
    text = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    entries = {name: entry for name, entry in json.loads(text)["packages"].items() if name}
    assert "http" not in text
    assert [name for name, entry in entries.items() if not entry["integrity"].startswith("sha512-")] == []
