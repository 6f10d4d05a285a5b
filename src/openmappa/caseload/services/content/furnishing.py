"""What stands behind the facts of a generated caseload: scores, assessments and plans. Only in a demonstration."""

from openmappa.audit.services import log
from openmappa.caseload.services.content.filed import filed
from openmappa.caseload.services.content.scoring import Scoring


def furnish(source: str) -> dict[str, int]:
    """Write content for each case of the source that has none; returns how many of each there are now more.

    Must be called as a job, in the transaction of the import. Doing it again finds nothing to write.
    """
    scoring = Scoring(source)
    written = {"rm2000": 0}
    for batch in filed(source):
        written["rm2000"] += scoring.write(batch)
    if any(written.values()):
        log(by=None, verb="furnish the demonstration", about={"source": source, **written})
    return written
