"""What the front sheet of a case shows of its last signed OASys: likelihood beside RM2000, harm by who is at risk."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

from openmappa.accounts.models import User
from openmappa.core.bands import LikelihoodBand
from openmappa.core.instruments.oasys.harm import LevelOf, levels
from openmappa.core.instruments.oasys.scoring import TotalBanding, total_band
from openmappa.core.instruments.precedence import RM2000, Precedence, standing_likelihood
from openmappa.core.packs.load import load_oasys
from openmappa.core.packs.oasys_rules import LEVELS
from openmappa.oasys.models import Oasys
from openmappa.oasys.queries.oasys import latest_signed, sections_of, with_people
from openmappa.timeline.models import Fact
from openmappa.timeline.queries.frame import CaseFrame


@dataclass(frozen=True)
class LikelihoodBeside:
    """Likelihood in the last signed OASys, and which stands where RM2000 says otherwise."""

    oasys: Oasys
    total: TotalBanding | None
    precedence: tuple[Precedence, ...]

    @property
    def which_stands(self) -> str:
        """Which instrument stands, where RM2000 says otherwise or there is none; said once, though both may differ."""
        return next((one.sentence for one in self.precedence if one.disagree or one.by != RM2000), "")


@dataclass(frozen=True)
class HarmBeside:
    """The OASys that gave the level of harm that stands, and its levels by who is at risk."""

    oasys: Oasys
    levels: tuple[LevelOf, ...]


def likelihood_beside(frame: CaseFrame, band: str) -> LikelihoodBeside | None:
    """What OASys says of likelihood beside this band of RM2000 (empty: none). One query. None without an OASys."""
    last = latest_signed(frame.case)
    if last is None:
        return None
    total = total_band(load_oasys(last.pack), last.total_entered) if last.total_entered is not None else None
    said = [
        ("OGRS3", LikelihoodBand(last.ogrs3_band) if last.ogrs3_band else None),
        ("OASys", total.band if total else None),
    ]
    scored = LikelihoodBand(band) if band else None
    found = [standing_likelihood(scored, one, called=called) for called, one in said if one is not None]
    return LikelihoodBeside(last, total, tuple(one for one in found if one is not None))


def harm_beside(set_by: Fact | None) -> HarmBeside | None:
    """The OASys whose entry set the level of harm that stands. Two queries. None where it was not an OASys of here."""
    if set_by is None or set_by.kind != "oasys_completed":
        return None
    row = with_people(Oasys.objects.filter(fact=set_by)).first()
    if row is None:
        return None
    saved = sections_of(row).filter(section=LEVELS)
    return HarmBeside(row, levels(load_oasys(row.pack), {one.section: one.answers for one in saved}))


def for_the_front_sheet(request: HttpRequest) -> dict[str, Callable[..., object]]:
    """A context processor: the parts of the front sheet ask only where they are shown."""
    if not isinstance(getattr(request, "user", None), User):
        return {}
    return {"likelihood_beside": likelihood_beside, "harm_beside": harm_beside}
