"""What pages with a form begin and end with: whether it was sent, and a service that may refuse what it says."""

from collections.abc import Callable, Mapping

from django.http import HttpRequest, QueryDict

from openmappa.ui.forms import Form


class RefusedAtFields(Exception):
    """Nothing was written. ``problems`` gives a sentence for each field at fault; under "" what is of no field."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = dict(problems)


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with; None where it is only opened. An empty form that was sent is still sent."""
    return request.POST if request.method == "POST" else None


def done(form: Form, service: Callable[[], object]) -> bool:
    """Call the service when the form is valid; what it refuses stands at the fields of the form, or at its top."""
    if not form.is_valid():
        return False
    try:
        service()
    except RefusedAtFields as refused:
        for name, sentence in refused.problems.items():
            form.refuse(name if name in form.fields else None, sentence)
        return False
    return True
