"""Which likelihood of reconviction stands where two instruments speak of one person.

For a sex offender RM2000 takes precedence over the likelihood of OASys (OGRS and the total of its sections), and both
are shown. Likelihood is never compared with a level of harm.
"""

from dataclasses import dataclass

from openmappa.core.bands import LikelihoodBand
from openmappa.core.sources import Certainty, Source

SOURCE = Source("Joint report, glossary, Risk Matrix 2000", Certainty.READ)
RM2000 = "RM2000"
OASYS = "OASys"


@dataclass(frozen=True, slots=True)
class Precedence:
    """The likelihood that stands: of which instrument, whether the other disagrees, and a sentence that says so.

    `other` is the category of the instrument that does not stand; None where there is only one. `by` names the
    instrument that stands, `beside` the other one.
    """

    by: str
    band: LikelihoodBand
    beside: str
    other: LikelihoodBand | None
    sentence: str
    source: Source

    @property
    def disagree(self) -> bool:
        """Whether the two instruments give different categories."""
        return self.other is not None and self.other is not self.band


def standing_likelihood(
    rm2000: LikelihoodBand | None,
    oasys: LikelihoodBand | None,
    *,
    is_sex_offender: bool = True,
    called: str = OASYS,
) -> Precedence | None:
    """Which likelihood stands; None where neither instrument gives one.

    `called` says what the second one is called on the page, such as "OASys" or "OGRS3". For somebody who is no sex
    offender RM2000 says nothing, so the other one stands even beside an RM2000.
    """
    if rm2000 is not None and is_sex_offender:
        return Precedence(RM2000, rm2000, called, oasys, _sentence(rm2000, oasys, called), SOURCE)
    if oasys is None:
        return None
    label = oasys.label.lower()
    if is_sex_offender:
        sentence = f"{called} gives {label}. There is no RM2000, which would take precedence for a sex offender."
    else:
        sentence = f"{called} gives {label}. RM2000 is only for sex offenders."
    return Precedence(called, oasys, RM2000, None, sentence, SOURCE)


def _sentence(rm2000: LikelihoodBand, oasys: LikelihoodBand | None, called: str) -> str:
    stands = rm2000.label.lower()
    if oasys is None:
        return f"RM2000 gives {stands}. {called} gives no likelihood beside it."
    if oasys is rm2000:
        return f"RM2000 and {called} both give {stands}."
    return (
        f"RM2000 gives {stands}, {called} gives {oasys.label.lower()}. For a sex offender RM2000 stands, so the "
        f"likelihood of reconviction is {stands}."
    )
