"""The lists of cases behind the tables of the report, as addresses name them: ``of``, ``key`` and ``more``."""

from collections.abc import Mapping

from openmappa.accounts.models import User
from openmappa.board.queries import delays, interventions, visits
from openmappa.board.queries.rows import standards
from openmappa.board.queries.scope import Scope
from openmappa.core.bands import LikelihoodBand
from openmappa.plans.words import Heading

OF_VISITS = {
    "kept": "Visited as often as planned",
    "late": "Visited less often than planned",
    "no-plan": "No interval between visits",
    "planned": "Visits planned",
    "made": "Visits made",
}
BY_BAND = ("kept", "late", "no-plan")
Query = Mapping[str, str]


def title_of(query: Query) -> str | None:
    """What the list that an address asks for is called; None where there is no such list."""
    of, key, more = query.get("of", ""), query.get("key", ""), query.get("more", "")
    if of in BY_BAND:
        return f"{OF_VISITS[of]}: {LikelihoodBand(key).label}" if key in list(LikelihoodBand) else None
    if of in OF_VISITS:
        titles = [*visits.titles_of_rows(), "Longer"]
        return f"{OF_VISITS[of]}: {titles[int(key)]}" if key in map(str, range(len(titles))) else None
    if of == "delay":
        within = dict(enumerate(delays.WITHIN, 1)).get(int(more)) if more.isdecimal() and len(more) == 1 else None
        return f"{standards()[key]}: {within}" if key in delays.STARTS and within else None
    if of == "intervention":
        return _intervention(key, more)
    return None


def cases(user: User, scope: Scope, query: Query) -> list[int]:
    """The cases that this person sees of a list that has a title. Two queries."""
    of, key, more = query["of"], query.get("key", ""), query.get("more", "")
    if of in OF_VISITS:
        return visits.cases_behind(user, scope, of, key)
    if of == "delay":
        return delays.cases_behind(user, scope, key, int(more))
    return interventions.cases_behind(user, scope, key, more)


def _intervention(key: str, more: str) -> str | None:
    title = interventions.NOT_SAID if key == "" else dict(Heading.choices).get(key)
    state = dict.get({str(state): words for state, (words, _) in interventions.PROGRAMME.items()}, more)
    if title is None or (more and state is None):
        return None
    return f"{title}: {state}" if state else str(title)
