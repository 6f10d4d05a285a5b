"""What entries, disclosures and tellings are called, as pages show it."""

from django.db import models

from openmappa.core.compartments import Compartment


class EntryKind(models.TextChoices):
    """What a line of a meeting is."""

    SAID = "said", "What was said"
    DECISION = "decision", "Decision"
    DISCLOSURE = "disclosure", "Disclosure considered"


class Disclosed(models.TextChoices):
    """What was decided about a disclosure."""

    UNDECIDED = "", "Not decided yet"
    YES = "yes", "Will be disclosed"
    NO = "no", "Will not be disclosed"


class How(models.TextChoices):
    """How the offender was told."""

    MEETING = "meeting", "Face to face"
    LETTER = "letter", "By letter"
    PHONE = "phone", "By telephone"
    OTHER = "other", "In another way"


class LineKind(models.TextChoices):
    """What a line of the minutes is. ``FACTS`` stand at the beginning and the end: who, when, level, review."""

    FACTS = "facts", "About the meeting"
    SAID = "said", "What was said"
    DECISION = "decision", "Decision"
    DISCLOSURE = "disclosure", "Disclosure"
    ACTION = "action", "Action"


PLACES = [(each.value, each.label) for each in (Compartment.OPEN, Compartment.CONFIDENTIAL, Compartment.VICTIM)]
"""The parts of minutes, and who reads each."""
