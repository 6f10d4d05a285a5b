"""Two people at once on one action: one of them does it, the other is told."""

import threading
from collections.abc import Callable

import pytest
from django.db import connections

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.actions.models import Action, ActionStep
from openmappa.actions.services.doing import complete_action
from openmappa.actions.services.handing_over import hand_over_action, take_on_action
from openmappa.timeline.errors import NotRecorded
from openmappa.timeline.models import Fact
from tests.actions.build import a_partner, an_action, an_officer
from tests.timeline.build import ago, make_case, write

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds: Callable[[], object]) -> list[str]:
    """Do these at once, each on a connection of its own; what each came to, sorted."""
    outcomes: list[str] = []
    barrier = threading.Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> None:
        try:
            barrier.wait()
            deed()
            outcomes.append("done")
        except NotRecorded as refused:
            outcomes.append(type(refused).__name__)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def completing(by: User, action: Action) -> Callable[[], object]:
    def deed() -> None:
        with as_person(by):
            complete_action(by=by, action=action, on=ago(1), evidence=f"By {by.full_name}")

    return deed


def test_two_who_complete_at_once_complete_it_once() -> None:
    case = make_case()
    write(case, "registered", ago(100))
    owner, partner = an_officer(), a_partner()
    mine, theirs = an_action(case, owner), an_action(case, partner)
    assert at_once(completing(owner, mine), completing(an_officer(), mine)) == ["NotDone", "done"]
    assert at_once(completing(partner, theirs), completing(owner, theirs)) == ["NotDone", "done"]
    assert Fact.objects.filter(kind="action_completed").count() == 2
    assert ActionStep.objects.filter(kind="completed").count() == 2


def test_taking_it_on_while_the_owner_completes_it_leaves_it_either_completed_or_with_the_other() -> None:
    case = make_case()
    write(case, "registered", ago(100))
    owner, partner = an_officer(), a_partner()
    action = an_action(case, owner)
    with as_person(owner):
        hand_over_action(by=owner, action=action, agency=partner.agency, person=partner, words="Yours")

    def taking() -> None:
        with as_person(partner):
            take_on_action(by=partner, action=action)

    outcomes = at_once(completing(owner, action), taking)
    action.refresh_from_db()
    assert "done" in outcomes
    assert action.state in ("completed", "accepted")
    facts = Fact.objects.filter(kind="action_completed").count()
    assert facts == (1 if action.state == "completed" else 0)
