"""Reading OASys: one with its answers, the last that was signed, what waits for a countersignature."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.instruments.oasys.answering import NO_ANSWERS
from openmappa.core.instruments.oasys.harm import sections_to_answer
from openmappa.core.instruments.oasys.missing import Missing, missing
from openmappa.core.instruments.oasys.summary import Ground, SummarySheet, grounds, summary_sheet
from openmappa.core.packs.load import load_oasys
from openmappa.core.packs.oasys_rules import AllAnswers, Answers, OasysRules
from openmappa.core.packs.oasys_rules import OasysSection as Section
from openmappa.oasys.models import Oasys, OasysQuerySet, OasysSection
from openmappa.oasys.queries.likelihood import likelihood_missing

PACK = "england-wales-2005"
"""The pack that a new OASys is made by; one that exists keeps its own."""


@dataclass(frozen=True)
class Written:
    """An OASys with everything that has been saved in it."""

    oasys: Oasys
    rules: OasysRules
    rows: Mapping[str, OasysSection]

    @property
    def answers(self) -> AllAnswers:
        """The answers, by the slug of the section."""
        return {slug: row.answers for slug, row in self.rows.items()}

    def answers_in(self, section: Section) -> Answers:
        """The answers of one section; none where nothing was saved yet."""
        return self.rows[section.slug].answers if section.slug in self.rows else NO_ANSWERS

    def unconfirmed_in(self, section: Section) -> frozenset[str]:
        """The items of one section that were copied and are not yet confirmed."""
        return frozenset(self.rows[section.slug].unconfirmed) if section.slug in self.rows else frozenset()

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections that are asked."""
        return sections_to_answer(self.rules, self.answers)

    @property
    def missing(self) -> tuple[Missing, ...]:
        """What is still to be done before it can be signed, in the order of the sections."""
        unconfirmed = {slug: frozenset(row.unconfirmed) for slug, row in self.rows.items()}
        places = {section.slug: place for place, section in enumerate(self.rules.sections)}
        found = (*missing(self.rules, self.answers, unconfirmed), *likelihood_missing(self.answers, self.oasys.pack))
        return tuple(sorted(found, key=lambda one: places[one.section]))

    @property
    def summary(self) -> SummarySheet:
        """The summary sheet, as far as it is answered."""
        return summary_sheet(self.rules, self.answers)


def written(oasys: Oasys) -> Written:
    """The OASys with its answers. One query."""
    return Written(oasys, load_oasys(oasys.pack), {row.section: row for row in sections_of(oasys)})


def sections_of(oasys: Oasys) -> QuerySet[OasysSection]:
    """The saved sections of an OASys, with who saved each last."""
    return OasysSection.objects.filter(oasys=oasys).select_related("saved_by")


def with_people(rows: OasysQuerySet) -> OasysQuerySet:
    """The rows with everything that a page says of them."""
    people = ("started_by", "signed_by", "countersigned_by", "returned_by", "abandoned_by")
    return rows.select_related(*people, "fact", "replaces__fact", "copied_from__fact")


def oasys_on(case: Case, key: uuid.UUID) -> Oasys:
    """One OASys of a case. Raises Http404. One query."""
    found = with_people(Oasys.objects.filter(case=case, key=key)).first()
    if found is None:
        raise Http404("No such OASys")
    return found


def draft_of(case: Case) -> Oasys | None:
    """The draft on a case; there is one at most."""
    return with_people(Oasys.objects.filter(case=case).drafts()).first()


def latest_signed(case: Case) -> Oasys | None:
    """The signed OASys that stands on a case: the last one whose entry on the timeline is not voided. One query.

    None where the last came from another system: then only its entry on the timeline is here.
    """
    return with_people(Oasys.objects.filter(case=case).signed()).last()


def waiting_for_countersignature(user: User) -> OasysQuerySet:
    """Every OASys that needs this person's countersignature or somebody else's of their rank; the oldest first.

    On cases that they see, and none that they signed themselves.
    """
    rows = Oasys.objects.waiting().filter(case__in=Case.objects.visible_to(user)).exclude(signed_by=user)
    return rows.select_related("case__person", "signed_by", "fact").order_by("signed_at", "id")


def grounds_for_plans(case: Case) -> tuple[Ground, ...]:
    """What a plan can be tied to: needs and harm factors of the last signed OASys. Two queries; empty without one."""
    last = latest_signed(case)
    if last is None:
        return ()
    found = written(last)
    return grounds(found.rules, found.answers)
