"""What transfers, their states and their sides are called, as pages show it."""

from django.db import models


class Kind(models.TextChoices):
    """Whether a case goes to another area, or back after a transfer in error."""

    TRANSFER = "transfer", "Transfer"
    GIVE_BACK = "give_back", "Giving back"


class State(models.TextChoices):
    """How far a transfer is."""

    ASKED = "asked", "Asked for"
    SENT = "sent", "Sent, waits for an answer"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    RECALLED = "recalled", "Recalled"


OPEN = (State.ASKED, State.SENT)
"""The states in which somebody still has to do something."""


class Side(models.TextChoices):
    """Whose chief officer approved it."""

    SENDING = "sending", "Sending area"
    RECEIVING = "receiving", "Receiving area"
