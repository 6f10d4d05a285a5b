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
    READ_INSPECTION_REPORTS = "read_inspection_reports"
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
    RECORD_CIVIL_ORDER = "record_civil_order"
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
    SET_POSTS = "set_posts"
    ASSIGN_CASE = "assign_case"
    REVIEW_RETENTION = "review_retention"
    HOLD_DISPOSAL = "hold_disposal"
    APPROVE_DISPOSAL = "approve_disposal"
    REFER_TO_MAPPA = "refer_to_mappa"
    SCREEN_REFERRAL = "screen_referral"
    RECORD_OTHER_MEETING = "record_other_meeting"
    CALL_MEETING = "call_meeting"
    CONTRIBUTE_TO_MEETING = "contribute_to_meeting"
    TAKE_MINUTES = "take_minutes"
    CHAIR_MEETING = "chair_meeting"
    ISSUE_MINUTES = "issue_minutes"
    DO_ACTION = "do_action"
    GIVE_RELEASE_NOTICE = "give_release_notice"
    ASK_FOR_TRANSFER = "ask_for_transfer"
    BROKER_TRANSFER = "broker_transfer"
    APPROVE_TRANSFER = "approve_transfer"
    COORDINATE = "coordinate"
    REVIEW_FURTHER_OFFENCE = "review_further_offence"
    SET_TARGET = "set_target"
    FIND_CASE = "find_case"
    READ_RECORD = "read_record"
    KEEP_BOARD = "keep_board"
    SEE_INSPECTIONS = "see_inspections"
    OPEN_INSPECTION = "open_inspection"
    NAME_JOINT_WORK = "name_joint_work"
    AUDIT_CASES = "audit_cases"
    READ_LESSONS = "read_lessons"
    ACKNOWLEDGE_LESSON = "acknowledge_lesson"


_PO, _CM, _LM, _MC = Role.POLICE_OFFICER, Role.CASE_MANAGER, Role.LINE_MANAGER, Role.MAPPA_COORDINATOR
_VCO = Role.VICTIM_CONTACT_OFFICER

