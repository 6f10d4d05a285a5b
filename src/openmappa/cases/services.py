"""Writing cases. Recording what happens on one is the timeline's."""

from openmappa.cases.models import Case, Person
from openmappa.core.names import name_keys


def lock_case(case: Case) -> Case:
    """The case, locked until the transaction ends, so that two people's recordings come one after the other."""
    return Case.objects.select_for_update(of=("self",)).select_related("person").get(pk=case.pk)


def next_version(case: Case) -> int:
    """Count one more recording on a locked case; the new version."""
    case.version += 1
    case.save(update_fields=["version"])
    return case.version


def name_keys_for(person: Person) -> list[str]:
    """What ``Person.name_keys`` must hold for a stored person: the keys of the name and of every alias. One query.

    Whoever writes a name or an alias sets this in the same transaction; an import works it out from its file with
    ``core.names.name_keys``.
    """
    names = [(alias.given_names, alias.family_name) for alias in person.aliases.all()]
    return name_keys([(person.given_names, person.family_name), *names])
