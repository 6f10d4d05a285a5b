"""What an entry rests on, and how intelligence is graded."""

from openmappa.core.grading import Basis, Grading


def test_every_basis_has_a_name_and_says_what_it_means() -> None:
    assert Basis.FACT.label == "Fact"
    assert all(basis.sentence.endswith(".") for basis in Basis)


def test_a_grading_reads_as_the_field_writes_it() -> None:
    assert str(Grading("B", 2, 4)) == "B24"
