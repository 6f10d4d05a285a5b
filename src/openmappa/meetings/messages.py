"""The e-mail that goes with an invitation: when and where, at which level, and a calendar file. Nothing of any case."""

import hashlib

from django.core.mail import EmailMessage
from django.utils import timezone

from openmappa.meetings.calendar_file import Invitation, Method, calendar_file
from openmappa.ui.formats import clock, weekday_day

BODY = """{name},

{what}

{when}
{where}

{sign_in}
The attached file puts it into your calendar.
This message says nothing about any case, and no message from OpenMAPPA ever does.
Nobody reads answers to this message.
"""
WITHOUT_A_SIGN_IN = "You have no sign-in to OpenMAPPA. To answer, ring the MAPPA coordinator of the area."


def invitation_message(invitation: Invitation, name: str, *, signs_in: bool, sender: str) -> EmailMessage:
    """The message to one person. The same one, sent again after a failure, has the same Message-ID."""
    starts = timezone.localtime(invitation.starts_at)
    cancelled = invitation.method is Method.CANCEL
    body = BODY.format(
        name=name,
        what=_what(invitation),
        when=f"{weekday_day(starts)} at {clock(starts)}, to {clock(timezone.localtime(invitation.ends_at))}",
        where="\n".join(line for line in (invitation.where, invitation.link) if line),
        sign_in=_sign_in(invitation) if signs_in else WITHOUT_A_SIGN_IN,
    )
    said = f"{invitation.uid} {invitation.attendee} {invitation.sequence} {invitation.method}"
    digest = hashlib.sha256(said.encode()).hexdigest()[:32]
    domain = sender.rpartition("@")[2].rstrip(">") or "localhost"
    headers = {"Message-ID": f"<{digest}@{domain}>", "Auto-Submitted": "auto-generated"}
    subject = f"Cancelled: {invitation.summary}" if cancelled else invitation.summary
    message = EmailMessage(subject, body, sender, [invitation.attendee], headers=headers)
    content_type = f"text/calendar; method={invitation.method.value}; charset=UTF-8"
    message.attach("meeting.ics", calendar_file(invitation).decode(), content_type)
    return message


def _what(invitation: Invitation) -> str:
    level = f"Level {invitation.level} MAPPA meeting"
    if invitation.method is Method.CANCEL:
        return f"This {level} does not take place, or you are not invited to it any more."
    return (
        f"What you are invited to has changed: a {level}." if invitation.sequence else f"You are invited to a {level}."
    )


def _sign_in(invitation: Invitation) -> str:
    service = invitation.service
    return (
        f"Sign in to see what it is about, and to answer: {service}/meetings/"
        if service
        else ("Sign in as you always do to see what it is about, and to answer.")
    )
