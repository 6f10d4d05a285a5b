"""The case of an action, within reach of whoever does it while that is recorded, although they may not see it.

A partner agency's member sees an action and not its case; completing it is a fact of the case all the same, and its
duties follow in the same transaction. The database lets them as far as that, for one of their own actions alone, and
only until they are stated again (``actions_reach_case``).
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from openmappa.accounts.acting import restate
from openmappa.accounts.models import User
from openmappa.actions.models import Action
from openmappa.cases.models import Case


@contextmanager
def case_within_reach(by: User, action: Action) -> Iterator[Case]:
    """The case of an action, for as long as the block runs. Raises Case.DoesNotExist for whom it is not."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT actions_reach_case(%s)", [action.pk])
        yield Case.objects.get(pk=action.case_id)
        restate(by)
