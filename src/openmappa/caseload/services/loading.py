"""Loading the demonstration: the caseload, then the people to sign in as, in one transaction."""

from typing import BinaryIO

from openmappa.accounts.acting import as_job
from openmappa.caseload.services.checking import Report
from openmappa.caseload.services.demo import refuse_outside_a_demonstration, staff_the_demonstration
from openmappa.caseload.services.importing import Imported, Watcher, import_caseload


def load_the_demonstration(*, file: BinaryIO, report: Report, watcher: Watcher) -> Imported:
    """Import a generated caseload and staff it. Doing it again changes nothing; interrupted, it has done nothing.

    Whatever else a demonstration should show (notes of visits, scores) is written here, after the caseload.
    Raises NotADemonstration where real people may be, and whatever ``import_caseload`` raises.
    """
    refuse_outside_a_demonstration()
    with as_job("load the demonstration"):
        done = import_caseload(file=file, report=report, watcher=watcher)
        staff_the_demonstration()
    return done
