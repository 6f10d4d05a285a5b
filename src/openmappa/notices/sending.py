"""Handing messages to the mail server one by one, each in a transaction of its own, and putting off what failed."""

import smtplib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from openmappa.accounts.acting import as_job

FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=5), timedelta(hours=6)
FAILURES = (smtplib.SMTPException, OSError, ValueError)
"""What a mail server, the way to it or an address can do wrong."""


@dataclass
class Sending:
    """How sending went: messages handed over, those tried again later, and why the server was not reached."""

    sent: int = 0
    failed: int = 0
    unreached: str = ""


class Tried(Protocol):
    """A row that keeps how often its message failed, why, and when to try again. Saved by whoever calls."""

    tries: int
    next_at: datetime | None
    problem: str


Send = Callable[[int, BaseEmailBackend, Sending], None]


def send_each(job: str, waiting: Sequence[int], send: Send) -> Sending:
    """Call ``send`` for each key, as this job and in a transaction of its own, over one connection to the server."""
    done = Sending()
    if not waiting:
        return done
    server = get_connection()
    try:
        server.open()
    except FAILURES as problem:
        done.unreached = str(problem)
        return done
    try:
        for pk in waiting:
            with as_job(job):
                send(pk, server, done)
    finally:
        server.close()
    return done


def handed_over(message: EmailMessage, row: Tried, server: BaseEmailBackend, done: Sending, now: datetime) -> bool:
    """Hand a message over, and mark the row: what went wrong before is over, or it is tried again later and later."""
    try:
        server.send_messages([message])
    except FAILURES as problem:
        row.tries += 1
        row.next_at = now + min(FIRST_PAUSE * 2 ** min(row.tries - 1, 10), LONGEST_PAUSE)
        row.problem = (str(problem) or type(problem).__name__)[:200]
        done.failed += 1
        server.close()
        return False
    row.tries, row.next_at, row.problem = 0, None, ""
    done.sent += 1
    return True
