"""The list of an inspection taken out of the service as a file without names, so that anybody can draw again."""

from django.db import transaction

from openmappa.accounts.models import User
from openmappa.audit.services import log
from openmappa.core.inspection.stored import rules_to_json
from openmappa.core.inspection.traits import Trait
from openmappa.inspections.errors import NotTheirs
from openmappa.inspections.models import Inspection
from openmappa.inspections.queries.inspections import reads_sample
from openmappa.samples.models import DrawnSample
from openmappa.samples.queries import frame_of, rules_of
from openmappa.ui.csv_files import Sharing, marked_csv
from openmappa.ui.formats import short_day

HEADER = ("key", "area", *(trait.value for trait in Trait))


def export_list(*, by: User, inspection: Inspection, drawn: DrawnSample, sharing: Sharing) -> str:
    """The list as a marked file: keys, areas and traits, with day, fingerprint, seed and rules. Raises NotTheirs.

    It holds no name and no reference; still each line is about one person. Logged with whom it is for.
    """
    if not reads_sample(by, inspection):
        raise NotTheirs("This list is for those who work on the inspection and for managers of its areas.")
    with transaction.atomic():
        frame = frame_of(drawn.case_list)
        log(
            by=by,
            verb="export inspection list",
            about={"inspection": str(inspection.key), "cases": len(frame.cases), "why": sharing.purpose},
            operation="disclosure",
            recipient=sharing.recipient,
            channel="export",
        )
    rows = [
        [case.key, case.stratum, *(case.traits[trait] for trait in Trait)]
        for cases in frame.by_stratum().values()
        for case in cases
    ]
    note: list[list[object]] = [
        [],
        ["Day", frame.on.isoformat()],
        ["Fingerprint of the list", frame.digest],
        ["Seed", drawn.seed],
        ["Where the seed is from", drawn.seed_from],
        ["Rules", rules_to_json(rules_of(drawn))],
        ["How to draw again", "docs: reference, statistics of an inspection; core/inspection/sample.py"],
    ]
    title = f"Cases listed for an inspection, {short_day(frame.on)}, without names"
    return marked_csv(title, sharing, HEADER, [*rows, *note])
