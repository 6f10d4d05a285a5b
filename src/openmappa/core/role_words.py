"""The permissions and the classes of fields in plain words, and in the order that people read them in."""

from collections.abc import Mapping

from openmappa.core.access import Permission
from openmappa.core.compartments import FieldClass

WORDS: Mapping[Permission, str] = {
    Permission.VIEW_CASE: "Open a case that you are involved in",
    Permission.READ_RECORD: "Read the whole record of such a case: duties, timeline, visits, assessments",
    Permission.FIND_CASE: "Look for a person by name or number among the cases that you may open",
    Permission.VIEW_FIGURES: "See figures, without names",
    Permission.RECORD_HOME_VISIT: "Record a home visit",
    Permission.SCORE_RM2000: "Score an RM2000",
    Permission.COUNTERSIGN_RM2000: "Countersign an RM2000 that somebody else scored",
    Permission.SET_HARM_LEVEL: "Set the risk of harm",
    Permission.SET_MAPPA_LEVEL: "Set the MAPPA level and category",
    Permission.RECORD_MEETING: "Record a MAPPA meeting, its minutes and the actions it agreed",
    Permission.RECORD_ACTION: "Record that an action was completed",
    Permission.RECORD_REGISTRATION: "Record registration and notifications",
    Permission.NOTE_INCIDENT: "Note a significant incident",
    Permission.RECORD_ORDER: "Record an order or licence, programmes and victim contact",
    Permission.RECORD_CUSTODY: "Record custody and release",
    Permission.RECORD_ASSESSMENT: "Record an OASys, a supervision plan, a risk management plan and their reviews",
    Permission.COUNTERSIGN_ASSESSMENT: "Countersign or return somebody else's OASys or plan",
    Permission.EXPLAIN_LATENESS: "Say why an assessment or plan was late",
    Permission.OVERSEE_WORK: "Oversee a unit's work: what waits, management reviews, marks of quality",
    Permission.ACKNOWLEDGE_CHANGE: "Acknowledge a change of risk",
    Permission.SET_VISIT_INTERVAL: "Set how often to visit",
    Permission.INFORM_OFFENDER: "Record that the offender was informed of a meeting",
    Permission.RECORD_ENFORCEMENT: "Record a breach and the enforcement that followed",
    Permission.CLOSE_CASE: "Close a case",
    Permission.VOID_OWN_FACT: "Void a mistake of your own",
    Permission.VOID_ANY_FACT: "Void anybody's mistake on a case you can open",
    Permission.WRITE_NOTE: "Write a note on a case",
    Permission.ATTACH_FILE: "Attach a file to a case",
    Permission.EXPORT_CASE: "Export or print a case, saying for whom",
    Permission.EXPORT_LIST: "Export a worklist, saying for whom",
    Permission.INVITE_TO_CASE: "Invite a person, a unit or an agency to a case",
    Permission.RESTRICT_CASE: "Restrict a case to named people, and lift that again",
    Permission.BREAK_GLASS: "Open a case in an emergency without being involved, giving the reason",
    Permission.REVIEW_BREAK_GLASS: "Judge whether an emergency opening was justified",
    Permission.SEE_WHO_LOOKED: "See who has looked at a case",
    Permission.READ_AUDIT: "Read the log of what people looked at and did",
    Permission.REVIEW_UNUSUAL_READING: "Judge unusual reading",
    Permission.MANAGE_PEOPLE: "Add people, move them, end their access and confirm it",
    Permission.ARRANGE_COVER: "Arrange cover for somebody absent",
    Permission.ASSIGN_CASE: "Hand a case over to another person",
    Permission.REVIEW_RETENTION: "Review whether a closed case is kept",
    Permission.HOLD_DISPOSAL: "Hold the disposal of a case",
    Permission.APPROVE_DISPOSAL: "Approve a disposal that somebody else decided",
}
"""What each permission lets somebody do, as a phrase."""

GROUPS: Mapping[str, tuple[Permission, ...]] = {
    "See": (
        Permission.VIEW_CASE,
        Permission.READ_RECORD,
        Permission.FIND_CASE,
        Permission.VIEW_FIGURES,
        Permission.BREAK_GLASS,
    ),
    "Record on a case": (
        Permission.RECORD_HOME_VISIT,
        Permission.SCORE_RM2000,
        Permission.COUNTERSIGN_RM2000,
        Permission.RECORD_ASSESSMENT,
        Permission.COUNTERSIGN_ASSESSMENT,
        Permission.EXPLAIN_LATENESS,
        Permission.SET_HARM_LEVEL,
        Permission.SET_MAPPA_LEVEL,
        Permission.RECORD_MEETING,
        Permission.RECORD_ACTION,
        Permission.INFORM_OFFENDER,
        Permission.RECORD_REGISTRATION,
        Permission.RECORD_ORDER,
        Permission.RECORD_CUSTODY,
        Permission.RECORD_ENFORCEMENT,
        Permission.NOTE_INCIDENT,
        Permission.ACKNOWLEDGE_CHANGE,
        Permission.SET_VISIT_INTERVAL,
        Permission.WRITE_NOTE,
        Permission.ATTACH_FILE,
        Permission.VOID_OWN_FACT,
        Permission.VOID_ANY_FACT,
        Permission.CLOSE_CASE,
    ),
    "Decide who sees a case": (
        Permission.INVITE_TO_CASE,
        Permission.ASSIGN_CASE,
        Permission.RESTRICT_CASE,
        Permission.EXPORT_CASE,
        Permission.EXPORT_LIST,
    ),
    "Keep or dispose": (Permission.REVIEW_RETENTION, Permission.HOLD_DISPOSAL, Permission.APPROVE_DISPOSAL),
    "Watch over others": (
        Permission.OVERSEE_WORK,
        Permission.SEE_WHO_LOOKED,
        Permission.REVIEW_UNUSUAL_READING,
        Permission.REVIEW_BREAK_GLASS,
        Permission.READ_AUDIT,
    ),
    "Look after people": (Permission.MANAGE_PEOPLE, Permission.ARRANGE_COVER),
}
"""The permissions by what they are about; a test holds that each stands in one group."""

CLASS_WORDS: Mapping[FieldClass, str] = {
    FieldClass.OPEN: "References, dates of duties, who is responsible",
    FieldClass.PERSONAL: "Who the person is: name, birth, numbers",
    FieldClass.SENSITIVE: "What was recorded: risk, offences, assessments, notes",
    FieldClass.VICTIM: "What is kept about victims",
    FieldClass.INTELLIGENCE: "Intelligence and its grading",
}
"""What stands in the fields of each class, as a phrase."""
