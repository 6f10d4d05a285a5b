"""The meetings of a demonstration's boards before its last year, in a few words each; lay advisers came later."""

from collections.abc import Sequence

from openmappa.core.synthetic.content.board.words import HOUSING, POLICE, PRISON, PROBATION, DecisionWords

EARLIER_AGO = (1070, 985, 900, 806, 720, 624, 535, 448)
"""Days since each of them, the first first: about every three months."""
EARLIER_CAME = ("aaap", "aada", "aaaaap", "adaaaa", "aapaaa", "aaadaaa", "daaaaaa", "aaaapaa")
"""At each, how it went with the seats that were held, in their order; see ``words.CAME``."""
EARLIER_SAID: Sequence[tuple[str, Sequence[DecisionWords]]] = (
    (
        "Members said what their agencies do in MAPPA and what they expect of the others.",
        (DecisionWords("The board meets every three months.", "Once a year was too little to notice anything."),),
    ),
    (
        "Prisons and probation spoke of releases that nobody outside had been told of.",
        (
            DecisionWords(
                "Prisons send the coordinator a list of coming releases each month.",
                "A date that is known to one is of no use to the others.",
                PRISON,
            ),
        ),
    ),
    (
        "Health and housing had their seats for the first time. What may be told to whom was gone through by example.",
        (DecisionWords("The protocol on information is signed.", "Without it each agency asked its lawyers anew."),),
    ),
    (
        "The list of cases at Level 3 was read. Members asked who chairs these meetings.",
        (DecisionWords("Every meeting at Level 3 is chaired by a senior officer.", "It commits money.", POLICE),),
    ),
    (
        "Two cases were told as stories, without names: one that went well and one that did not.",
        (DecisionWords("Stories come to every second meeting.", "Members remember them when figures are forgotten."),),
    ),
    (
        "Places on the programme were too few. Probation said how many wait, and for how long.",
        (DecisionWords("Probation reports the waiting list each quarter.", "It was a surprise twice.", PROBATION),),
    ),
    (
        "A community had reacted to somebody who moved there. Police and housing said what they would do differently.",
        (
            DecisionWords(
                "Housing rings the coordinator before an offer is made.",
                "The address was known to one agency for a week.",
                HOUSING,
            ),
        ),
    ),
    (
        "The first figures came before the board. Members asked for fewer, and for what they mean.",
        (DecisionWords("A business plan is written by the next meeting.", "The board reacts more than it plans."),),
    ),
)
