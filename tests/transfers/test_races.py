"""Two at once, a recall in the middle of an acceptance, and a process that dies: one of them, whole, or nothing."""

import threading
from collections.abc import Callable

import pytest
from django.db import connections

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.cases.models import Responsibility
from openmappa.core.access import Role
from openmappa.notes.models import Note
from openmappa.transfers.errors import NotTransferred
from openmappa.transfers.models import Transfer
from openmappa.transfers.queries import unclear
from openmappa.transfers.services import answering
from openmappa.transfers.services.answering import accept_transfer
from openmappa.transfers.services.asking import recall_transfer
from openmappa.transfers.words import State
from tests.timeline.build import make_person
from tests.transfers.build import Places, places, sent

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds: Callable[[], object]) -> list[BaseException | None]:
    """Do these at the same time, each on a connection of its own; what each raised."""
    ready = threading.Barrier(len(deeds))
    raised: list[BaseException | None] = [None] * len(deeds)

    def run(number: int, deed: Callable[[], object]) -> None:
        ready.wait()
        try:
            deed()
        except BaseException as error:  # it is looked at below
            raised[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def accepts(by: User, here: Places, transfer: Transfer) -> Callable[[], object]:
    def deed() -> None:
        with as_person(by):
            accept_transfer(by=by, transfer=transfer, police_officer=here.new_officer, case_manager=here.new_manager)

    return deed


def test_two_coordinators_who_accept_at_once_take_it_on_once() -> None:
    here = places()
    second = make_person(Role.MAPPA_COORDINATOR, area=here.away)
    transfer = sent(here)
    raised = at_once(accepts(here.receiver, here, transfer), accepts(second, here, transfer))
    assert sorted(type(error).__name__ for error in raised) == ["NoneType", "NotTransferred"]
    assert Responsibility.objects.filter(case=here.case).count() == 2
    assert unclear(here.case) == ()


@pytest.mark.parametrize("again", range(3))
def test_accepted_while_recalled_it_is_one_or_the_other_and_never_both(again: int) -> None:
    here = places()
    transfer = sent(here)

    def recalls() -> None:
        with as_person(here.sender):
            recall_transfer(by=here.sender, transfer=transfer, reason="He stays.")

    raised = at_once(accepts(here.receiver, here, transfer), recalls)
    assert sorted(type(error).__name__ for error in raised) == ["NoneType", "NotTransferred"]
    transfer.refresh_from_db()
    here.case.refresh_from_db()
    accepted = transfer.state == State.ACCEPTED
    assert accepted or transfer.state == State.RECALLED
    assert here.case.area == (here.away if accepted else here.home)
    assert Responsibility.objects.filter(case=here.case).count() == (2 if accepted else 1)
    assert unclear(here.case) == ()


@pytest.mark.parametrize("dies_in", ["noted", "derive", "told", "end_for_the_area_left"])
def test_a_process_that_dies_in_the_middle_leaves_the_sending_area_responsible(
    dies_in: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = places()
    transfer = sent(here)
    notes = Note.objects.filter(case=here.case).count()

    def dies(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(answering, dies_in, dies)
    with pytest.raises(KeyboardInterrupt):
        accepts(here.receiver, here, transfer)()
    monkeypatch.undo()
    here.case.refresh_from_db()
    transfer.refresh_from_db()
    assert (here.case.area, transfer.state, Note.objects.filter(case=here.case).count()) == (here.home, "sent", notes)
    assert Responsibility.objects.filter(case=here.case).count() == 1
    accepts(here.receiver, here, transfer)()
    assert unclear(here.case) == ()
    with pytest.raises(NotTransferred):
        accepts(make_person(Role.MAPPA_COORDINATOR, area=here.away), here, transfer)()
