"""Everything that a small form can record: one table, one row a form."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django import forms

from openmappa.accounts.models import User
from openmappa.core.recording import TO_RECORD
from openmappa.timeline.forms.record import (
    FORCE_TABLE,
    NO_LEVEL,
    OWN_INTERVAL,
    ActionAgreedForm,
    ActionCompletedForm,
    FactForm,
    OasysForm,
    OwnServiceForm,
    VisitIntervalForm,
    choice,
    fact_form,
)
from openmappa.timeline.forms.registration import RegisteredForm
from openmappa.ui.date_fields import DateInputField

LEVELS = {"low": "Low", "medium": "Medium", "high": "High", "very_high": "Very high"}
SERVICES = {"police": "Police", "probation": "Probation"}
DETAILS = {"name": "Name", "address": "Address", "travel": "Travel", "other": "Something else"}
ORDERS = {
    "community_order": "Community order",
    "suspended_sentence": "Suspended sentence order",
    "licence": "Licence",
    "extended_licence": "Extended licence",
}
STAGES = {
    "start": "At the start of the order or licence",
    "review": "Review",
    "incident": "After a significant incident",
    "end": "At the end of the order or licence",
}
ENDS = "Leave empty when there is no end date. For example, 27 3 2026"

RISK, VISITS, REGISTRATION = "Risk and assessment", "Home visits", "Registration"
MAPPA, PLANS, ORDER = "MAPPA", "Plans", "Order, licence and custody"
PROGRAMMES, ENFORCEMENT, END = "Programmes and victims", "Enforcement", "End of the case"
GROUPS = (RISK, VISITS, REGISTRATION, MAPPA, PLANS, ORDER, PROGRAMMES, ENFORCEMENT, END)


@dataclass(frozen=True)
class RecordPage:
    """One page that records one kind of fact. ``lead`` says what a person should know before answering."""

    slug: str
    kind: str
    group: str
    title: str
    form: type[FactForm]
    lead: str = ""

    def may(self, user: User) -> bool:
        """Whether this person's role records this."""
        return user.may(TO_RECORD[self.kind])


def _row(slug: str, group: str, title: str, form: type[FactForm], lead: str = "") -> tuple[str, RecordPage]:
    return slug, RecordPage(slug, form.kind, group, title, form, lead)


def _what() -> forms.Field:
    return choice("What changed?", DETAILS)


