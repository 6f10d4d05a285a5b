"""How long a what-if question of the whole record takes its job: the same two drafts as ``asking``, by the database.

Runs in a process of its own, as a job: ``python -m tests.bench.answering`` asks and works out. Fails where there is no
answer.
"""

import sys

import django
from django.utils import timezone

django.setup()

from openmappa.accounts.acting import as_job  # noqa: E402 - models need the set-up above
from openmappa.accounts.models import Agency, User  # noqa: E402
from openmappa.core.access import Role  # noqa: E402
from openmappa.workload.models import Question  # noqa: E402
from openmappa.workload.services.working_out import work_out_what_if  # noqa: E402
from tests.bench.asking import DRAFTS  # noqa: E402

ASKER = "bench.inspector"


def main() -> None:
    """Ask over every area, and work it out."""
    head = 'extends = "england-wales-2005"\nsource = "the bench"\n'
    with as_job("bench"):
        asker, _ = User.objects.get_or_create(
            username=ASKER,
            defaults={"full_name": "Bench Sampleton", "role": Role.INSPECTOR, "agency": Agency.objects.all()[0]},
        )
        question = Question.objects.create(
            title="Bench",
            on=timezone.localdate(),
            drafts=[f'{head}title = "{name}"\n{changes}' for name, changes in DRAFTS.items()],
            asked_by=asker,
            asked_at=timezone.now(),
        )
    work_out_what_if()
    with as_job("bench"):
        question.refresh_from_db()
        if question.answer is None or question.done != question.cases:
            sys.exit(f"There is no answer: {question.problem}")
        Question.objects.all().delete()


if __name__ == "__main__":
    main()
