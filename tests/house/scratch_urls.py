"""Addresses of a test: the service's own, and a page whose author forgot to ask what the reader may see."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from openmappa.cases.models import Case, Person
from openmappa.config.urls import handler403, handler404, handler500
from openmappa.config.urls import urlpatterns as ours
from openmappa.notes.models import AttachmentContent, Note
from openmappa.timeline.models import Duty, Fact


def forgetful(request: HttpRequest) -> HttpResponse:
    """Everything there is, as text."""
    lines = [
        *(f"case {case.reference}" for case in Case.objects.all()),
        *(f"person {person.full_name} {person.crn}" for person in Person.objects.all()),
        *(f"fact {fact.pk} {fact.details}" for fact in Fact.objects.all()),
        *(f"note {note.text}" for note in Note.objects.all()),
        *(f"file {bytes(content.content)!r}" for content in AttachmentContent.objects.all()),
        f"{Duty.objects.count()} duties of {Case.objects.count()} cases",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain")


urlpatterns = [*ours, path("forgetful/", forgetful, name="forgetful")]
__all__ = ["handler403", "handler404", "handler500", "urlpatterns"]
