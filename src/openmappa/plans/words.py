"""The words that plans are kept in: kinds, purposes, states."""

from django.db import models


class PlanKind(models.TextChoices):
    """The two plans of a case."""

    SUPERVISION = "supervision", "Supervision plan"
    RISK_MANAGEMENT = "risk_management", "Risk management plan"


class Purpose(models.TextChoices):
    """Why a version was written."""

    INITIAL = "initial", "First plan"
    REVIEW = "review", "Review"
    CORRECTION = "correction", "Correction"


class OwnerKind(models.TextChoices):
    """Who does it."""

    OFFENDER = "offender", "The offender"
    PERSON = "person", "Somebody who works on this case"
    AGENCY = "agency", "Another agency"


class GroundKind(models.TextChoices):
    """What an objective answers."""

    NEED = "need", "Criminogenic need"
    HARM = "harm", "Harm factor"


class ObjectiveState(models.TextChoices):
    """Where an objective stands."""

    OPEN = "open", "Open"
    ACHIEVED = "achieved", "Achieved"
    PARTLY = "partly", "Partly achieved"
    DROPPED = "dropped", "Dropped"


class InterventionKind(models.TextChoices):
    """Whether it restricts or builds up (5.6, Table 2)."""

    CONSTRUCTIVE = "constructive", "Constructive: works on why they offend"
    RESTRICTIVE = "restrictive", "Restrictive: limits or watches what they can do"


class Heading(models.TextChoices):
    """Under which of the headings of Table 2 an intervention is counted."""

    APPROVED_PREMISES = "approved_premises", "Living at approved premises"
    PROGRAMME = "programme", "Accredited programme for sex offenders"
    OFFICE = "office", "Supervision at the office"
    MOVEMENTS = "movements", "Monitoring of movements"
    ASSOCIATIONS = "associations", "Restrictions on associations"
    RESIDENCE = "residence", "Restrictions on residence"
    PROHIBITED_AREAS = "prohibited_areas", "Areas that may not be entered"
    CURFEW = "curfew", "Curfew"
    ACTIVITIES = "activities", "Restrictions on activities or possessions"
    TAGGING = "tagging", "Electronic monitoring"
    SURVEILLANCE = "surveillance", "Surveillance"
    OTHER = "other", "None of these"


class InterventionState(models.TextChoices):
    """Where an intervention stands."""

    PLANNED = "planned", "Planned"
    RUNNING = "running", "Running"
    COMPLETED = "completed", "Completed"
    STOPPED = "stopped", "Stopped"


class ActionState(models.TextChoices):
    """Where an action stands."""

    OPEN = "open", "Open"
    DONE = "done", "Done"
    DROPPED = "dropped", "Dropped"
