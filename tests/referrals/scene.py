"""A referral on its way through the services: sent, matched, screened."""

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.referrals.models.referral import Referral
from openmappa.referrals.services.referring import Said, send_referral
from openmappa.referrals.services.screening import ask_to_screen, give_view, match_referral
from openmappa.referrals.words import Outcome
from tests.referrals.build import a_sergeant, an_spo

WORDS = {"why": "He was seen near a school.", "adds": "Housing and the police plan together.", "proposed_level": 2}
SAID = Said(name="Sample Testcase", children=False, victims=False, urgent=False, **WORDS)  # type: ignore[arg-type]


def sent(by: User, case: Case | None = None, said: Said = SAID) -> Referral:
    with as_person(by):
        return send_referral(by=by, said=said, case=case)


def matched(by: User, coordinator: User, case: Case) -> Referral:
    referral = sent(by)
    with as_person(coordinator):
        match_referral(by=coordinator, referral=referral, case=case)
    referral.refresh_from_db()
    return referral


def asked_both(referral: Referral, coordinator: User) -> tuple[User, User]:
    """A senior probation officer and a detective sergeant, asked to screen."""
    spo, sergeant = an_spo(), a_sergeant()
    with as_person(coordinator):
        ask_to_screen(by=coordinator, referral=referral, seat="probation", person=spo)
        ask_to_screen(by=coordinator, referral=referral, seat="police", person=sergeant)
    return spo, sergeant


def viewed(referral: Referral, person: User, view: Outcome, reasons: str = "Several agencies have to act.") -> None:
    with as_person(person):
        give_view(by=person, screener=referral.screeners.get(person=person), view=view, reasons=reasons)


def ready(case: Case, coordinator: User, by: User, police: Outcome = Outcome.LEVEL_2) -> Referral:
    """A referral on which both have said what they think."""
    referral = matched(by, coordinator, case)
    spo, sergeant = asked_both(referral, coordinator)
    viewed(referral, spo, Outcome.LEVEL_2)
    viewed(referral, sergeant, police)
    return referral
