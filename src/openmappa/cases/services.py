"""Writing cases. Recording what happens on one is the timeline's."""

from openmappa.cases.models import Case


def lock_case(case: Case) -> Case:
    """The case, locked until the transaction ends, so that two people's recordings come one after the other."""
    return Case.objects.select_for_update(of=("self",)).select_related("person").get(pk=case.pk)


def next_version(case: Case) -> int:
    """Count one more recording on a locked case; the new version."""
    case.version += 1
    case.save(update_fields=["version"])
    return case.version