PERMISSIONS: Mapping[Permission, frozenset[Role]] = {
    Permission.VIEW_CASE: frozenset(
        {_PO, _CM, _LM, _MC, _VCO, Role.PARTNER_MEMBER, Role.SMB_MEMBER, Role.INSPECTOR},
    ),
    Permission.READ_RECORD: frozenset({_PO, _CM, _LM, _MC, _VCO, Role.SMB_MEMBER, Role.INSPECTOR}),
    Permission.FIND_CASE: frozenset({_PO, _CM, _LM, _MC, _VCO}),
    Permission.VIEW_FIGURES: frozenset({_LM, _MC, Role.SMB_MEMBER, Role.INSPECTOR, Role.AUDITOR}),
    Permission.READ_INSPECTION_REPORTS: frozenset({_LM, _MC, Role.SMB_MEMBER, Role.INSPECTOR}),
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
    Permission.RECORD_CIVIL_ORDER: frozenset({_PO, _CM, _LM, _MC}),
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
    Permission.SET_POSTS: frozenset({_LM, Role.ADMINISTRATOR}),
    Permission.ASSIGN_CASE: frozenset({_LM, _MC}),
    Permission.REFER_TO_MAPPA: frozenset({_PO, _CM, _LM, _MC, _VCO, Role.PARTNER_MEMBER}),
    Permission.SCREEN_REFERRAL: frozenset({_PO, _LM, _MC}),
    Permission.RECORD_OTHER_MEETING: frozenset({_PO, _CM, _LM, _MC}),
    Permission.CALL_MEETING: frozenset({_LM, _MC}),
    Permission.CONTRIBUTE_TO_MEETING: frozenset({_PO, _CM, _LM, _MC, _VCO, Role.PARTNER_MEMBER}),
    Permission.TAKE_MINUTES: frozenset({_PO, _CM, _LM, _MC}),
    Permission.CHAIR_MEETING: frozenset({_LM, _MC}),
    Permission.ISSUE_MINUTES: frozenset({_LM, _MC}),
    Permission.DO_ACTION: frozenset({_PO, _CM, _LM, _MC, _VCO, Role.PARTNER_MEMBER}),
    Permission.GIVE_RELEASE_NOTICE: frozenset({_PO, _CM, _LM, _MC, Role.PARTNER_MEMBER}),
    Permission.ASK_FOR_TRANSFER: frozenset({_PO, _CM, _LM, _MC}),
    Permission.BROKER_TRANSFER: frozenset({_MC}),
    Permission.APPROVE_TRANSFER: frozenset({_LM, _MC}),
    Permission.COORDINATE: frozenset({_MC}),
    Permission.REVIEW_FURTHER_OFFENCE: frozenset({_LM, _MC}),
    Permission.SET_TARGET: frozenset({_MC, _LM}),
    Permission.KEEP_BOARD: frozenset({_MC, Role.SMB_MEMBER}),
    Permission.SEE_INSPECTIONS: frozenset({_LM, _MC, Role.SMB_MEMBER, Role.INSPECTOR}),
    Permission.OPEN_INSPECTION: frozenset({_LM, _MC, Role.INSPECTOR}),
    Permission.NAME_JOINT_WORK: frozenset({_LM, _MC}),
    Permission.AUDIT_CASES: frozenset({_LM, _MC, Role.SMB_MEMBER}),
    Permission.READ_LESSONS: frozenset(
        {_PO, _CM, _LM, _MC, _VCO, Role.PARTNER_MEMBER, Role.SMB_MEMBER, Role.INSPECTOR},
    ),
    Permission.ACKNOWLEDGE_LESSON: frozenset({_PO, _CM, _LM, _MC, _VCO, Role.PARTNER_MEMBER}),
    Permission.REVIEW_RETENTION: frozenset({_LM}),
    Permission.HOLD_DISPOSAL: frozenset({_LM, _MC}),
    Permission.APPROVE_DISPOSAL: frozenset({_MC}),
}


class Rank(StrEnum):
    """Ranks and grades, as the field names them (4.12, 7.4)."""

    CONSTABLE = "constable"
    DETECTIVE_CONSTABLE = "detective_constable"
    SERGEANT = "sergeant"
    DETECTIVE_SERGEANT = "detective_sergeant"
    INSPECTOR = "inspector"
    DETECTIVE_INSPECTOR = "detective_inspector"
    CHIEF_INSPECTOR = "chief_inspector"
    DETECTIVE_CHIEF_INSPECTOR = "detective_chief_inspector"
    SUPERINTENDENT = "superintendent"
    DETECTIVE_SUPERINTENDENT = "detective_superintendent"
    ASSISTANT_CHIEF_CONSTABLE = "assistant_chief_constable"
    PROBATION_SERVICE_OFFICER = "probation_service_officer"
    PROBATION_OFFICER = "probation_officer"
    SENIOR_PROBATION_OFFICER = "senior_probation_officer"
    ASSISTANT_CHIEF_OFFICER = "assistant_chief_officer"
    CHIEF_OFFICER = "chief_officer"
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
        Rank.CHIEF_INSPECTOR,
        Rank.DETECTIVE_CHIEF_INSPECTOR,
        Rank.SUPERINTENDENT,
        Rank.DETECTIVE_SUPERINTENDENT,
        Rank.ASSISTANT_CHIEF_CONSTABLE,
        Rank.SENIOR_PROBATION_OFFICER,
        Rank.ASSISTANT_CHIEF_OFFICER,
        Rank.CHIEF_OFFICER,
    }
)
"""Who may countersign an RM2000, an OASys or a plan: at least a sergeant or a senior probation officer (7.4)."""


def allowed(role: str, permission: Permission) -> bool:
    """Whether the table gives this permission to this role. An unknown role is given nothing."""
    return any(holder == role for holder in PERMISSIONS[permission])
