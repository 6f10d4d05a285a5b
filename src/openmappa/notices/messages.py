"""What a message says: that there is something to read, how much, by when, and where. Nothing of any case, ever."""

import hashlib
from dataclasses import dataclass
from datetime import date

from django.core.mail import EmailMessage

from openmappa.ui.formats import plural, weekday_day

BODY = """{greeting}

{count} for you to read in OpenMAPPA.{due}

{where}

This message says nothing about any case, and no message from OpenMAPPA ever does.
To get one message a day instead, or none, choose “You” in OpenMAPPA, then “Messages by e-mail”.
Nobody reads answers to this message.
"""


@dataclass(frozen=True)
class Waiting:
    """What waits for one person: how many notices, the newest of them, and the soonest day that one of them names."""

    unread: int
    newest: int
    due_on: date | None


def message_to(address: str, name: str, waiting: Waiting, *, service: str, sender: str) -> EmailMessage:
    """The message to one person. The same one, sent again after a failure, has the same Message-ID."""
    count = "There is 1 notice" if waiting.unread == 1 else f"There are {plural(waiting.unread, 'notice')}"
    due = f" The first thing to do is due by {weekday_day(waiting.due_on)}." if waiting.due_on else ""
    where = f"Sign in here: {service}/notices/" if service else "Sign in as you always do."
    body = BODY.format(greeting=f"{name},", count=count, due=due, where=where)
    digest = hashlib.sha256(f"{address} {waiting.newest} {waiting.unread}".encode()).hexdigest()[:32]
    domain = sender.rpartition("@")[2].rstrip(">") or "localhost"
    headers = {"Message-ID": f"<{digest}@{domain}>", "Auto-Submitted": "auto-generated"}
    return EmailMessage("Something to read in OpenMAPPA", body, sender, [address], headers=headers)
