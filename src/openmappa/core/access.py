"""Who may do what: the roles, and one table of permission by role.

The roles are those of the service's users; ranks are the field's. Pages, services and the documentation all read this
table, so that there is one place to look and one place to change.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple


class Service(StrEnum):
    """The two services that manage a case together; facts name one of them (standards, section 1)."""

    POLICE = "police"
    PROBATION = "probation"


class RoleFacts(NamedTuple):
    """What a role is called, who may hold it, and what it opens, in one plain sentence."""

    label: str
    sentence: str


class Role(StrEnum):
    """The roles a person can hold. One person holds one role at a time."""

    POLICE_OFFICER = "police_officer"
    CASE_MANAGER = "case_manager"
    LINE_MANAGER = "line_manager"
    MAPPA_COORDINATOR = "mappa_coordinator"
    VICTIM_CONTACT_OFFICER = "victim_contact_officer"
    PARTNER_MEMBER = "partner_member"
    SMB_MEMBER = "smb_member"
    INSPECTOR = "inspector"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"

    @property
    def label(self) -> str:
        """The role's name as pages show it."""
        return ROLES[self].label


ROLES: Mapping[Role, RoleFacts] = {
    Role.POLICE_OFFICER: RoleFacts(
        "Police officer",
        "A police officer who visits and monitors registered sex offenders; opens the cases that they or their unit "
        "are responsible for and records visits, notifications and RM2000 scores.",
    ),
    Role.CASE_MANAGER: RoleFacts(
        "Case manager",
        "A probation officer who supervises offenders on an order or licence; opens the cases that they or their unit "
        "are responsible for and records assessments, plans, reviews and enforcement.",
    ),
    Role.LINE_MANAGER: RoleFacts(
        "Line manager",
        "A sergeant, inspector or senior probation officer who answers for the work of a unit; opens the cases of "
        "the units they manage, countersigns, and can do what the people they manage can do.",
    ),
    Role.MAPPA_COORDINATOR: RoleFacts(
        "MAPPA coordinator",
        "The coordinator or registrar who runs MAPPA in an area; opens the cases of the area and records levels, "
        "meetings, minutes and actions.",
    ),
    Role.VICTIM_CONTACT_OFFICER: RoleFacts(
        "Victim contact officer",
        "A probation officer who keeps victims informed, behind a wall; opens the cases they were named for, and what "
        "is kept there about victims.",
    ),
    Role.PARTNER_MEMBER: RoleFacts(
        "Partner agency member",
        "A member of an agency with a duty to cooperate; opens only the cases that they or their agency have been "
        "invited to, and only while they are.",
    ),
    Role.SMB_MEMBER: RoleFacts(
        "SMB member or lay adviser",
        "A member of the Strategic Management Board; opens counts for the area, never names, unless a case is under "
        "audit and they were named for it.",
    ),
    Role.INSPECTOR: RoleFacts(
        "Inspector",
        "A member of an inspectorate; opens counts, and the sample of an inspection while it runs.",
    ),
    Role.ADMINISTRATOR: RoleFacts(
        "Administrator",
        "Somebody who looks after people, units and standards for an agency; opens no case record.",
    ),
    Role.AUDITOR: RoleFacts(
        "Auditor",
        "Somebody who checks how the record is used; opens the audit log and counts, no case record.",
    ),
}


class Permission(StrEnum):
    """One thing that a person may or may not do."""

    VIEW_CASE = "view_case"
    VIEW_FIGURES = "view_figures"
    RECORD_HOME_VISIT = "record_home_visit"
    SCORE_RM2000 = "score_rm2000"
    COUNTERSIGN_RM2000 = "countersign_rm2000"
    SET_HARM_LEVEL = "set_harm_level"
    SET_MAPPA_LEVEL = "set_mappa_level"
    RECORD_MEETING = "record_meeting"
    RECORD_ACTION = "record_action"
    RECORD_REGISTRATION = "record_registration"
    NOTE_INCIDENT = "note_incident"
    RECORD_ORDER = "record_order"
    RECORD_CUSTODY = "record_custody"
    RECORD_ASSESSMENT = "record_assessment"
    COUNTERSIGN_ASSESSMENT = "countersign_assessment"
    EXPLAIN_LATENESS = "explain_lateness"
    OVERSEE_WORK = "oversee_work"
    ACKNOWLEDGE_CHANGE = "acknowledge_change"
    SET_VISIT_INTERVAL = "set_visit_interval"
    INFORM_OFFENDER = "inform_offender"
    RECORD_ENFORCEMENT = "record_enforcement"
    CLOSE_CASE = "close_case"
    VOID_OWN_FACT = "void_own_fact"
    VOID_ANY_FACT = "void_any_fact"
    WRITE_NOTE = "write_note"
    ATTACH_FILE = "attach_file"
    EXPORT_CASE = "export_case"
    EXPORT_LIST = "export_list"
    INVITE_TO_CASE = "invite_to_case"
    RESTRICT_CASE = "restrict_case"
    BREAK_GLASS = "break_glass"
    REVIEW_BREAK_GLASS = "review_break_glass"
    SEE_WHO_LOOKED = "see_who_looked"
    READ_AUDIT = "read_audit"
    REVIEW_UNUSUAL_READING = "review_unusual_reading"
    MANAGE_PEOPLE = "manage_people"
    ARRANGE_COVER = "arrange_cover"
    ASSIGN_CASE = "assign_case"
    REVIEW_RETENTION = "review_retention"
    HOLD_DISPOSAL = "hold_disposal"
    APPROVE_DISPOSAL = "approve_disposal"
    FIND_CASE = "find_case"
    READ_RECORD = "read_record"


