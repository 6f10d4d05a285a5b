"""For whose eyes a piece of free text of a plan is written."""

from enum import StrEnum


class Audience(StrEnum):
    """Who may read a text. Every text column of every plan table names one (``tests/plans/test_audiences.py``)."""

    OFFENDER = "offender"
    """Written for the offender: it may stand in their copy of the plan."""

    STAFF = "staff"
    """For those who read the record. It never goes into the offender's copy."""

    CONFIDENTIAL = "confidential"
    """About victims or third parties, or controls that the offender must not know. It is kept in a compartment."""
