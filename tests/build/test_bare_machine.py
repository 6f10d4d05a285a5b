"""What a bare machine is told, and what is read from its environment."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from browser import find_chromium
from openmappa.config import environment
from openmappa.config.environment import SettingsError
from steps import ROOT, is_done, mark_done


def find_python(folder: Path) -> "subprocess.CompletedProcess[str]":
    """Run the search with nothing but ``folder`` on PATH."""
    script = ROOT / "tools" / "find-python.sh"
    return subprocess.run(["/bin/sh", script], env={"PATH": str(folder)}, capture_output=True, text=True)


def program(folder: Path, name: str, line: str) -> Path:
    made = folder / name
    made.write_text(f"#!/bin/sh\n{line}\n")
    made.chmod(0o755)
    return made


def test_an_old_python3_is_passed_over_for_a_newer_one(tmp_path: Path) -> None:
    program(tmp_path, "python3", "exit 1")
    newer = program(tmp_path, "python3.12", "exit 0")
    assert find_python(tmp_path).stdout.strip() == str(newer)


def test_without_a_new_enough_python_it_says_so(tmp_path: Path) -> None:
    program(tmp_path, "python3", "exit 1")
    found = find_python(tmp_path)
    assert found.returncode == 1
    assert found.stderr.startswith("OpenMAPPA needs Python 3.11 or newer, and there is none on this machine")


def test_make_alone_lists_every_target_that_the_readme_names() -> None:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    said = subprocess.run(["make"], cwd=ROOT, env=clean, capture_output=True, text=True, check=True).stdout
    listed = {line.split()[1] for line in said.splitlines()}
    named = {"setup", "demo", "demo-reset", "test", "check", "fix", "bench", "docs", "migrate"}
    assert named - listed == set()


def test_a_mistyped_option_is_named() -> None:
    script = [sys.executable, str(ROOT / "tools" / "bootstrap.py"), "--something"]
    refused = subprocess.run(script, capture_output=True, text=True)
    assert refused.returncode == 1
    assert "does not know '--something'; it takes --dev or nothing." in refused.stderr


def test_a_browser_that_is_named_but_does_not_run_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("OPENMAPPA_CHROMIUM", str(program(tmp_path, "browser", "exit 3")))
    with pytest.raises(SystemExit, match="which does not run"):
        find_chromium()


def test_a_step_is_done_only_for_the_same_input(tmp_path: Path) -> None:
    stamp = tmp_path / "deep" / "stamp"
    assert not is_done(stamp, "one")
    mark_done(stamp, "one")
    assert is_done(stamp, "one")
    assert not is_done(stamp, "two")


@pytest.mark.parametrize(("value", "meaning"), [("yes", True), ("On", True), ("0", False), ("", False), ("no", False)])
def test_yes_and_no(monkeypatch: pytest.MonkeyPatch, value: str, meaning: bool) -> None:
    monkeypatch.setenv("OPENMAPPA_X", value)
    assert environment.boolean("OPENMAPPA_X", default=not meaning) is meaning


def test_a_setting_that_cannot_be_used_says_what_to_write(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("OPENMAPPA_X", "perhaps")
    monkeypatch.setenv("OPENMAPPA_Y_FILE", str(tmp_path / "missing"))
    with pytest.raises(SettingsError, match=r"OPENMAPPA_X is 'perhaps'\. Write yes or no\."):
        environment.boolean("OPENMAPPA_X")
    with pytest.raises(SettingsError, match=r"Write a whole number, 1 or more\."):
        environment.number("OPENMAPPA_X", 12, at_least=1)
    with pytest.raises(SettingsError, match=r"Write one of: app, owner\."):
        environment.choice("OPENMAPPA_X", ("app", "owner"), "app")
    with pytest.raises(SettingsError, match=r"cannot be read \(No such file or directory\)"):
        environment.secret("OPENMAPPA_Y")


def test_words_and_paths(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENMAPPA_X", "a.test, b.test  c.test")
    assert environment.words("OPENMAPPA_X", ()) == ["a.test", "b.test", "c.test"]
    monkeypatch.setenv("OPENMAPPA_X", "~/mappa")
    assert environment.path("OPENMAPPA_X", ROOT) == Path.home() / "mappa"


def test_a_demonstrations_secret_is_made_once_and_is_private(tmp_path: Path) -> None:
    file = tmp_path / "var" / "secret-key"
    first = environment.secret("OPENMAPPA_NOT_SET", generate_in=file)
    assert len(first) == 96
    assert environment.secret("OPENMAPPA_NOT_SET", generate_in=file) == first
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_outside_a_demonstration_there_is_no_secret_and_nothing_is_served() -> None:
    assert environment.secret("OPENMAPPA_NOT_SET") == ""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("OPENMAPPA", "DJANGO"))}
    command = [sys.executable, "-c", "import openmappa.config.wsgi"]
    done = subprocess.run(command, env=kept, capture_output=True, text=True)
    assert done.returncode == 1
    assert "OPENMAPPA_SECRET_KEY is not set, and the service signs its sessions with it." in done.stderr
