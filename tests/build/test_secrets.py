"""Secrets come from the environment or from files that nobody else may read, and are in no message."""

from pathlib import Path

import pytest

from openmappa.config import environment
from openmappa.config.environment import SettingsError

SECRET = "correct-horse-battery-staple"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file with the secret, private, named by the setting."""
    made = tmp_path / "the key"
    made.write_text(f"{SECRET}\n", encoding="utf-8")
    made.chmod(0o600)
    monkeypatch.setenv("OPENMAPPA_X_FILE", str(made))
    return made


def refusal() -> str:
    with pytest.raises(SettingsError) as refused:
        environment.secret("OPENMAPPA_X")
    assert SECRET not in str(refused.value)
    return str(refused.value)


def test_a_secret_is_read_from_a_private_file_without_the_line_end(file: Path) -> None:
    assert environment.secret("OPENMAPPA_X") == SECRET


@pytest.mark.parametrize("mode", [0o400, 0o440, 0o640])
def test_the_owner_and_a_group_may_read_it(file: Path, mode: int) -> None:
    file.chmod(mode)
    assert environment.secret("OPENMAPPA_X") == SECRET


@pytest.mark.parametrize("mode", [0o644, 0o604, 0o602, 0o666])
def test_a_file_that_everybody_may_read_or_change_is_refused_with_what_to_do(file: Path, mode: int) -> None:
    file.chmod(mode)
    assert refusal() == (
        f"OPENMAPPA_X_FILE names {file}, which everybody on this machine may read or change (mode {mode:o}). "
        f"Run: chmod 600 '{file}' (as a Kubernetes secret: defaultMode: 0400; as a Compose secret: mode: 0400). "
        "If others have accounts here, make a new secret."
    )


def test_a_file_without_anything_in_it_is_refused(file: Path) -> None:
    file.write_text(" \n", encoding="utf-8")
    assert refusal() == f"OPENMAPPA_X_FILE names {file}, which is empty. Put the secret into it."


def test_a_file_that_is_no_text_is_refused(file: Path) -> None:
    file.write_bytes(b"\xff\xfe\x00")
    assert refusal() == f"OPENMAPPA_X_FILE names {file}, which is not a text file in UTF-8."


def test_a_secret_in_two_places_is_refused(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENMAPPA_X", SECRET)
    assert refusal() == "OPENMAPPA_X and OPENMAPPA_X_FILE are both set. Keep the one that holds the secret you mean."


def test_the_databases_addresses_are_secrets_too() -> None:
    settings = Path(environment.__file__).with_name("settings.py").read_text(encoding="utf-8")
    for name in ("OPENMAPPA_SECRET_KEY", "DATABASE_URL", "DATABASE_OWNER_URL"):
        assert f'environment.secret("{name}"' in settings
        assert f'environment.text("{name}"' not in settings
