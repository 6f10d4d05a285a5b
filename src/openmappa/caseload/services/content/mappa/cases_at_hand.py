"""Cases of a generated area to start something on: each is taken once, the newest first, and never the newcomers."""

from collections.abc import Callable, Iterator

from django.db.models import QuerySet

from openmappa.caseload.services.content.mappa.people import Desk
from openmappa.cases.models import Case
from openmappa.core.synthetic.content.live import NEWCOMERS
from openmappa.core.synthetic.content.mappa.filling import FEMALE, MALE


class CasesAtHand:
    """The open cases of an area that nothing was started on yet, the ones that are looked at least first."""

    def __init__(self, source: str, desk: Desk) -> None:
        self._desk = desk
        self._rows = self._found(source)
        self._taken: set[int] = set()

    def _found(self, source: str) -> QuerySet[Case]:
        rows = Case.objects.filter(source=source, area=self._desk.area, standing__closed=False, restricted=False)
        for newcomer in NEWCOMERS:
            rows = rows.exclude(reference__endswith=newcomer)
        both = rows.filter(police_officer__isnull=False, case_manager__isnull=False)
        return both.select_related("person", "area", "police_officer", "case_manager", "standing").order_by("-pk")

    def take(self, wanted: Callable[[Case], bool] = lambda case: True, **narrowed: object) -> Case | None:
        """A case that fits, and was not taken before; None where there is none."""
        for case in self._left(**narrowed):
            if wanted(case):
                self._taken.add(case.pk)
                return case
        return None

    def _left(self, **narrowed: object) -> Iterator[Case]:
        return self._rows.filter(**narrowed).exclude(pk__in=self._taken).iterator(chunk_size=50)


def spoken_of(text: str, case: Case) -> str:
    """The text with the pronouns of the person."""
    return text.format_map(FEMALE if case.person.sex == "female" else MALE)
