"""Screening a referral: matching it to a case, asking for more, who screens, what each thinks, and the decision."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.cases.models import Case
from openmappa.cases.services import involve
from openmappa.core.access import Permission, Rank
from openmappa.core.involvement import InvolvementKind
from openmappa.core.mappa.screening import missing, sits
from openmappa.notices.services import tell
from openmappa.referrals.errors import DecidedMeanwhile, NotDecided
from openmappa.referrals.models.referral import MoreAsked, Referral, VictimPart
from openmappa.referrals.models.screening import Screener
from openmappa.referrals.queries.rules import referral_rules
from openmappa.referrals.services.levels import decide_level
from openmappa.referrals.services.referring import KIND, coordinators_for
from openmappa.referrals.words import Outcome

READS_ON = timedelta(days=14)
"""How long after its day somebody who was given the case to screen it still opens it."""
NOT_MATCHED = "Match the referral to a case first. Until then nobody can screen it."
NAME_FIRST = "The case is restricted. Name {name} for it first, on the page “Who can open this case”; then ask again."


def match_referral(*, by: User, referral: Referral, case: Case) -> None:
    """Say which case a typed-in referral is about. Those who hold the case are told; the referrer is not.

    Raises NotAllowed, DecidedMeanwhile, NotDecided (matched to another case, a case of another area).
    """
    require(by, Permission.COORDINATE)
    with transaction.atomic():
        row = _waiting(referral)
        if row.case_id == case.pk:
            return
        if row.case_id is not None:
            raise NotDecided("This referral was matched to another case already. Reload the page to see which.")
        if case.area_id != row.area_id:
            raise NotDecided("This case belongs to another area. Its coordinator takes the referral: ring them.")
        row.case, row.matched_by, row.matched_at = case, by, timezone.now()
        row.save(update_fields=["case", "matched_by", "matched_at"])
        for model in (VictimPart, MoreAsked):
            model.objects.filter(referral=row).update(case=case)
        log(by=by, verb="match referral", case_id=case.pk, about={"referral": row.pk})
        holders = [each for each in (case.police_officer, case.case_manager) if each and each.pk != row.referred_by_id]
        link = reverse("referrals:levels", kwargs={"key": case.key})
        words = f"Somebody referred case {case.reference} to MAPPA. It is being screened."
        tell(people=holders, kind=KIND, words=words, case_id=case.pk, link=link)


def ask_for_more(*, by: User, referral: Referral, words: str) -> MoreAsked:
    """Send a referral back with what is missing: the clock stands until the referrer answers. They are told.

    Raises NotAllowed, DecidedMeanwhile, NotDecided (asked already, no words).
    """
    require(by, Permission.COORDINATE)
    with transaction.atomic():
        row = _waiting(referral)
        said = words.strip()
        if not said:
            raise NotDecided("Say what is missing.")
        waits = row.asked.filter(answered_at__isnull=True).first()
        if waits is not None:
            if (waits.words, waits.asked_by_id) == (said, by.pk):
                return waits
            raise NotDecided("Something was asked already and is not answered yet. Wait for the answer, or ring them.")
        asked = MoreAsked.objects.create(referral=row, case=row.case, words=said, asked_by=by, asked_at=timezone.now())
        log(by=by, verb="ask about referral", case_id=row.case_id, about={"referral": row.pk})
        _tell_referrer(row, f"The coordinator asks something about your referral {row.reference}. Answer it here.")
        return asked


def ask_to_screen(*, by: User, referral: Referral, seat: str, person: User) -> Screener:
    """Ask somebody to screen a referral in one seat; who sat there without a view yet is replaced. They are told.

    Who does not see the case is given it until a while after the day of the decision. Doing it again changes nothing.
    Raises NotAllowed, DecidedMeanwhile, NotDecided (not matched, wrong rank or service, a view was given, restricted).
    """
    require(by, Permission.COORDINATE)
    with transaction.atomic():
        row = _waiting(referral)
        if row.case is None:
            raise NotDecided(NOT_MATCHED)
        _refuse_screener(by, row, seat, person)
        sitting = row.screeners.filter(replaced_at__isnull=True, seat=seat).first()
        if sitting is not None:
            if sitting.person_id == person.pk:
                return sitting
            if sitting.given_at is not None:
                raise NotDecided(f"{sitting.person} has given a view in this seat already. It stands.")
            sitting.replaced_at, sitting.replaced_by = timezone.now(), by
            sitting.save(update_fields=["replaced_at", "replaced_by"])
        _let_see(by, row, row.case, person)
        made = Screener.objects.create(
            referral=row,
            case=row.case,
            seat=seat,
            person=person,
            rank=person.rank,
            asked_by=by,
            asked_at=timezone.now(),
        )
        log(by=by, verb="ask to screen", case_id=row.case_id, about={"referral": row.pk, "person": person.pk})
        link = reverse("referrals:screen", kwargs={"referral": row.key})
        words = f"You are asked to screen referral {row.reference} to MAPPA. Say what you think by its day."
        tell(people=[person], kind=KIND, words=words, case_id=row.case_id, link=link, due_on=row.due_on)
        return made


def give_view(*, by: User, screener: Screener, view: Outcome, reasons: str) -> None:
    """Say what one thinks a referral should come to, and why. Once given it stands. Giving it again changes nothing.

    Raises NotAllowed, DecidedMeanwhile, NotDecided (somebody else's seat, another view before, no reasons).
    """
    require(by, Permission.SCREEN_REFERRAL)
    with transaction.atomic():
        row = _waiting(screener.referral)
        seat = Screener.objects.select_for_update(of=("self",)).get(pk=screener.pk)
        if seat.person_id != by.pk or seat.replaced_at is not None:
            raise NotDecided("You are not asked to screen this referral, or somebody else was asked since.")
        said = reasons.strip()
        if seat.given_at is not None:
            if (seat.view, seat.reasons) == (view.value, said):
                return
            raise NotDecided("You have given your view already, and it stands. Tell the coordinator what you see now.")
        if not said:
            raise NotDecided("Give the reasons for your view.")
        seat.view, seat.reasons, seat.given_at = view.value, said, timezone.now()
        seat.save(update_fields=["view", "reasons", "given_at"])
        log(by=by, verb="screen referral", case_id=row.case_id, about={"referral": row.pk, "seat": seat.seat})
        if not missing(views_of(row), referral_rules()):
            words = f"All views on referral {row.reference} are there. Decide it."
            link = reverse("referrals:screen", kwargs={"referral": row.key})
            people = coordinators_for(row.area, row.case)
            tell(people=people, kind=KIND, words=words, case_id=row.case_id, link=link, due_on=row.due_on)


def decide_referral(
    *, by: User, referral: Referral, outcome: Outcome, reasons: str, category: int | None = None, words: str = ""
) -> Referral:
    """Decide what a referral comes to, as the coordinator, once all seats have said what they think.

    A level is decided with it (``decide_level``), for the category given. One that no case could be found for can only
    be closed as not MAPPA, without screening. ``words`` tell the referrer more, in plain words. They are told.

    The same decision sent again by the same person changes nothing. Raises NotAllowed, DecidedMeanwhile, NotDecided.
    """
    require(by, Permission.COORDINATE)
    with transaction.atomic():
        row = _locked(referral)
        said = reasons.strip()
        if row.is_decided and (row.outcome, row.reasons, row.decided_by_id) == (outcome.value, said, by.pk):
            return row
        _refuse_decision(row, outcome, said, category)
        if outcome.level is not None and row.case is not None and category is not None:
            decide_level(
                by=by,
                case=row.case,
                level=outcome.level,
                category=category,
                on=timezone.localdate(),
                reasons=said,
                meeting=None,
                referral=row,
            )
        row.outcome, row.reasons, row.outcome_words = outcome.value, said, words.strip()
        row.decided_by, row.decided_at = by, timezone.now()
        row.save(update_fields=["outcome", "reasons", "outcome_words", "decided_by", "decided_at"])
        about = {"referral": row.pk, "outcome": row.outcome, "views": views_of(row)}
        log(by=by, verb="decide referral", case_id=row.case_id, about=about)
        _tell_referrer(row, f"Your referral {row.reference} was decided. Read what became of it.")
        return row


def views_of(referral: Referral) -> dict[str, str]:
    """The view of each seat that somebody was asked to sit in; "" where it is not given yet. One query."""
    rows = Screener.objects.sitting().filter(referral=referral).values_list("seat", "view")
    return dict(rows)


def _locked(referral: Referral) -> Referral:
    rows = Referral.objects.select_for_update(of=("self",)).select_related("case", "area", "referred_by", "decided_by")
    return rows.get(pk=referral.pk)


def _waiting(referral: Referral) -> Referral:
    """The referral, locked, while it waits for a decision."""
    row = _locked(referral)
    _refuse_decided(row)
    return row


def _refuse_decided(row: Referral) -> None:
    if row.is_draft:
        raise NotDecided("This referral has not been sent yet.")
    if row.is_decided:
        came_to = Outcome(row.outcome).in_short
        raise DecidedMeanwhile(f"{row.decided_by} has decided this referral already: {came_to}. Nothing was saved now.")


def _refuse_decision(row: Referral, outcome: Outcome, reasons: str, category: int | None) -> None:
    _refuse_decided(row)
    if not reasons:
        raise NotDecided("Give the reasons for the decision.")
    if row.case is None:
        if outcome is not Outcome.NOT_MAPPA:
            raise NotDecided(NOT_MATCHED)
        return
    against = missing(views_of(row), referral_rules())
    if against:
        raise NotDecided(" ".join(against))
    if outcome.level is not None and category is None:
        raise NotDecided("Say which category the case is in.")


def _refuse_screener(by: User, row: Referral, seat: str, person: User) -> None:
    rules = referral_rules()
    if seat not in {each.id for each in rules.seats}:
        raise NotDecided("There is no such seat.")
    if person.pk in (by.pk, row.referred_by_id):
        raise NotDecided("Whoever decides the referral, or sent it, does not screen it as well. Ask somebody else.")
    asked = rules.seat(seat)
    if not person.is_active or not person.may(Permission.SCREEN_REFERRAL):
        raise NotDecided(f"{person} may not screen referrals. Ask somebody else.")
    if not sits(asked, person.service, person.rank):
        raise NotDecided(
            f"{person} is {Rank(person.rank).label.lower()}. For this seat somebody of {asked.service.value} is asked, "
            f"at least {asked.from_rank.label.lower()} ({asked.source})."
        )
    if row.screeners.filter(replaced_at__isnull=True, person=person).exclude(seat=seat).exists():
        raise NotDecided(f"{person} sits in another seat already. Two people screen beside you.")


def _let_see(by: User, row: Referral, case: Case, person: User) -> None:
    if Case.objects.visible_to(person).filter(pk=case.pk).exists():
        return
    if case.restricted:
        raise NotDecided(NAME_FIRST.format(name=person))
    assert row.due_on is not None
    last = max(row.due_on, timezone.localdate()) + READS_ON
    involve(
        by=by,
        case=case,
        kind=InvolvementKind.INVITED,
        person=person,
        from_at=timezone.now(),
        until_at=timezone.make_aware(datetime.combine(last, time.min)),
        reason=f"Asked to screen referral {row.reference} to MAPPA.",
    )


def _tell_referrer(row: Referral, words: str) -> None:
    """Tell the referrer. No case is named: whoever referred may not know that there is one."""
    link = reverse("referrals:show", kwargs={"referral": row.key})
    tell(people=[row.referred_by], kind=KIND, words=words, link=link)
