"""Everything that can be done with an action on its page: for whom, with which form, by which service."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from openmappa.accounts.models import User
from openmappa.actions import forms
from openmappa.actions.models import Action
from openmappa.actions.services import chairing, doing, handing_over
from openmappa.actions.whose import decides, is_offered_to, is_theirs, sees_case
from openmappa.core.access import Permission
from openmappa.core.mappa.actions import ActionState, StepKind, may_follow

May = Callable[[User, Action], bool]


@dataclass(frozen=True)
class Deed:
    """One thing that can be done. ``first`` ones are buttons of the page, the others links below."""

    title: str
    submit: str
    step: StepKind
    form: type[forms.DeedForm]
    service: Callable[..., Action]
    may: May
    first: bool = False
    only_in: ActionState | None = None

    def is_open_to(self, user: User, action: Action) -> bool:
        """Whether this person may do it with the action as it stands."""
        if not action.is_open or not may_follow(self.step, action.stands):
            return False
        return (self.only_in is None or action.stands is self.only_in) and self.may(user, action)


def _completes(user: User, action: Action) -> bool:
    return is_theirs(user, action) or (user.may(Permission.RECORD_ACTION) and sees_case(user, action))


def _hands_over(user: User, action: Action) -> bool:
    return is_theirs(user, action) or decides(user, action)


DEEDS: Mapping[str, Deed] = {
    "take-on": Deed(
        "Take it on",
        "Take it on",
        StepKind.TAKEN_ON,
        forms.DeedForm,
        handing_over.take_on_action,
        is_offered_to,
        first=True,
    ),
    "decline": Deed(
        "Do not take it on",
        "Send",
        StepKind.DECLINED,
        forms.DeclineForm,
        handing_over.decline_action,
        is_offered_to,
        first=True,
    ),
    "accept": Deed(
        "Accept the action",
        "Accept the action",
        StepKind.ACCEPTED,
        forms.DeedForm,
        doing.accept_action,
        is_theirs,
        first=True,
    ),
    "complete": Deed(
        "Complete the action",
        "Complete the action",
        StepKind.COMPLETED,
        forms.CompleteForm,
        doing.complete_action,
        _completes,
        first=True,
    ),
    "question": Deed(
        "Ask about the action",
        "Send the question",
        StepKind.QUESTIONED,
        forms.QuestionForm,
        doing.question_action,
        is_theirs,
    ),
    "cannot": Deed(
        "Say that it cannot be done",
        "Send to the chair",
        StepKind.CANNOT,
        forms.CannotForm,
        doing.say_it_cannot_be_done,
        is_theirs,
    ),
    "hand-over": Deed(
        "Hand it over",
        "Hand it over",
        StepKind.OFFERED,
        forms.HandOverForm,
        handing_over.hand_over_action,
        _hands_over,
    ),
    "answer": Deed(
        "Answer the question",
        "Send the answer",
        StepKind.ANSWERED,
        forms.AnswerForm,
        chairing.answer_question,
        decides,
        first=True,
    ),
    "agree-cannot": Deed(
        "Agree that it cannot be done",
        "Agree",
        StepKind.WITHDRAWN,
        forms.AgreeCannotForm,
        chairing.agree_it_cannot_be_done,
        decides,
        first=True,
        only_in=ActionState.CANNOT,
    ),
    "change": Deed(
        "Change the action", "Save the change", StepKind.CHANGED, forms.ChangeForm, chairing.change_action, decides
    ),
    "move": Deed(
        "Change the date it is due",
        "Save the date",
        StepKind.MOVED,
        forms.MoveForm,
        chairing.move_due_date,
        decides,
    ),
}
"""By the last word of the address. Withdrawing and carrying over are a meeting's, in its minutes."""


def deeds_for(user: User, action: Action) -> dict[str, Deed]:
    """What this person may do with the action now, in the order of the page."""
    return {slug: deed for slug, deed in DEEDS.items() if deed.is_open_to(user, action)}


def do(deed: Deed, form: forms.DeedForm, by: User) -> Action:
    """Call the deed's service with the form's answers. Raises what the service raises."""
    given: dict[str, Any] = {"version": form.cleaned_data["version"], "submission": form.submission_key}
    return deed.service(by=by, action=form.action, **given, **form.answers())