PAGES: Mapping[str, RecordPage] = dict(
    [
        _row(
            "risk-of-harm",
            RISK,
            "Set risk of harm",
            fact_form("harm_level_set", "Date it was set", {"level": choice("Risk of harm", LEVELS)}, today=True),
            "The risk of serious harm to others. It is not the likelihood of reconviction, which comes from RM2000.",
        ),
        _row(
            "oasys",
            RISK,
            "Record an OASys made elsewhere",
            fact_form(
                "oasys_completed",
                "Date it was completed",
                {
                    "stage": choice("Which OASys is this?", STAGES),
                    "harm": choice(
                        "What level of risk of harm does it give?", {**LEVELS, NO_LEVEL: "It gives no level"}
                    ),
                },
                base=OasysForm,
                today=True,
            ),
            "Its day, stage and level, without its answers. One that is written here is started on the OASys tab.",
        ),
        _row(
            "change-acknowledged",
            RISK,
            "Acknowledge a change",
            fact_form(
                "risk_change_acknowledged",
                "Date it was acknowledged",
                {"service": choice("Which service acknowledges it?", SERVICES)},
                base=OwnServiceForm,
                today=True,
            ),
            "Says that the service has read about the change in likelihood or risk of harm and taken it into account.",
        ),
        _row(
            "incident",
            RISK,
            "Note a significant incident",
            fact_form("significant_incident", "Date of the incident"),
            "An arrest, a new offence, a threat, or whatever else that puts the assessment in doubt. An OASys follows.",
        ),
        _row(
            "visit-interval",
            VISITS,
            "Set the visit interval",
            fact_form(
                "visit_interval_set",
                "Date it was decided",
                {
                    "how": choice(
                        "How often should the police visit?",
                        {OWN_INTERVAL: "An interval for this case", FORCE_TABLE: "Go back to the force’s table"},
                    ),
                    "months": forms.IntegerField(
                        label="Months between visits", required=False, min_value=1, max_value=60
                    ),
                },
                base=VisitIntervalForm,
                today=True,
            ),
        ),
        _row(
            "registered",
            REGISTRATION,
            "Record a registration",
            RegisteredForm,
            "From this day the person must notify the police of their details.",
        ),
        _row(
            "registration-ended",
            REGISTRATION,
            "End the registration",
            fact_form("registration_ended", "Date registration ended"),
        ),
        _row(
            "initial-notification",
            REGISTRATION,
            "Record the initial notification",
            fact_form("initial_notification_made", "Date the person notified"),
            "The first notification after registration, or after release.",
        ),
        _row(
            "annual-notification",
            REGISTRATION,
            "Record an annual notification",
            fact_form("annual_notification_made", "Date the person notified"),
        ),
        _row(
            "details-changed",
            REGISTRATION,
            "Record a change of details",
            fact_form("details_changed", "Date it changed", {"what": _what()}),
            "The change itself, as far as it is known. When the person notifies it, record that as well.",
        ),
        _row(
            "details-notified",
            REGISTRATION,
            "Record that a change was notified",
            fact_form("details_notified", "Date the person notified", {"what": _what()}),
        ),
        _row(
            "meeting",
            MAPPA,
            "Record a MAPPA meeting minuted elsewhere",
            fact_form(
                "mappa_meeting_held",
                "Date of the meeting",
                {"level": choice("Level of the meeting", {"2": "Level 2", "3": "Level 3 (MAPPP)"})},
            ),
        ),
        _row(
            "minutes",
            MAPPA,
            "Record that minutes made elsewhere were filed",
            fact_form(
                "minutes_filed",
                "Date they were filed",
                {"service": choice("On whose file are they now?", SERVICES)},
                today=True,
            ),
            "The minutes of the last meeting must be on the file of both services. Record each one.",
        ),
        _row(
            "action",
            MAPPA,
            "Record an action agreed elsewhere",
            fact_form(
                "action_agreed",
                "Date it was agreed",
                {
                    "action": forms.CharField(
                        label="Number of the action",
                        max_length=60,
                        help_text="As in the minutes. No other action on this case may have it.",
                    ),
                    "service": choice("Whose action is it?", SERVICES),
                },
                then={"due_on": DateInputField(label="Date it must be done by")},
                base=ActionAgreedForm,
            ),
        ),
        _row(
            "action-completed",
            MAPPA,
            "Record an action completed elsewhere",
            fact_form(
                "action_completed",
                "Date it was completed",
                {"action": choice("Which action?", {})},
                base=ActionCompletedForm,
                today=True,
            ),
        ),
        _row(
            "offender-informed",
            MAPPA,
            "Record that the offender was told of a meeting minuted elsewhere",
            fact_form("offender_informed", "Date the offender was told"),
            "What the meeting decided, as far as the offender may know it.",
        ),
        _row(
            "isp",
            PLANS,
            "Record an initial supervision plan made elsewhere",
            fact_form("isp_completed", "Date it was completed", today=True),
        ),
        _row(
            "plan-review",
            PLANS,
            "Record a review of the supervision plan made elsewhere",
            fact_form("plan_reviewed", "Date of the review", today=True),
        ),
        _row(
            "risk-management-plan",
            PLANS,
            "Record a risk management plan made elsewhere",
            fact_form("rmp_completed", "Date it was completed", today=True),
        ),
        _row(
            "risk-management-plan-review",
            PLANS,
            "Record a review of the risk management plan made elsewhere",
            fact_form("rmp_reviewed", "Date of the review", today=True),
        ),
        _row(
            "order-started",
            ORDER,
            "Start an order or licence",
            fact_form(
                "order_started",
                "Date it started",
                {"order": choice("Kind of order or licence", ORDERS)},
                then={"ends": DateInputField(label="Date it ends", required=False, help_text=ENDS)},
            ),
            "For a licence, also record the release from custody.",
        ),
        _row("order-ended", ORDER, "End the order or licence", fact_form("order_ended", "Date it ended")),
        _row(
            "custody-started",
            ORDER,
            "Record custody",
            fact_form("custody_started", "Date taken into custody"),
            "On remand, on recall, or on a sentence.",
        ),
        _row("custody-ended", ORDER, "Record a release", fact_form("custody_ended", "Date of release")),
        _row(
            "programme-required",
            PROGRAMMES,
            "Record that a programme is required",
            fact_form("programme_required", "Date it was required"),
        ),
        _row(
            "programme-started",
            PROGRAMMES,
            "Record the start of a programme",
            fact_form("programme_started", "Date it started"),
        ),
        _row(
            "victim-entitled",
            PROGRAMMES,
            "Record that a victim is entitled to contact",
            fact_form("victim_contact_eligible", "Date this became known"),
            "Say nothing here about who or where the victim is.",
        ),
        _row(
            "victim-referred",
            PROGRAMMES,
            "Record a referral to the victim contact unit",
            fact_form("victim_unit_referred", "Date of the referral"),
        ),
        _row("breach", ENFORCEMENT, "Record a breach", fact_form("breach_found", "Date the breach was found")),
        _row(
            "enforcement",
            ENFORCEMENT,
            "Record enforcement action",
            fact_form("enforcement_taken", "Date action was taken"),
            "A warning, a return to court, or recall.",
        ),
        _row(
            "case-closed",
            END,
            "Close the case",
            fact_form("case_closed", "Date the case closed"),
            "Every open duty on the case closes, and nothing that happens after this day can be recorded on it.",
        ),
    ]
)
"""Each page by its slug, in the order of the menu."""

