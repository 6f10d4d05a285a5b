"""Who may make a set-up code for whom: never somebody who could have got that person's access alone (decision 0012)."""

from openmappa.accounts.models import User
from openmappa.people.models import Posting
from openmappa.people.queries.people import line_managers_of
from openmappa.ui.formats import joined

_GIVEN = (Posting.Kind.JOINED, Posting.Kind.RETURNED)


def why_not_theirs(user: User, person: User) -> str:
    """Why somebody who looks after a person may not make their code, and who may; empty when they may. Two queries.

    Whoever asked for the person's access does not make the first code. For somebody who has a password already it is
    the line manager, where there is one: an administrator could remove the second factor as well, and sign in as them.
    """
    managers = line_managers_of(person)
    if person.has_usable_password():
        if managers and user.pk not in {manager.pk for manager in managers}:
            names = joined([manager.full_name for manager in managers], "or")
            return f"{person.full_name} has a password already, so a line manager makes the code: {names}"
        return ""
    given = Posting.objects.filter(person=person, kind__in=_GIVEN, state=Posting.State.DONE).order_by("-pk").first()
    if given is not None and given.asked_by_id == user.pk:
        who = given.decided_by.full_name if given.decided_by else "another administrator"
        return f"You asked for this access, so somebody else makes the code and hands it over, such as {who}"
    return ""
