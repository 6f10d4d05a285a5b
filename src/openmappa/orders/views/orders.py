"""The civil orders of a case, and the forms of what happens to one."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from openmappa.accounts.services import require
from openmappa.core.orders.life import Step
from openmappa.orders.forms import LAST_STEP, WHOLE_ORDER, BreachForm, SetAsideForm, StepForm
from openmappa.orders.queries.orders import OrderShown, breach_of, order_shown, orders_of_case
from openmappa.orders.queries.recalls import recalls_of_case
from openmappa.orders.services.breaches import follow_breach, record_breach, set_breach_aside
from openmappa.orders.services.recording import (
    NEEDS,
    record_order,
    record_step,
    set_last_step_aside,
    set_order_aside,
)
from openmappa.timeline.queries.frame import case_frame
from openmappa.ui.answering import done, sent

SAVED = {
    "order": "The order is recorded",
    "step": "It is recorded on the order",
    "breach": "The breach is recorded",
    "recall": "The recall is recorded",
    "decided": "The decision is recorded",
    "custody": "It is recorded, with the entry of custody",
    "aside": "It is set aside",
}
FIRST = (Step.APPLIED, Step.MADE)


@require_safe
def of_case(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Every civil order of a case, those in force first, and every recall."""
    frame = case_frame(request.user, key)
    shown = {
        "frame": frame,
        "orders": orders_of_case(frame.case, frame.today),
        "recalls": recalls_of_case(frame.case),
        "saved": SAVED.get(request.GET.get("saved", "")),
    }
    return render(request, "orders/case.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, key: uuid.UUID, step: str) -> HttpResponse:
    """Record an order from its application on, or one that was made."""
    frame = case_frame(request.user, key)
    require(frame.user, NEEDS)
    what = _step(step)
    if what not in FIRST:
        raise Http404("An order does not begin so")
    form = StepForm(sent(request), step=what, first=True)

    def service() -> object:
        said = form.cleaned_data
        return record_order(
            by=frame.user, case=frame.case, kind=said["kind"], entry=form.entry(), submission=form.submission_key
        )

    if done(form, service):
        return back_to_orders(key, "order")
    return render(request, "orders/step.html", {"frame": frame, "form": form, "step": what, "shown": None})


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, key: uuid.UUID, order: uuid.UUID, step: str) -> HttpResponse:
    """Record what happened to an order next."""
    frame = case_frame(request.user, key)
    require(frame.user, NEEDS)
    shown, what = order_shown(frame.case, order, frame.today), _step(step)
    lines = "\n".join(shown.state.lines) if shown.state else ""
    form = StepForm(sent(request), step=what, initial={"version": shown.order.version, "lines": lines})

    def service() -> object:
        return record_step(
            by=frame.user, order=shown.order, entry=form.entry(), version=form.seen, submission=form.submission_key
        )

    if done(form, service):
        return back_to_orders(key, "step")
    return render(request, "orders/step.html", {"frame": frame, "form": form, "step": what, "shown": shown})


@require_http_methods(["GET", "HEAD", "POST"])
def set_aside(request: HttpRequest, key: uuid.UUID, order: uuid.UUID) -> HttpResponse:
    """Say that the last step of an order, or all of it, was recorded by mistake."""
    frame = case_frame(request.user, key)
    require(frame.user, NEEDS)
    shown = order_shown(frame.case, order, frame.today)
    form = SetAsideForm(sent(request), ways=_ways(shown), initial={"version": shown.order.version})

    def service() -> object:
        said = form.cleaned_data
        aside = set_last_step_aside if said.get("what") == LAST_STEP else set_order_aside
        return aside(by=frame.user, order=shown.order, reason=said["reason"], version=form.seen)

    if done(form, service):
        return back_to_orders(key, "aside")
    return render(request, "orders/set_aside.html", {"frame": frame, "form": form, "about": shown.kind.label})


@require_http_methods(["GET", "HEAD", "POST"])
def breach(request: HttpRequest, key: uuid.UUID, order: uuid.UUID) -> HttpResponse:
    """Record a breach of an order."""
    frame = case_frame(request.user, key)
    require(frame.user, NEEDS)
    shown = order_shown(frame.case, order, frame.today)
    form = BreachForm(sent(request))

    def service() -> object:
        return record_breach(by=frame.user, order=shown.order, breach=form.breach(), submission=form.submission_key)

    if done(form, service):
        return back_to_orders(key, "breach")
    return render(request, "orders/breach.html", {"frame": frame, "form": form, "shown": shown, "breach": None})


@require_http_methods(["GET", "HEAD", "POST"])
def change_breach(request: HttpRequest, key: uuid.UUID, breach: uuid.UUID) -> HttpResponse:
    """Record what became of a breach."""
    frame = case_frame(request.user, key)
    require(frame.user, NEEDS)
    row = breach_of(frame.case, breach)
    shown = order_shown(frame.case, row.order.key, frame.today)
    form = BreachForm(sent(request), breach=row)
    if done(form, lambda: follow_breach(by=frame.user, breach=row, now=form.breach(), version=form.seen)):
        return back_to_orders(key, "breach")
    return render(request, "orders/breach.html", {"frame": frame, "form": form, "shown": shown, "breach": row})


@require_http_methods(["GET", "HEAD", "POST"])
def set_aside_breach(request: HttpRequest, key: uuid.UUID, breach: uuid.UUID) -> HttpResponse:
    """Say that a breach was recorded by mistake."""
    frame = case_frame(request.user, key)
    require(frame.user, NEEDS)
    row = breach_of(frame.case, breach)
    form = SetAsideForm(sent(request), initial={"version": row.version})

    def service() -> object:
        reason = form.cleaned_data["reason"]
        return set_breach_aside(by=frame.user, breach=row, reason=reason, version=form.seen)

    if done(form, service):
        return back_to_orders(key, "aside")
    about = f"Breach of the {row.order.of.label}"
    return render(request, "orders/set_aside.html", {"frame": frame, "form": form, "about": about})


def _step(slug: str) -> Step:
    try:
        return Step(slug)
    except ValueError:
        raise Http404("No such step") from None


def _ways(shown: OrderShown) -> list[tuple[str, str]]:
    whole = (WHOLE_ORDER, "The whole order, such as its kind")
    standing = [each for each in shown.steps if each.is_standing]
    if len(standing) < 2:
        return [whole]
    return [(LAST_STEP, f"What was recorded last: {standing[-1].label.lower()}"), whole]


def back_to_orders(key: uuid.UUID, saved: str) -> HttpResponse:
    """To the page of orders and recalls, which says what was saved."""
    return redirect(f"{reverse('orders:list', kwargs={'key': key})}?saved={saved}")
