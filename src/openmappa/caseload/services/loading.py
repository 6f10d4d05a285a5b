"""Loading the demonstration: the caseload, the people to sign in as, and what stands behind the facts, all at once."""

from typing import BinaryIO

from openmappa.accounts.acting import as_job
from openmappa.audit.services import log
from openmappa.caseload.services.checking import Report
from openmappa.caseload.services.content.aims import leave_targets
from openmappa.caseload.services.content.board.assuring import leave_assurance
from openmappa.caseload.services.content.board.furnishing import furnish_boards
from openmappa.caseload.services.content.establishment import leave_posts
from openmappa.caseload.services.content.filed import author_of
from openmappa.caseload.services.content.furnishing import furnish
from openmappa.caseload.services.content.inspecting import leave_inspection
from openmappa.caseload.services.content.live import add_newcomers
from openmappa.caseload.services.content.mappa.under_way import leave_mappa_under_way
from openmappa.caseload.services.demo import refuse_outside_a_demonstration, staff_the_demonstration
from openmappa.caseload.services.importing import Imported, Watcher, import_caseload


def load_the_demonstration(*, file: BinaryIO, report: Report, watcher: Watcher) -> Imported:
    """Import a generated caseload, staff it, furnish it, and leave meetings and other work to come.

    Doing it again changes nothing; interrupted, it has done nothing.
    Raises NotADemonstration where real people may be, and whatever ``import_caseload`` raises.
    """
    refuse_outside_a_demonstration()
    with as_job("load the demonstration"):
        done = import_caseload(file=file, report=report, watcher=watcher, author=author_of)
        add_newcomers(done.source, report, watcher)
        staff_the_demonstration()
        furnish(done.source)
        under_way = {**leave_mappa_under_way(done.source), "targets": leave_targets(done.source)}
        under_way["posts"] = leave_posts(done.source)
        under_way |= furnish_boards(done.source)
        under_way |= leave_assurance(done.source)
        under_way["inspected"] = leave_inspection(done.source)
        if any(under_way.values()):
            log(by=None, verb="leave work under way in the demonstration", about={"source": done.source, **under_way})
    return done
