"""An OASys that leaves the record on paper: logged as a disclosure, with who receives it and why."""

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.core.access import Permission
from openmappa.core.compartments import FieldClass
from openmappa.oasys.models import Oasys
from openmappa.ui.csv_files import Sharing


def require_printing(by: User) -> None:
    """Who may take a case out of the record prints an OASys; so does who writes it, to show it to the offender.

    Raises NotAllowed.
    """
    require(by, Permission.EXPORT_CASE if by.may(Permission.EXPORT_CASE) else Permission.RECORD_ASSESSMENT)


def give_out_oasys(*, by: User, oasys: Oasys, version: str, sharing: Sharing) -> None:
    """Note that an OASys was given out to print: which ``version`` of it, to whom and why. Raises NotAllowed."""
    require_printing(by)
    log(
        by=by,
        verb="print OASys",
        case_id=oasys.case_id,
        about={"oasys": oasys.pk, "version": version, "why": sharing.purpose},
        operation="disclosure",
        classes={FieldClass.PERSONAL.value, FieldClass.SENSITIVE.value},
        recipient=sharing.recipient,
        channel="print",
    )
