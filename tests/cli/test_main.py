"""The command `openmappa` itself."""

import pytest

from openmappa.cli import record
from openmappa.cli.main import main


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--help"])
    assert left.value.code == 0
    out = capsys.readouterr().out
    assert {"evaluate", "check-pack", "sample", *record.COMMANDS} <= set(out.split())


def test_no_command_is_a_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main([])
    assert left.value.code == 2
    assert "the following arguments are required: COMMAND" in capsys.readouterr().err


def test_manage_hands_over_to_the_management_command_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["manage", "version"]) == 0
    assert capsys.readouterr().out.startswith("5.2")
