"""Deeds of several people in one load of the demonstration: each is a deed of its own to the database."""

from contextlib import AbstractContextManager

from openmappa.accounts.acting import as_job


def a_deed() -> AbstractContextManager[None]:
    """Around what one person does by a service, which may state them: nobody may stay stated for the next person."""
    return as_job("load the demonstration")
