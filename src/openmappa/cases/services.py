"""Writing cases: who holds them, who is given them. Recording what happens on one is the timeline's."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from openmappa.accounts.acting import restate
from openmappa.accounts.models import Agency, Unit, User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.cases.errors import NotGiven
from openmappa.cases.models import Because, Case, Involvement, Person, held, reach_of
from openmappa.core.access import Permission
from openmappa.core.involvement import GIVEN_TO, WORKING, InvolvementKind
from openmappa.core.names import name_keys

TO_GIVE = {
    InvolvementKind.BREAK_GLASS: Permission.BREAK_GLASS,
    InvolvementKind.NAMED: Permission.RESTRICT_CASE,
}
"""What giving a case of each kind needs; any other needs INVITE_TO_CASE."""
TO_ASSIGN = {"police": ("police_officer", "police_unit"), "probation": ("case_manager", "probation_unit")}


def lock_case(case: Case) -> Case:
    """The case, locked until the transaction ends, so that two people's recordings come one after the other."""
    return Case.objects.select_for_update(of=("self",)).select_related("person").get(pk=case.pk)


def next_version(case: Case) -> int:
    """Count one more recording on a locked case; the new version."""
    case.version += 1
    case.save(update_fields=["version"])
    return case.version


def name_keys_for(person: Person) -> list[str]:
    """What ``Person.name_keys`` must hold for a stored person: the keys of the name and of every alias. One query.

    Whoever writes a name or an alias sets this in the same transaction; an import works it out from its file with
    ``core.names.name_keys``.
    """
    names = [(alias.given_names, alias.family_name) for alias in person.aliases.all()]
    return name_keys([(person.given_names, person.family_name), *names])


def involve(
    *,
    by: User,
    case: Case,
    kind: InvolvementKind,
    person: User | None = None,
    unit: Unit | None = None,
    agency: Agency | None = None,
    from_at: datetime,
    until_at: datetime | None,
    reason: str,
    needs: Permission | None = None,
) -> Involvement:
    """Give a case to one person, unit or agency for a time.

    ``needs``, where given, is the permission that takes, since giving the case is a part of another deed.
    Raises NotAllowed, and NotGiven when there is no reason, not exactly one to whom it is given, the times are the
    wrong way round, or the role of the person opens nothing by this kind.
    """
    require(by, needs or TO_GIVE.get(kind, Permission.INVITE_TO_CASE))
    if len([each for each in (person, unit, agency) if each is not None]) != 1:
        raise NotGiven("Choose one person, one unit or one agency.")
    if not reason.strip():
        raise NotGiven("Say why. Whoever looks after this case will read it.")
    if until_at is not None and until_at <= from_at:
        raise NotGiven("The end is not after the beginning. Choose a later end.")
    if person is not None and person.role not in GIVEN_TO[kind]:
        raise NotGiven(f"{person.full_name} is {person.role_label}. That role opens no case by “{kind.label}”.")
    with transaction.atomic():
        row = Involvement.objects.create(
            case=case,
            kind=kind,
            person=person,
            unit=unit,
            agency=agency,
            from_at=from_at,
            until_at=until_at,
            reason=reason.strip(),
            given_by=by,
        )
        about: dict[str, object] = {"involvement": row.pk, "kind": kind.value}
        about |= {"until": until_at.isoformat() if until_at else None}
        about |= {"person": row.person_id, "unit": row.unit_id, "agency": row.agency_id}
        log(by=by, verb="give case", case_id=case.pk, about=about)
        restate(by)
    return row


def end_involvement(*, by: User, involvement: Involvement, reason: str, needs: Permission | None = None) -> Involvement:
    """End what was given; the next request of whoever had it is refused. Who had it in an emergency may end it too.

    ``needs`` is as for ``involve``. Raises NotAllowed, NotGiven when it has ended already or no reason is given.
    """
    own = involvement.kind == InvolvementKind.BREAK_GLASS and involvement.person_id == by.pk
    if not own:
        kind = InvolvementKind(involvement.kind)
        emergency = kind is InvolvementKind.BREAK_GLASS
        usual = Permission.REVIEW_BREAK_GLASS if emergency else TO_GIVE.get(kind, Permission.INVITE_TO_CASE)
        require(by, needs or usual)
    if not reason.strip():
        raise NotGiven("Say why it ends.")
    with transaction.atomic():
        row = Involvement.objects.select_for_update(of=("self",)).get(pk=involvement.pk)
        now = timezone.now()
        if row.ended_at is not None or (row.until_at is not None and row.until_at <= now):
            raise NotGiven("This has ended already.")
        row.ended_at, row.ended_by, row.end_reason = now, by, reason.strip()
        row.save(update_fields=["ended_at", "ended_by", "end_reason"])
        log(by=by, verb="end involvement", case_id=row.case_id, about={"involvement": row.pk, "kind": row.kind})
        restate(by)
    return row


