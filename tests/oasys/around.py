"""A case with a draft OASys, and a case manager who signs in by password, for what stands around an OASys."""

from typing import NamedTuple

from django.test import Client
from django.urls import reverse

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.access import Role
from openmappa.oasys.models import Oasys
from openmappa.oasys.models_around import (
    ConfidentialSection,
    HandOver,
    InformationChaser,
    InformationRequest,
    SelfAssessment,
)
from tests.oasys.build import draft_row
from tests.signin.made import signing_in
from tests.timeline.build import ago, make_case, make_person

PASSWORD = "right"


def asked_row(case: Case, by: User, **changed: object) -> InformationRequest:
    """A request that is six days overdue."""
    plain: dict[str, object] = {
        "agency": "Northshire Council",
        "post": "Duty social worker",
        "question": "Which school does the daughter of his partner go to?",
        "way": "letter",
        "asked_on": ago(20),
        "due_on": ago(6),
        "asked_by": by,
    }
    return InformationRequest.objects.create(case=case, **(plain | changed))


def around(draft: Oasys, by: User, words: str) -> None:
    """A row in each table of what stands around a draft."""
    case = draft.case
    own = SelfAssessment.objects.create(case=case, oasys=draft, filled="tablet", started_by=by, answers={"tell": words})
    HandOver.objects.create(case=case, self_assessment=own, given_by=by)
    ConfidentialSection.objects.create(case=case, oasys=draft, text=words, written_by=by)
    asked = asked_row(case, by, question=words)
    InformationChaser.objects.create(case=case, request=asked, chased_on=ago(1), way="phone", words=words, chased_by=by)


class Desk(NamedTuple):
    """Who works on which case, in which browser."""

    manager: User
    case: Case
    oasys: Oasys
    browser: Client

    def at(self, name: str, **more: object) -> str:
        """An address of this OASys, or of its case."""
        of_case = name in ("requests", "ask", "letter", "answer", "chase")
        given = {"key": self.case.key} | ({} if of_case else {"oasys": self.oasys.key}) | more
        return reverse(f"oasys:{name}", kwargs=given)


def a_manager() -> User:
    manager = make_person(Role.CASE_MANAGER)
    manager.set_password(PASSWORD)
    manager.save()
    return manager


def a_desk(manager: User | None = None) -> Desk:
    """A case manager, signed in by their password, with a case of theirs and a draft on it."""
    manager = manager or a_manager()
    case = make_case(case_manager=manager)
    return Desk(manager, case, draft_row(case, manager), signing_in(manager, PASSWORD))


def handed_over(desk: Desk) -> Client:
    """The browser as the offender gets it."""
    answer = desk.browser.post(desk.at("hand_over"))
    assert answer.status_code == 302, answer.content.decode()
    return desk.browser
