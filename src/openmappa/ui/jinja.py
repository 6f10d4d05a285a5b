"""The Jinja2 environment for every page: escaping on, GOV.UK macros, and the few names that pages need."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.template.backends.jinja2 import Jinja2
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from jinja2 import (
    ChoiceLoader,
    Environment,
    PackageLoader,
    PrefixLoader,
    Undefined,
    UndefinedError,
    pass_environment,
)
from jinja2.utils import missing
from markupsafe import Markup

from openmappa.ui import fields, formats

SERVICE_NAME = "OpenMAPPA"
OPTIONAL_NAMES = frozenset({"caller", "undefined", "null"})


class Templates(Jinja2):
    """Django's Jinja2 backend, looking in each app's ``templates`` folder."""

    app_dirname = "templates"


class PageUndefined(Undefined):
    """A name or attribute that a page asks for and nobody gave.

    A missing name or attribute is a mistake and stops the page; a missing *key of a dict* is an option left
    out, which the GOV.UK macros rely on. (``jinja2.StrictUndefined`` would stop at those too.)
    """

    def _is_mistake(self) -> bool:
        if self._undefined_obj is missing:
            return self._undefined_name not in OPTIONAL_NAMES
        return not isinstance(self._undefined_obj, dict | Undefined)

    def _stop_at_mistake(self) -> None:
        if self._is_mistake():
            raise UndefinedError(self._undefined_message)

    def _asked_of_nothing(self) -> bool:
        """Whether this is the name of an officer where there is none: fair to test for, not to print."""
        return self._undefined_obj is None or self._undefined_obj is False or self._undefined_obj == ""

    def __bool__(self) -> bool:
        if not self._asked_of_nothing():
            self._stop_at_mistake()
        return False

    def __str__(self) -> str:
        self._stop_at_mistake()
        return ""

    def __iter__(self) -> Iterator[Any]:
        self._stop_at_mistake()
        return iter(())

    def __len__(self) -> int:
        self._stop_at_mistake()
        return 0


def environment(**options: Any) -> Environment:
    """The environment for pages, made once a process."""
    library = PackageLoader("govuk_frontend_jinja", "templates")
    options["loader"] = ChoiceLoader([options["loader"], PrefixLoader({"govuk_frontend_jinja": library})])
    options |= {"undefined": PageUndefined, "trim_blocks": True, "lstrip_blocks": True}
    options |= {"cache_size": -1}  # Jinja keeps 400 templates unless told; there are about as many, and each is used
    made = Environment(**options)  # noqa: S701 - Django's backend passes autoescape=True  # nosec B701
    made.globals.update(
        static=static,
        url=url,
        today=timezone.localdate,
        now=timezone.now,
        marking=marking,
        frame_parts=frame_parts,
        service_name=SERVICE_NAME,
        people_are_generated=people_are_generated,
        govuk=govuk,
        field=field,
        error_summary=error_summary,
        hidden_fields=fields.hidden_fields,
        plural=formats.plural,
        lateness=formats.lateness,
        ago=formats.ago,
    )
    made.filters.update(
        day=formats.day,
        short_day=formats.short_day,
        weekday_day=formats.weekday_day,
        instant=instant,
        exact=exact,
        clock=clock,
        iso=iso,
        number=formats.number,
        tenths=formats.tenths,
        words=formats.words,
        lower_first=formats.lower_first,
        joined=formats.joined,
    )
    return made


def url(name: str, **parts: Any) -> str:
    """The address of a page by its name: ``url("cases:show", key=case.key)``."""
    return reverse(name, kwargs=parts)


def people_are_generated() -> bool:
    """Whether everyone in this installation is made up, which every page then says."""
    return bool(getattr(settings, "OPENMAPPA_SYNTHETIC", False))


def marking() -> str:
    """The protective marking of every page and every print of it."""
    return str(settings.OPENMAPPA_MARKING)


def frame_parts(place: str) -> list[str]:
    """The templates that apps have on every page, at ``place`` of the frame: the notices' count, the idle warning."""
    return list(getattr(settings, "FRAME_PARTS", {}).get(place, ()))


def exact(at: datetime | None) -> str:
    """An instant in local time to the second, as ``4 June 2026 at 09:32:07``: where it counts who was first."""
    local = timezone.localtime(at) if at else None
    return f"{formats.day(local)} at {local:%H:%M:%S}" if local else ""


def instant(at: datetime | None) -> str:
    """An instant in local time, as ``4 June 2026 at 9:32am``."""
    return formats.instant(timezone.localtime(at) if at and timezone.is_aware(at) else at)


def clock(at: datetime) -> str:
    """The time of day of an instant here, as ``9:32am``."""
    return formats.clock(timezone.localtime(at) if timezone.is_aware(at) else at)


def iso(on: date | datetime | None) -> str:
    """A day or instant as machines read it, for ``<time datetime>``."""
    return on.isoformat() if on else ""


@pass_environment
def govuk(env: Environment, component: str, params: dict[str, Any]) -> Markup:
    """A GOV.UK component by its name: ``govuk("button", {"text": "Save"})``."""
    macro = "govuk" + component.title().replace("-", "")
    module = env.get_template(f"govuk_frontend_jinja/components/{component}/macro.html").module
    return Markup(getattr(module, macro)(params).strip())  # noqa: S704 - rendered with escaping on  # nosec B704


@pass_environment
def field(env: Environment, bound: Any, **options: Any) -> Markup:
    """A form field as its GOV.UK component, with error and what was typed; see ``fields.component``."""
    component, params = fields.component(bound, **options)
    for item in params.get("items", []):
        inner = item.get("conditional", {}).pop("date_input", None)
        if inner:
            item["conditional"]["html"] = govuk(env, "date-input", inner)
    return govuk(env, component, params)


@pass_environment
def error_summary(env: Environment, *forms: Any) -> Markup:
    """The box at the top that lists every error of the forms, each a link to its field, or nothing."""
    errors = [error for form in forms for error in fields.errors(form)]
    if not errors:
        return Markup("")
    return govuk(env, "error-summary", {"titleText": "There is a problem", "errorList": errors})
