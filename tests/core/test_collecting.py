"""The collector of cycles is on again afterwards, however the work ended."""

import gc

import pytest

from openmappa.core.collecting import without_collector


def test_it_rests_while_the_work_goes_on_and_is_on_again_after_it() -> None:
    with without_collector():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_is_on_again_after_a_fault() -> None:
    with pytest.raises(ZeroDivisionError), without_collector():
        1 / 0  # noqa: B018
    assert gc.isenabled()
