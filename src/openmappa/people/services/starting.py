"""An agency's first administrators, from the command line: there is nobody yet who could ask or confirm."""

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from openmappa.accounts.models import Agency, User
from openmappa.core.access import Rank, Role
from openmappa.people.errors import NotChanged
from openmappa.people.models import Posting
from openmappa.people.services.codes import write_code
from openmappa.people.services.posts import Post, logged, written

REASON = "Added on the command line"


@transaction.atomic
def start_agency(*, code: str, name: str, kind: str, username: str, full_name: str) -> tuple[User, str]:
    """Give an agency an administrator; the agency is added where there is none with this short name. Returns the code.

    Raises NotChanged when the user name is taken, or the agency is new and its name or kind is not given.
    """
    agency = Agency.objects.filter(code=code).first()
    if agency is None:
        if not name or not kind:
            known = ", ".join(Agency.objects.values_list("code", flat=True)) or "none"
            raise NotChanged(f"There is no agency {code!r} (known: {known}). To add it, give --agency-name and --kind.")
        agency = Agency.objects.create(code=code, name=name, kind=kind)
    if User.objects.filter(username__iexact=username).exists():
        raise NotChanged(f"The user name {username!r} is taken. Choose another.")
    person = User.objects.create(
        username=username,
        full_name=full_name,
        agency=agency,
        role=Role.ADMINISTRATOR,
        rank=Rank.NONE,
        password=make_password(None),
        recertified_on=timezone.localdate(),
    )
    post = Post.of(person)
    written(None, person, Posting.Kind.JOINED, None, post, REASON, decided_by=None)
    logged(None, "add administrator", person, None, post, REASON)
    set_up_code, _ = write_code(person, made_by=None)
    return person, set_up_code
