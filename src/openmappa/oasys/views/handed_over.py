"""The pages of a tablet that is handed over to the offender: a question a page, a look at all, giving it back.

Nobody is signed in on it. Each page acts on behalf of the officer who handed it over, and shows nothing of the case.
"""

from collections.abc import Callable
from functools import update_wrapper
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.core.instruments.oasys.self_assessment import not_answered
from openmappa.core.packs.load import load_self_assessment
from openmappa.oasys.forms_around import PasswordForm, QuestionForm
from openmappa.oasys.middleware import Handed, handed, nothing_here, officer_of
from openmappa.oasys.queries.around import said
from openmappa.oasys.services.self_assessment import PUT_AWAY_AFTER, PutAway, finish_on_tablet, keep_on_tablet
from openmappa.signin.browser import came_from
from openmappa.signin.models import How
from openmappa.signin.services import try_password
from openmappa.signin.views.way_in import let_in

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Handed, P], HttpResponse]


def on_a_tablet(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Let the view run on behalf of the officer who handed the tablet over; otherwise there is nothing to see here."""

    def run(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        officer = officer_of(request)
        if officer is None:
            return nothing_here(request, "away")
        with as_person(officer):
            found = handed(request, officer)
            if found is None or _is_put_away(found):
                return nothing_here(request, "away")
            if found.hand_over.self_assessment.done_at is not None:
                return nothing_here(request, "done")
            try:
                return view(request, found, *args, **kwargs)
            except PutAway:
                return nothing_here(request, "away")

    return update_wrapper(login_not_required(never_cache(run)), view)


@require_http_methods(["GET", "HEAD"])
@on_a_tablet
def start(request: HttpRequest, found: Handed) -> HttpResponse:
    """What this is, in a few words; from here the questions begin, or go on where they stopped."""
    rules = load_self_assessment(found.hand_over.self_assessment.oasys.pack)
    left = not_answered(rules, found.hand_over.self_assessment.answers)
    place = rules.questions.index(left[0]) + 1 if left else 1
    return render(request, "oasys/handed/start.html", {"place": place, "count": len(rules.questions)})


@require_http_methods(["GET", "HEAD", "POST"])
@on_a_tablet
def question(request: HttpRequest, found: Handed, place: int) -> HttpResponse:
    """One question. It is kept as it is answered; not answering is an answer too."""
    row = found.hand_over.self_assessment
    rules = load_self_assessment(row.oasys.pack)
    if not 1 <= place <= len(rules.questions):
        return redirect("your_views:start")
    asked = rules.questions[place - 1]
    form = QuestionForm(rules, asked, request.POST if request.method == "POST" else None, initial=row.answers)
    if form.is_bound and form.is_valid():
        keep_on_tablet(by=found.by, hand_over=found.hand_over, answers=form.answers)
        last = place == len(rules.questions)
        return redirect("your_views:check") if last else redirect("your_views:question", place=place + 1)
    shown = {"form": form, "question": asked, "place": place, "count": len(rules.questions)}
    return render(request, "oasys/handed/question.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@on_a_tablet
def check(request: HttpRequest, found: Handed) -> HttpResponse:
    """All questions with what was answered; then: I am done."""
    row = found.hand_over.self_assessment
    if request.method == "POST":
        finish_on_tablet(by=found.by, hand_over=found.hand_over)
        return redirect("your_views:start")
    rules = load_self_assessment(row.oasys.pack)
    return render(request, "oasys/handed/check.html", {"lines": said(rules, row.answers)})


@sensitive_post_parameters("password")
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def give_back(request: HttpRequest) -> HttpResponse:
    """Take the tablet back: the officer signs in on it again, and goes on where they were."""
    officer = officer_of(request)
    if officer is None:
        return nothing_here(request, "away")
    form = PasswordForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        attempt = try_password(
            username=officer.username, password=form.cleaned_data["password"], came=came_from(request)
        )
        if attempt.person is not None:
            return let_in(request, attempt.person, How.PASSWORD, _onward(request, officer))
        locked = "Too many wrong passwords. Wait a while, or sign in on another machine."
        form.refuse("password", locked if attempt.locked_until else "That password is not right")
    return render(request, "oasys/handed/take_back.html", {"form": form})


def _onward(request: HttpRequest, officer: User) -> str:
    """The page of the offender's views in the OASys that the tablet was handed over for."""
    with as_person(officer):
        found = handed(request, officer)
        if found is None:
            return reverse("worklist:mine")
        row = found.hand_over.self_assessment
        return reverse("oasys:self_assessment", kwargs={"key": row.case.key, "oasys": row.oasys.key})


def _is_put_away(found: Handed) -> bool:
    row = found.hand_over
    return row.ended_at is not None or row.used_at <= timezone.now() - PUT_AWAY_AFTER
