"""Sample caseloads for the tests."""

from datetime import date

from openmappa.core.packs.load import load_caseload_shape, load_pack
from openmappa.core.synthetic.generate import Sample
from openmappa.core.synthetic.shape import shape_from
from openmappa.core.synthetic.visiting import policy_of

PACK = load_pack("england-wales-2005")
SHAPE = shape_from(load_caseload_shape("england-wales-2005"))


def sample(
    areas: int = 5,
    cases: int = 100,
    seed: int = 7,
    until: date = date(2005, 3, 31),
    facts: int | None = None,
) -> Sample:
    """A sample caseload with the shipped pack and shape."""
    return Sample(areas, cases, seed, until, SHAPE, policy_of(PACK), facts)