_PO, _CM, _LM, _MC = Role.POLICE_OFFICER, Role.CASE_MANAGER, Role.LINE_MANAGER, Role.MAPPA_COORDINATOR
_VCO = Role.VICTIM_CONTACT_OFFICER

PERMISSIONS: Mapping[Permission, frozenset[Role]] = {
    Permission.VIEW_CASE: frozenset(
        {_PO, _CM, _LM, _MC, _VCO, Role.PARTNER_MEMBER, Role.SMB_MEMBER, Role.INSPECTOR},
    ),
    Permission.READ_RECORD: frozenset({_PO, _CM, _LM, _MC, _VCO, Role.SMB_MEMBER, Role.INSPECTOR}),
    Permission.FIND_CASE: frozenset({_PO, _CM, _LM, _MC, _VCO}),
    Permission.VIEW_FIGURES: frozenset({_LM, _MC, Role.SMB_MEMBER, Role.INSPECTOR, Role.AUDITOR}),
    Permission.RECORD_HOME_VISIT: frozenset({_PO, _CM, _LM}),
    Permission.SCORE_RM2000: frozenset({_PO, _CM, _LM}),
    Permission.COUNTERSIGN_RM2000: frozenset({_LM}),
    Permission.SET_HARM_LEVEL: frozenset({_CM, _LM}),
    Permission.SET_MAPPA_LEVEL: frozenset({_MC, _LM}),
    Permission.RECORD_MEETING: frozenset({_MC, _LM}),
    Permission.RECORD_ACTION: frozenset({_PO, _CM, _LM, _MC}),
    Permission.RECORD_REGISTRATION: frozenset({_PO, _LM}),
    Permission.NOTE_INCIDENT: frozenset({_PO, _CM, _LM, _MC}),
    Permission.RECORD_ORDER: frozenset({_CM, _LM}),
    Permission.RECORD_CUSTODY: frozenset({_PO, _CM, _LM, _MC}),
    Permission.RECORD_ASSESSMENT: frozenset({_CM, _LM}),
    Permission.COUNTERSIGN_ASSESSMENT: frozenset({_LM}),
    Permission.EXPLAIN_LATENESS: frozenset({_PO, _CM, _LM, _MC}),
    Permission.OVERSEE_WORK: frozenset({_LM}),
    Permission.ACKNOWLEDGE_CHANGE: frozenset({_PO, _CM, _LM}),
    Permission.SET_VISIT_INTERVAL: frozenset({_LM, _MC}),
    Permission.INFORM_OFFENDER: frozenset({_PO, _CM, _LM}),
    Permission.RECORD_ENFORCEMENT: frozenset({_CM, _LM}),
    Permission.CLOSE_CASE: frozenset({_LM}),
    Permission.VOID_OWN_FACT: frozenset({_PO, _CM, _LM, _MC}),
    Permission.VOID_ANY_FACT: frozenset({_LM}),
    Permission.WRITE_NOTE: frozenset({_PO, _CM, _LM, _MC, _VCO}),
    Permission.ATTACH_FILE: frozenset({_PO, _CM, _LM, _MC, _VCO}),
    Permission.EXPORT_CASE: frozenset({_LM, _MC}),
    Permission.EXPORT_LIST: frozenset({_LM, _MC}),
    Permission.INVITE_TO_CASE: frozenset({_LM, _MC}),
    Permission.RESTRICT_CASE: frozenset({_LM, _MC}),
    Permission.BREAK_GLASS: frozenset({_PO, _CM, _LM, _MC, _VCO}),
    Permission.REVIEW_BREAK_GLASS: frozenset({_LM, _MC}),
    Permission.SEE_WHO_LOOKED: frozenset({_LM, Role.AUDITOR}),
    Permission.READ_AUDIT: frozenset({Role.AUDITOR}),
    Permission.REVIEW_UNUSUAL_READING: frozenset({_LM, Role.AUDITOR}),
    Permission.MANAGE_PEOPLE: frozenset({Role.ADMINISTRATOR}),
    Permission.ARRANGE_COVER: frozenset({_LM, Role.ADMINISTRATOR}),
    Permission.ASSIGN_CASE: frozenset({_LM, _MC}),
    Permission.REVIEW_RETENTION: frozenset({_LM}),
    Permission.HOLD_DISPOSAL: frozenset({_LM, _MC}),
    Permission.APPROVE_DISPOSAL: frozenset({_MC}),
}

