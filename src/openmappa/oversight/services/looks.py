"""Writing every look into the log: what a page showed, what was searched for, what was refused."""

import uuid
from collections.abc import Iterable

from django.utils.crypto import salted_hmac

from openmappa.accounts.models import User
from openmappa.audit.looks import Looks
from openmappa.audit.models import Operation, Outcome
from openmappa.audit.services import log
from openmappa.core.compartments import FieldClass, reads
from openmappa.core.names import name_parts, squeezed
from openmappa.oversight.queries.cases import case_of_key
from openmappa.oversight.shown import Kind, Shown, Verb

HASH_LENGTH = 32
SALT = "openmappa.oversight.searched"


def log_look(*, by: User, shown: Shown, page: str, looks: Looks, case_id: int | None) -> None:
    """Write what a page showed, as one event; nothing where it showed nothing of a case and nothing of the log.

    A page that can give a case out is a page of the case, or of a list, when it did not.
    """
    if shown.kind is Kind.CASE or (shown.kind is Kind.GIVEN_OUT and case_id is not None):
        log(
            by=by,
            verb=Verb.READ_CASE,
            operation=Operation.CONSULTATION,
            case_id=case_id,
            classes=_read_by(by, shown.classes) | looks.classes,
            about={"page": page},
        )
    elif shown.kind in (Kind.LIST, Kind.GIVEN_OUT) and looks.case_ids:
        log(
            by=by,
            verb=Verb.READ_LIST,
            operation=Operation.CONSULTATION,
            case_ids=looks.case_ids,
            classes=_read_by(by, shown.classes) | looks.classes,
            about={"page": page},
        )
    elif shown.kind is Kind.LOG and (looks.log_of_case or looks.log_of_person):
        whose = {"person": looks.log_of_person} if looks.log_of_person else {}
        log(
            by=by,
            verb=Verb.READ_LOG,
            operation=Operation.ACCESS,
            case_id=looks.log_of_case,
            about={"page": page, **whose},
        )


def log_search(*, by: User, text: str) -> str:
    """Write that somebody looked for something; the keyed hash of the words, which is all that is kept of them."""
    words = hashed_words(text)
    log(by=by, verb=Verb.SEARCH, operation=Operation.ACCESS, about={"words": words})
    return words


def log_refusal(*, by: User, page: str, method: str, status: int, key: uuid.UUID | None) -> None:
    """Write that somebody asked for a page and did not get it: which page, of which case, and how it was answered.

    The case is noted also where the person may not know that it exists, so that those who may can see who tried.
    """
    about: dict[str, object] = {"page": page, "method": method, "status": status}
    log(
        by=by,
        verb=Verb.ASK,
        operation=Operation.ACCESS,
        outcome=Outcome.REFUSED,
        case_id=case_of_key(key) if key else None,
        about=about | ({"key": str(key)} if key else {}),
    )


def hashed_words(text: str) -> str:
    """What somebody looked for, as a keyed hash: the same for the same words in any order, spelling of capitals apart.

    Without the service's secret key nobody can try names against it.
    """
    plain = squeezed(text) if any(char.isdigit() for char in text) else " ".join(sorted(name_parts(text)))
    return salted_hmac(SALT, plain, algorithm="sha256").hexdigest()[:HASH_LENGTH]


def _read_by(user: User, classes: Iterable[FieldClass]) -> set[str]:
    """The classes of a page that it shows to this person's role."""
    return {each.value for each in classes if reads(user.role, each)}
