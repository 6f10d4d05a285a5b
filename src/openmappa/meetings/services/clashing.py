"""What stands in the way of a sitting, in sentences: its room, its chair, a case that is listed elsewhere too."""

from collections.abc import Iterable, Sequence

from django.utils import timezone

from openmappa.cases.models import Case
from openmappa.core.mappa.meetings import clashes
from openmappa.meetings.errors import Clashes
from openmappa.meetings.models.sitting import Meeting, Sitting
from openmappa.meetings.queries.sittings import slot_of, slots_around
from openmappa.meetings.services.telling import when


def refuse_clashes(sitting: Sitting, cases: Sequence[Case] = (), *, rooms: bool = True) -> None:
    """Refuse with every clash there is. ``rooms`` False leaves room and chair aside: the time has not changed."""
    found = [*(sentences_of_places(sitting) if rooms else ()), *sentences_of_cases(sitting, cases)]
    if found:
        raise Clashes(found)


def sentences_of_places(sitting: Sitting) -> Iterable[str]:
    """The room or the chair is taken at that time: one sentence for each."""
    around = slots_around(sitting)
    sittings = {slot.key: other for slot, other in around}
    for clash in clashes(slot_of(sitting), [slot for slot, _ in around]):
        other = sittings[clash.other.key]
        until = f"from {when(other.starts_at)} to {when(other.ends_at)}, for a Level {other.level} sitting"
        if clash.over == "room":
            yield f"{sitting.room}, {sitting.place or 'no place given'}, is taken {until}."
        else:
            yield f"{sitting.chair.full_name} chairs another sitting {until}."


def sentences_of_cases(sitting: Sitting, cases: Sequence[Case]) -> Iterable[str]:
    """A case stands on the list of another sitting that is still to come: one sentence for each."""
    listed = Meeting.objects.filter(
        case__in=cases, taken_off_at__isnull=True, closed_at__isnull=True, sitting__ends_at__gte=timezone.now()
    ).exclude(sitting=sitting if sitting.pk else None)
    for meeting in listed.select_related("case", "sitting").order_by("starts_at", "id"):
        yield (
            f"Case {meeting.case.reference} is on the list of another sitting already: "
            f"Level {meeting.sitting.level}, {when(meeting.starts_at)}."
        )
