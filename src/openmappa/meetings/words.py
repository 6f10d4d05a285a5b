"""What sittings, invitees and their answers are called, as pages show it."""

from django.db import models


class Level(models.IntegerChoices):
    """The two levels at which agencies meet (7.1); a Level 3 meeting is the MAPPP."""

    TWO = 2, "Level 2"
    THREE = 3, "Level 3 (MAPPP)"


class InviteeKind(models.TextChoices):
    """Why somebody is invited."""

    CORE = "core", "Core member"
    CASE = "case", "For this case"
    CHILD_PROTECTION = "child_protection", "Local child protection unit"
    VICTIM_CONTACT = "victim_contact", "Victim contact"


class Reply(models.TextChoices):
    """What somebody answered to the invitation."""

    NONE = "", "No answer yet"
    COMES = "comes", "Comes"
    DEPUTY = "deputy", "Sends a deputy"
    APOLOGIES = "apologies", "Sends apologies"


class Attendance(models.TextChoices):
    """Who was there, as it was written down."""

    UNKNOWN = "", "Not written down yet"
    ATTENDED = "attended", "Attended"
    DEPUTY = "deputy", "Deputy attended"
    APOLOGIES = "apologies", "Apologies"
    ABSENT = "absent", "Absent without apologies"
