"""Loading the demonstration: the caseload, the people to sign in as, and what stands behind the facts, all at once."""

from typing import BinaryIO

from openmappa.accounts.acting import as_job
from openmappa.caseload.services.checking import Report
from openmappa.caseload.services.content.filed import author_of
from openmappa.caseload.services.content.furnishing import furnish
from openmappa.caseload.services.content.live import add_newcomers
from openmappa.caseload.services.demo import refuse_outside_a_demonstration, staff_the_demonstration
from openmappa.caseload.services.importing import Imported, Watcher, import_caseload


def load_the_demonstration(*, file: BinaryIO, report: Report, watcher: Watcher) -> Imported:
    """Import a generated caseload, staff it and furnish it with assessments and plans.

    Doing it again changes nothing; interrupted, it has done nothing.
    Raises NotADemonstration where real people may be, and whatever ``import_caseload`` raises.
    """
    refuse_outside_a_demonstration()
    with as_job("load the demonstration"):
        done = import_caseload(file=file, report=report, watcher=watcher, author=author_of)
        add_newcomers(done.source, report, watcher)
        staff_the_demonstration()
        furnish(done.source)
    return done
