"""Putting right a transfer that was accepted in error: the case goes back, at one instant, with both coordinators."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.cases.models import Case
from openmappa.core.access import Permission
from openmappa.core.mappa.transfers import may_give_back
from openmappa.transfers.errors import NotTransferred
from openmappa.transfers.models import Transfer
from openmappa.transfers.queries import brokers, rules
from openmappa.transfers.services.around import both_sides, locked, logged, said, told
from openmappa.transfers.services.asking import ONE_ALREADY, refused_twice, send_transfer
from openmappa.transfers.words import Kind, State


def give_back(*, by: User, transfer: Transfer, reasons: str) -> Transfer:
    """Start giving a case back that was transferred in error, or ask for it back.

    By the coordinator of the area that holds it now it is sent at once, and the other names who takes it on; by the
    coordinator of the area that it left it is asked for, and the one who holds it sends it. Until it is accepted the
    area that holds it stays responsible. Raises NotAllowed, NotTransferred (too late, not accepted, one on its way).
    """
    require(by, Permission.BROKER_TRANSFER)
    why = said(reasons, "Say what the error was. Both coordinators read it.")
    try:
        with transaction.atomic():
            row = locked(transfer)
            _refuse_to_give_back(by, row)
            made = Transfer.objects.create(
                kind=Kind.GIVE_BACK,
                returns=row,
                case_id=row.case_id,
                from_area=row.to_area,
                to_area=row.from_area,
                reference=row.reference,
                name=row.name,
                born_on=row.born_on,
                level=row.level,
                category=row.category,
                restricted=row.restricted,
                asked_by=by,
                asked_at=timezone.now(),
                reasons=why,
            )
            logged(by, "ask for case back", made, returns=row.pk)
            if brokers(by, made.from_area_id):
                return send_transfer(by=by, transfer=made)
            told(made, both_sides(made), f"{made.to_area.name} asks for case {made.reference} back.", but=by)
            return made
    except IntegrityError as error:
        if refused_twice(error):
            raise NotTransferred(ONE_ALREADY) from error
        raise


def _refuse_to_give_back(by: User, row: Transfer) -> None:
    if not (brokers(by, row.from_area_id) or brokers(by, row.to_area_id)):
        raise NotTransferred("Only the MAPPA coordinators of the two areas can give it back.")
    if row.restricted and not brokers(by, row.to_area_id):
        raise NotTransferred("The case is restricted. Ring the coordinator who holds it: they can give it back.")
    if row.state != State.ACCEPTED or row.handed_over_at is None:
        raise NotTransferred("Only a transfer that was accepted can be given back. Recall one that is on its way.")
    if not may_give_back(rules(), timezone.localdate(row.handed_over_at), timezone.localdate()):
        raise NotTransferred(
            f"It was accepted more than {rules().give_back.within_days} days ago. Ask for a transfer instead."
        )
    if Transfer.objects.filter(returns=row, state=State.ACCEPTED).exists():
        raise NotTransferred("It was given back before.")
    if Transfer.objects.filter(case_id=row.case_id).open().exists():
        raise NotTransferred(ONE_ALREADY)
    moved_on = Transfer.objects.filter(case_id=row.case_id, state=State.ACCEPTED, handed_over_at__gt=row.handed_over_at)
    seen = Case.objects.filter(pk=row.case_id).first()
    if moved_on.exists() or (seen is not None and seen.area_id != row.to_area_id):
        raise NotTransferred(f"The case is not in {row.to_area.name} any more.")