TO_RECORD: Mapping[str, Permission] = {
    "order_started": Permission.RECORD_ORDER,
    "order_ended": Permission.RECORD_ORDER,
    "custody_started": Permission.RECORD_CUSTODY,
    "custody_ended": Permission.RECORD_CUSTODY,
    "registered": Permission.RECORD_REGISTRATION,
    "registration_ended": Permission.RECORD_REGISTRATION,
    "initial_notification_made": Permission.RECORD_REGISTRATION,
    "annual_notification_made": Permission.RECORD_REGISTRATION,
    "details_changed": Permission.RECORD_REGISTRATION,
    "details_notified": Permission.RECORD_REGISTRATION,
    "rm2000_completed": Permission.SCORE_RM2000,
    "rm2000_countersigned": Permission.COUNTERSIGN_RM2000,
    "oasys_completed": Permission.RECORD_ASSESSMENT,
    "harm_level_set": Permission.SET_HARM_LEVEL,
    "isp_completed": Permission.RECORD_ASSESSMENT,
    "plan_reviewed": Permission.RECORD_ASSESSMENT,
    "rmp_completed": Permission.RECORD_ASSESSMENT,
    "rmp_reviewed": Permission.RECORD_ASSESSMENT,
    "significant_incident": Permission.NOTE_INCIDENT,
    "programme_required": Permission.RECORD_ORDER,
    "programme_started": Permission.RECORD_ORDER,
    "home_visit": Permission.RECORD_HOME_VISIT,
    "visit_interval_set": Permission.SET_VISIT_INTERVAL,
    "victim_contact_eligible": Permission.RECORD_ORDER,
    "victim_unit_referred": Permission.RECORD_ORDER,
    "mappa_level_set": Permission.SET_MAPPA_LEVEL,
    "mappa_meeting_held": Permission.RECORD_MEETING,
    "minutes_filed": Permission.RECORD_MEETING,
    "action_agreed": Permission.RECORD_MEETING,
    "action_completed": Permission.RECORD_ACTION,
    "offender_informed": Permission.INFORM_OFFENDER,
    "risk_change_acknowledged": Permission.ACKNOWLEDGE_CHANGE,
    "breach_found": Permission.RECORD_ENFORCEMENT,
    "enforcement_taken": Permission.RECORD_ENFORCEMENT,
    "case_closed": Permission.CLOSE_CASE,
}
"""Which permission recording a fact of each kind needs."""


class Rank(StrEnum):
    """Ranks and grades, as the field names them (4.12, 7.4)."""

    CONSTABLE = "constable"
    DETECTIVE_CONSTABLE = "detective_constable"
    SERGEANT = "sergeant"
    DETECTIVE_SERGEANT = "detective_sergeant"
    INSPECTOR = "inspector"
    DETECTIVE_INSPECTOR = "detective_inspector"
    PROBATION_SERVICE_OFFICER = "probation_service_officer"
    PROBATION_OFFICER = "probation_officer"
    SENIOR_PROBATION_OFFICER = "senior_probation_officer"
    ASSISTANT_CHIEF_OFFICER = "assistant_chief_officer"
    NONE = "none"

    @property
    def label(self) -> str:
        """The rank as pages show it."""
        return "No rank" if self is Rank.NONE else self.value.replace("_", " ").capitalize()


COUNTERSIGNING_RANKS: frozenset[Rank] = frozenset(
    {
        Rank.SERGEANT,
        Rank.DETECTIVE_SERGEANT,
        Rank.INSPECTOR,
        Rank.DETECTIVE_INSPECTOR,
        Rank.SENIOR_PROBATION_OFFICER,
        Rank.ASSISTANT_CHIEF_OFFICER,
    }
)
"""Who may countersign an RM2000, an OASys or a plan: at least a sergeant or a senior probation officer (7.4)."""


def allowed(role: str, permission: Permission) -> bool:
    """Whether the table gives this permission to this role. An unknown role is given nothing."""
    return any(holder == role for holder in PERMISSIONS[permission])
