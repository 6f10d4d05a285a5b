"""What stands behind the facts of a generated caseload: scores, assessments, plans, MAPPA. Only in a demonstration."""

from collections.abc import Sequence

from openmappa.assessments.queries import PACK
from openmappa.audit.services import log
from openmappa.caseload.services.content.assessing import write_assessments
from openmappa.caseload.services.content.filed import filed
from openmappa.caseload.services.content.live import leave_work_open
from openmappa.caseload.services.content.mappa.furnishing import Mappa
from openmappa.caseload.services.content.overseeing import write_oversight
from openmappa.caseload.services.content.planning import Planning
from openmappa.caseload.services.content.requesting import write_requests
from openmappa.caseload.services.content.scoring import write_scores
from openmappa.caseload.services.content.telling import write_notices
from openmappa.core.packs.load import load_caseload_shape, load_oasys, load_quality, load_rm2000
from openmappa.core.synthetic.content.asking import Asking
from openmappa.core.synthetic.content.case import ContentMaker
from openmappa.core.synthetic.content.oversight import Overseer
from openmappa.core.synthetic.shape import shape_from


def furnish(source: str, only: Sequence[int] | None = None) -> dict[str, int]:
    """Write content for each case of the source that has none; returns how many of each there are now more.

    ``only``, where given, are the keys of the cases to write for.

    Must be called as a job, in the transaction of the import. Doing it again finds nothing to write.
    """
    shape = shape_from(load_caseload_shape(PACK))
    maker = ContentMaker(source, shape, load_rm2000(PACK), load_oasys(PACK))
    overseer = Overseer(source, shape.content, load_quality(PACK))
    asking = Asking(source, shape.content)
    planning = Planning()
    mappa = Mappa(source, shape, only)
    written = {"rm2000": 0, "oasys": 0, "plans": 0, "notices": 0, "oversight": 0, "requests": 0}
    for batch in filed(source, maker, only):
        written["rm2000"] += write_scores(batch)
        written["oasys"] += write_assessments(batch)
        written["plans"] += planning.write(batch)
        written["notices"] += write_notices(batch)
        written["oversight"] += write_oversight(batch, overseer)
        written["requests"] += write_requests(batch, asking)
        mappa.take(batch)
    written |= mappa.write()
    written["live"] = leave_work_open(source)
    if any(written.values()):
        log(by=None, verb="furnish the demonstration", about={"source": source, **written})
    return written
