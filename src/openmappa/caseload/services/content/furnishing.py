"""What stands behind the facts of a generated caseload: scores, assessments and plans. Only in a demonstration."""

from openmappa.assessments.queries import PACK
from openmappa.audit.services import log
from openmappa.caseload.services.content.assessing import Assessing
from openmappa.caseload.services.content.filed import filed
from openmappa.caseload.services.content.scoring import Scoring
from openmappa.core.packs.load import load_caseload_shape
from openmappa.core.synthetic.content.decks import Decks
from openmappa.core.synthetic.shape import shape_from


def furnish(source: str) -> dict[str, int]:
    """Write content for each case of the source that has none; returns how many of each there are now more.

    Must be called as a job, in the transaction of the import. Doing it again finds nothing to write.
    """
    decks = Decks(source, shape_from(load_caseload_shape(PACK)).content)
    scoring, assessing = Scoring(source), Assessing(source, decks)
    written = {"rm2000": 0, "oasys": 0}
    for batch in filed(source):
        scores = scoring.write(batch)
        items = {case: made[-1].items for case, made in scores.items() if made}
        assessments = assessing.write(batch, items)
        written["rm2000"] += sum(map(len, scores.values()))
        written["oasys"] += len(assessments)
    if any(written.values()):
        log(by=None, verb="furnish the demonstration", about={"source": source, **written})
    return written