ELSEWHERE: Mapping[str, tuple[str, str, str]] = {
    "home_visit": ("visits:record", VISITS, "Record a home visit"),
    "rm2000_completed": ("assessments:score_rm2000", RISK, "Score an RM2000"),
    "rm2000_countersigned": ("assessments:countersign", RISK, "Countersign an RM2000"),
    "oasys_completed": ("oasys:start", RISK, "Start or go on with an OASys"),
    "mappa_level_set": ("referrals:decide_level", MAPPA, "Decide the MAPPA level"),
    "isp_completed": ("plans:list", PLANS, "Write the initial supervision plan"),
    "plan_reviewed": ("plans:list", PLANS, "Review the supervision plan"),
    "rmp_completed": ("plans:list", PLANS, "Write the risk management plan"),
    "rmp_reviewed": ("plans:list", PLANS, "Review the risk management plan"),
    "mappa_meeting_held": ("minutes:case", MAPPA, "Minute a meeting"),
    "minutes_filed": ("minutes:case", MAPPA, "Issue and file minutes"),
    "offender_informed": ("minutes:case", MAPPA, "Tell the offender what a meeting decided"),
    "action_agreed": ("actions:agree", MAPPA, "Agree an action"),
    "action_completed": ("actions:of_case", MAPPA, "Complete an action"),
}
"""The kinds that have a page of their own: its URL name, its place in the menu, and its title.

A kind may have a small form above as well, for what was done in another system; its page of its own takes the same
answers in its address. Duties lead to the page of its own.
"""


def page_for_kind(kind: str) -> RecordPage | None:
    """The small form that records this kind of fact; None for those that have only a page of their own."""
    return next((page for page in PAGES.values() if page.kind == kind), None)


def pages_in(group: str, user: User) -> Iterator[RecordPage]:
    """The pages of one part of the menu that this person's role may use."""
    return (page for page in PAGES.values() if page.group == group and page.may(user))