def end_what_was_given(
    *, by: User, case: Case, kinds: Iterable[InvolvementKind], keep: Iterable[User], why: str
) -> int:
    """End what of these kinds opens a locked case to anybody but those to ``keep``; how many were ended.

    For a deed that moves the case to others. The caller has asked for the permission and logs; whoever acts is stated
    again only when the deed is done (``accounts.acting.restate``).
    """
    now = timezone.now()
    rows = Involvement.objects.in_force_at(now).filter(case=case, kind__in=[kind.value for kind in kinds])
    kept = [person.pk for person in keep]
    others = rows.exclude(person_id__in=kept) if kept else rows
    return others.update(ended_at=now, ended_by=by, end_reason=why)


def restrict_case(*, by: User, case: Case, contact: User, named: list[User], reason: str) -> Case:
    """Let the named people alone see a case; ``contact`` is whom others are told to ring.

    Whoever restricts it is named too, so that nobody locks themselves out. Raises NotAllowed, NotGiven.
    """
    require(by, Permission.RESTRICT_CASE)
    if not reason.strip():
        raise NotGiven("Say why this case must be restricted. Only the people named will read it.")
    people = {person.pk: person for person in [by, contact, *named]}
    unfit = [one.full_name for one in people.values() if one.role not in GIVEN_TO[InvolvementKind.NAMED]]
    if unfit:
        raise NotGiven(f"{', '.join(unfit)} cannot open cases by being named. Choose somebody who works on cases.")
    if contact.role not in WORKING:
        raise NotGiven("Whom to ring must be a police officer, case manager, line manager or MAPPA coordinator.")
    with transaction.atomic():
        locked = lock_case(case)
        if locked.restricted:
            raise NotGiven("This case is restricted already.")
        now = timezone.now()
        for person in people.values():
            involve(
                by=by,
                case=locked,
                kind=InvolvementKind.NAMED,
                person=person,
                from_at=now,
                until_at=None,
                reason=reason,
            )
        locked.restricted, locked.restricted_contact, locked.restricted_reason = True, contact, reason.strip()
        locked.save(update_fields=["restricted", "restricted_contact", "restricted_reason"])
        log(by=by, verb="restrict case", case_id=locked.pk, about={"named": sorted(people), "contact": contact.pk})
    return locked


def lift_restriction(*, by: User, case: Case, reason: str) -> Case:
    """Let everybody who is involved see the case again; being named ends with it. Raises NotAllowed, NotGiven."""
    require(by, Permission.RESTRICT_CASE)
    if not reason.strip():
        raise NotGiven("Say why the restriction can be lifted.")
    with transaction.atomic():
        locked = lock_case(case)
        if not locked.restricted:
            raise NotGiven("This case is not restricted.")
        locked.restricted, locked.restricted_contact, locked.restricted_reason = False, None, ""
        locked.save(update_fields=["restricted", "restricted_contact", "restricted_reason"])
        restate(by)
        for row in Involvement.objects.in_force_at(timezone.now()).filter(case=locked, kind=InvolvementKind.NAMED):
            end_involvement(by=by, involvement=row, reason=reason)
        log(by=by, verb="lift restriction", case_id=locked.pk, about={"reason": reason.strip()})
    return locked


def assign_case(*, by: User, case: Case, to: User, reason: str) -> Case:
    """Hand a case over: the person and their unit answer for it from now on, for their own service.

    Raises NotAllowed; NotGiven when there is no reason, or the person is of neither service, in no unit, or not there.
    """
    require(by, Permission.ASSIGN_CASE)
    if not reason.strip():
        raise NotGiven("Say why the case goes to somebody else.")
    if to.service is None or to.unit is None or not to.is_active or to.role not in WORKING:
        raise NotGiven(f"{to.full_name} cannot hold a case: that takes somebody of a police or probation unit.")
    person_field, unit_field = TO_ASSIGN[to.service]
    with transaction.atomic():
        locked = lock_case(case)
        before = getattr(locked, f"{person_field}_id")
        setattr(locked, person_field, to)
        setattr(locked, unit_field, to.unit)
        if not reach_of(by).sees(held(locked)):
            raise NotGiven(
                f"{to.full_name} is of another unit, and you could not see the case any more. "
                "The MAPPA coordinator of the area can hand it over."
            )
        next_version(locked)
        pass_responsibility(locked, [person_field, unit_field], Because.ASSIGNED)
        log(by=by, verb="assign case", case_id=locked.pk, about={"from": before, "to": to.pk, "reason": reason.strip()})
    return locked


def pass_responsibility(case: Case, fields: Iterable[str], because: Because) -> None:
    """Store who is responsible for a locked case from this instant on, as its ``fields`` say now.

    The database ends what was and begins what is at one instant (``Responsibility``). The caller has asked for the
    permission, and logs. Two statements besides the one that stores.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('openmappa.because', %s, true)", [because.value])
        case.save(update_fields=list(fields))
        cursor.execute("SELECT set_config('openmappa.because', '', true)")
