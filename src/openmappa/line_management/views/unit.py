"""A line manager's own pages: one glance for each question, and behind each its list."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.audit import looks
from openmappa.cases.models import Case
from openmappa.core.access import Permission
from openmappa.core.packs.quality_rules import Mark
from openmappa.line_management.queries.changes import PERIODS, level_changes, not_acknowledged
from openmappa.line_management.queries.late_starts import Outcome, start_titles, starts_listed, unit_starts
from openmappa.line_management.queries.not_reviewed import not_reviewed
from openmappa.line_management.queries.reviews_due import due_for_review, late_actions
from openmappa.line_management.queries.rules import rules
from openmappa.line_management.queries.unit_quality import markings, to_mark, unit_tallies
from openmappa.line_management.queries.waiting import KINDS
from openmappa.line_management.queries.whose import named_units
from openmappa.line_management.queries.workload import LEVELS, NOT_SET, workload
from openmappa.ui.paging import A_GLANCE, Page


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Every question with its count and its first five answers, and who holds how much."""
    user, today = _manager(request), timezone.localdate()
    waiting_now = [(word, kind.title, kind.page(user, size=A_GLANCE)) for word, kind in KINDS.items()]
    unreviewed = not_reviewed(user, today, size=A_GLANCE)
    due, changed = due_for_review(user, today, size=A_GLANCE), level_changes(user, today, PERIODS[0], size=A_GLANCE)
    actions = late_actions(user, today, size=A_GLANCE)
    owed = not_acknowledged(user, size=A_GLANCE)
    lists: list[Page[Any]] = [*(page for _, _, page in waiting_now), unreviewed.page, due, changed, actions, owed]
    _shows(request, (line.case for page in lists for line in page.lines))
    shown = {
        "waiting": waiting_now,
        "unreviewed": unreviewed,
        "due": due,
        "actions": actions,
        "changed": changed,
        "owed": owed,
        "starts": unit_starts(user, today),
        "tallies": unit_tallies(user, today),
        "held": workload(user, today),
        "levels": (*LEVELS, NOT_SET),
    }
    return _page(request, "unit", user, {**shown, "rules": rules(), "days": PERIODS[0]})


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """What waits for a countersignature, one kind of work at a time; unless asked, the first of which there is any."""
    user = _manager(request)
    word = request.GET.get("what", "")
    pages = {each: kind.page(user, _number(request) if each == word else 1) for each, kind in KINDS.items()}
    if word not in KINDS:
        word = next((each for each, page in pages.items() if page.total), next(iter(KINDS)))
    _shows(request, (line.case for line in pages[word].lines))
    tabs = [(each, KINDS[each].title, page.total) for each, page in pages.items()]
    return _page(request, "waiting", user, {"page": pages[word], "word": word, "kind": KINDS[word], "tabs": tabs})


@require_safe
def not_reviewed_page(request: HttpRequest) -> HttpResponse:
    """Cases of high and very high risk of harm on which a review or a risk management plan is overdue."""
    user = _manager(request)
    found = not_reviewed(user, timezone.localdate(), _number(request))
    _shows(request, (line.case for line in found.page.lines))
    return _page(request, "not_reviewed", user, {"found": found, "page": found.page, "rules": rules()})


@require_safe
def reviews_due(request: HttpRequest) -> HttpResponse:
    """Cases that a line manager has to look at, and actions of reviews that are late."""
    user, today = _manager(request), timezone.localdate()
    page, actions = due_for_review(user, today, _number(request)), late_actions(user, today)
    _shows(request, (line.case for some in (page, actions) for line in some.lines))
    return _page(request, "reviews_due", user, {"page": page, "actions": actions, "rules": rules()})


@require_safe
def late_starts(request: HttpRequest) -> HttpResponse:
    """How starts were kept, person by person: counts, and never a percentage without its count."""
    user, today = _manager(request), timezone.localdate()
    return _page(request, "late_starts", user, {"starts": unit_starts(user, today), "rules": rules()})


@require_safe
def starts(request: HttpRequest) -> HttpResponse:
    """The starts behind the numbers, of one person or all, with the reasons."""
    user, today = _manager(request), timezone.localdate()
    of, outcome, standard = (request.GET.get(name, "") for name in ("of", "outcome", "standard"))
    person = int(of) if of.isascii() and of.isdecimal() and len(of) < 10 else None
    page = starts_listed(user, today, of=person, outcome=outcome, standard=standard, number=_number(request))
    _shows(request, (line.case for line in page.lines))
    holder = User.objects.filter(pk=person).first() if person else None
    choices = {"outcomes": [(each.value, each.label) for each in Outcome], "standards": start_titles()}
    asked = {"of": of if person is not None else "", "outcome": outcome, "standard": standard}
    return _page(request, "starts", user, {"page": page, "holder": holder, "asked": asked, **choices, "rules": rules()})


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """Cases whose level changed in the last 30 or 90 days."""
    user, today = _manager(request), timezone.localdate()
    days = next((each for each in PERIODS if str(each) == request.GET.get("days")), PERIODS[0])
    page, owed = level_changes(user, today, days, _number(request)), not_acknowledged(user)
    _shows(request, [*(line.case for line in page.lines), *(line.case for line in owed.lines)])
    return _page(request, "changes", user, {"page": page, "owed": owed, "days": days, "periods": PERIODS})


@require_safe
def unit_quality(request: HttpRequest) -> HttpResponse:
    """Marks of the units' work: counts for each criterion, the markings behind them, and what can be marked."""
    user, today = _manager(request), timezone.localdate()
    page, unmarked = markings(user, today, _number(request)), to_mark(user, today)
    _shows(request, [*(line.case for line in page.lines), *(line.case for line in unmarked)])
    tallied = unit_tallies(user, today)
    return _page(
        request, "unit_quality", user, {"page": page, "to_mark": unmarked, "tallies": tallied, "marks": list(Mark)}
    )


def _manager(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    require(request.user, Permission.OVERSEE_WORK)
    return request.user


def _page(request: HttpRequest, name: str, user: User, shown: dict[str, object]) -> HttpResponse:
    about = {"units": named_units(user), "on": timezone.localdate(), "signs": user.can_countersign}
    return render(request, f"line_management/{name}.html", {**about, **shown})


def _shows(request: HttpRequest, cases: Iterable[Case]) -> None:
    looks.shows(request, [case.pk for case in cases])


def _number(request: HttpRequest) -> int:
    asked = request.GET.get("page", "")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 7 else 1
