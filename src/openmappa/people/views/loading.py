"""What the views of people begin with: who is asking, and about whom."""

from django.http import Http404, HttpRequest

from openmappa.accounts.models import User
from openmappa.people.queries.people import person_seen_by
from openmappa.people.services.limits import require_looking_after


def reader(request: HttpRequest) -> User:
    """The signed-in person, who must look after somebody's access by their role."""
    assert isinstance(request.user, User)
    require_looking_after(request.user)
    return request.user


def person_or_404(user: User, pk: int) -> User:
    """The person, if the reader looks after their access; otherwise as if there were none."""
    person = person_seen_by(user, pk)
    if person is None:
        raise Http404("No such person among those you look after")
    return person
