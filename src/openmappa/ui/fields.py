"""From a Django form field to the GOV.UK component that shows it: which macro, and with which parameters."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from markupsafe import Markup, escape

from openmappa.ui.date_fields import PARTS, DateInputField, RecentDateField, TypedDay, shown

Params = dict[str, Any]
BOX_WIDTHS = {"day": "govuk-input--width-2", "month": "govuk-input--width-2", "year": "govuk-input--width-4"}
DATE_HINT = "For example, 27 3 2026"


def component(bound: BoundField, **options: Any) -> tuple[str, Params]:
    """The component for a bound field and its parameters.

    Options: ``label``, ``hint``, ``size`` (s, m, l, xl: of the label or legend), ``heading`` (the label is
    the page's h1), ``hide_label``, ``optional`` (False: say nothing of it); ``width`` (2, 3, 4, 5, 10, 20 or
    a name such as ``one-half``), ``prefix``, ``suffix``, ``autocomplete``, ``inputmode``, ``spellcheck``,
    ``rows``, ``limit`` (characters); ``inline``, ``small``, ``hints`` and ``conditional`` (both by choice),
    ``divider`` (a word before the last choice); ``classes``, ``attributes``.
    """
    widget = bound.field.widget
    if isinstance(bound.field, RecentDateField):
        return "radios", _recent_date(bound, bound.field, options)
    if isinstance(bound.field, DateInputField):
        return "date-input", _date_input(bound, options)
    if isinstance(widget, forms.CheckboxInput):
        return "checkboxes", _single_checkbox(bound, options)
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return "checkboxes", _choices(bound, options)
    if isinstance(widget, forms.RadioSelect):
        return "radios", _choices(bound, options)
    if isinstance(widget, forms.Select):
        return "select", _select(bound, options)
    if isinstance(widget, forms.Textarea):
        return _textarea(bound, options)
    if isinstance(widget, forms.FileInput):
        return "file-upload", {**_common(bound, options), **_labelled(bound, options)}
    if isinstance(widget, forms.PasswordInput):
        return "password-input", _password(bound, options)
    return "input", _input(bound, options)


def errors(form: Any) -> list[dict[str, str]]:
    """Every error of a form as the error summary wants it: the form's own first, then field by field."""
    found = [{"text": str(message)} for message in form.non_field_errors()]
    for bound in form:
        href = f"#{first_at_fault(bound)}"
        place: dict[str, str] = {} if bound.is_hidden else {"href": href}
        found += [{"text": str(message), **place} for message in bound.errors]
    return found


def hidden_fields(*forms_: Any) -> Markup:
    """The hidden inputs of the forms, holding what was sent or the value to start with."""
    inputs = [
        Markup('<input type="hidden" name="{}" value="{}">').format(bound.html_name, _text(bound.value()))
        for form in forms_
        for bound in form.hidden_fields()
        if bound.value() not in (None, "")
    ]
    return Markup("\n").join(inputs)


def first_at_fault(bound: BoundField) -> str:
    """The id of the input that an error link should go to."""
    base = bound.auto_id or bound.html_name
    if not isinstance(bound.field, DateInputField):
        return str(base)
    parts = parts_at_fault(bound)
    if isinstance(bound.field, RecentDateField) and not parts:
        return str(base)
    return f"{base}-{parts[0] if parts else 'day'}"


def parts_at_fault(bound: BoundField) -> tuple[str, ...]:
    """Which of day, month and year are wrong; none when the field has no error or nothing was entered."""
    for error in bound.form.errors.as_data().get(bound.name, []):
        parts = (error.params or {}).get("parts")
        if parts:
            return tuple(parts)
    return ()


def _common(bound: BoundField, options: Mapping[str, Any]) -> Params:
    params: Params = {"id": bound.auto_id or bound.html_name, "name": bound.html_name}
    hint = options.get("hint", bound.help_text)
    if hint:
        params["hint"] = {"html" if isinstance(hint, Markup) else "text": hint}
    if bound.errors:
        params["errorMessage"] = {"html": Markup("<br>").join(escape(str(message)) for message in bound.errors)}
    params |= {key: options[key] for key in ("classes", "attributes") if options.get(key)}
    return params


def _labelled(bound: BoundField, options: Mapping[str, Any]) -> Params:
    hidden = " govuk-visually-hidden" if options.get("hide_label") else ""
    classes = f"govuk-label--{options.get('size', 's')}{hidden}"
    heading = bool(options.get("heading"))
    return {"label": {"text": _label(bound, options), "classes": classes, "isPageHeading": heading}}


def _fieldset(bound: BoundField, options: Mapping[str, Any]) -> Params:
    hidden = " govuk-visually-hidden" if options.get("hide_label") else ""
    size = f"govuk-fieldset__legend--{options.get('size', 's')}"
    legend = {
        "text": _label(bound, options),
        "classes": size + hidden,
        "isPageHeading": bool(options.get("heading")),
    }
    return {"fieldset": {"legend": legend}}


def _label(bound: BoundField, options: Mapping[str, Any]) -> str:
    label = str(options.get("label", bound.label))
    asked = bound.field.required or options.get("label") or isinstance(bound.field.widget, forms.CheckboxInput)
    return label if asked or options.get("optional") is False else f"{label} (optional)"


def _input(bound: BoundField, options: Mapping[str, Any]) -> Params:
    params = {**_common(bound, options), **_labelled(bound, options), "value": _text(bound.value())}
    params["classes"] = _widths(options)
    params |= {key: options[key] for key in ("autocomplete", "inputmode", "spellcheck") if key in options}
    params |= {key: {"text": options[key]} for key in ("prefix", "suffix") if key in options}
    if isinstance(bound.field, forms.IntegerField):
        params.setdefault("inputmode", "numeric")
        params.setdefault("spellcheck", False)
    kind = getattr(bound.field.widget, "input_type", "text")
    params["type"] = kind if kind in ("email", "tel", "search", "url") else "text"
    return params


def _password(bound: BoundField, options: Mapping[str, Any]) -> Params:
    params = {**_common(bound, options), **_labelled(bound, options)}
    params["autocomplete"] = options.get("autocomplete", "current-password")
    params["classes"] = _widths(options)
    return params


def _textarea(bound: BoundField, options: Mapping[str, Any]) -> tuple[str, Params]:
    params = {**_common(bound, options), **_labelled(bound, options), "value": _text(bound.value())}
    params |= {"rows": options.get("rows", 5), "spellcheck": options.get("spellcheck", True)}
    limit = options.get("limit", getattr(bound.field, "max_length", None))
    return ("character-count", {**params, "maxlength": limit}) if limit else ("textarea", params)


def _select(bound: BoundField, options: Mapping[str, Any]) -> Params:
    chosen = _text(bound.value())
    items = [
        {"value": value, "text": label, "selected": value == chosen}
        for value, label in _flat(bound.field.widget.choices)
    ]
    return {**_common(bound, options), **_labelled(bound, options), "items": items}


def _choices(bound: BoundField, options: Mapping[str, Any]) -> Params:
    value = bound.value()
    several = isinstance(value, list | tuple | set)
    chosen = {_text(item) for item in value} if several else {_text(value)}
    hints: Mapping[str, Any] = options.get("hints", {})
    conditional: Mapping[str, Any] = options.get("conditional", {})
    items: list[Params] = []
    for choice, label in _flat(bound.field.widget.choices):
        if choice == "":
            continue
        item: Params = {"value": choice, "text": label, "checked": choice in chosen}
        if hints.get(choice):
            item["hint"] = {"text": hints[choice]}
        if conditional.get(choice):
            item["conditional"] = {"html": conditional[choice]}
        items.append(item)
    if options.get("divider") and items:
        items.insert(-1, {"divider": options["divider"]})
    params = _common(bound, options)
    params["idPrefix"] = params.pop("id")
    layout = [("inline", "--inline"), ("small", "--small")]
    kind = "checkboxes" if isinstance(bound.field.widget, forms.CheckboxSelectMultiple) else "radios"
    classes = [f"govuk-{kind}{suffix}" for key, suffix in layout if options.get(key)]
    return {
        **params,
        **_fieldset(bound, options),
        "items": items,
        "classes": " ".join([*classes, options.get("classes", "")]),
    }


def _single_checkbox(bound: BoundField, options: Mapping[str, Any]) -> Params:
    params = _common(bound, options)
    params["idPrefix"] = params.pop("id")
    value = bound.value()
    item: Params = {
        "value": "on",
        "text": _label(bound, options),
        "checked": value not in (None, False, "", "False", "false"),
    }
    if "hint" in params:
        item["hint"] = params.pop("hint")
    classes = f"{'govuk-checkboxes--small ' if options.get('small') else ''}{options.get('classes', '')}".strip()
    return {**params, "items": [item], "classes": classes}


def _date_input(bound: BoundField, options: Mapping[str, Any]) -> Params:
    params = _common(bound, {"hint": bound.help_text or DATE_HINT, **options})
    return {
        **params,
        **_fieldset(bound, options),
        "items": _boxes(bound, TypedDay.of(bound.value()), options),
    }


def _boxes(bound: BoundField, typed: TypedDay, options: Mapping[str, Any]) -> list[Params]:
    recent = isinstance(bound.field, RecentDateField)
    parts = parts_at_fault(bound) or (PARTS if bound.errors and not recent else ())
    boxes: list[Params] = []
    for part, text in zip(PARTS, typed.boxes, strict=True):
        faulty = " govuk-input--error" if part in parts else ""
        box: Params = {"name": f"{bound.html_name}-{part}", "label": part.capitalize(), "value": text}
        box |= {"id": f"{bound.auto_id or bound.html_name}-{part}", "classes": BOX_WIDTHS[part] + faulty}
        if part == "month":
            box["inputmode"] = "text"
        if options.get("birth"):
            box["autocomplete"] = f"bday-{part}"
        boxes.append(box)
    return boxes


def _recent_date(bound: BoundField, recent: RecentDateField, options: Mapping[str, Any]) -> Params:
    """Radios for the near days; the last one's ``conditional["date_input"]`` is still to be rendered."""
    offered = recent.choices()
    typed = shown(bound.value(), [value for value, _ in offered])
    params = _common(bound, options)
    params["idPrefix"] = params.pop("id")
    items: list[Params] = [{"value": value, "text": text, "checked": value == typed.choice} for value, text in offered]
    base = bound.auto_id or bound.html_name
    legend = {"text": f"{bound.label}: another day", "classes": "govuk-visually-hidden"}
    inner: Params = {"id": f"{base}-boxes", "fieldset": {"legend": legend}, "hint": {"text": DATE_HINT}}
    inner["items"] = _boxes(bound, typed, options)
    items[-1]["conditional"] = {"date_input": inner}
    classes = "govuk-radios--small" if options.get("small") else ""
    return {**params, **_fieldset(bound, options), "items": items, "classes": classes}


def _widths(options: Mapping[str, Any]) -> str:
    width = options.get("width")
    sized = f"govuk-input--width-{width}" if isinstance(width, int) else f"govuk-!-width-{width}" if width else ""
    return f"{sized} {options.get('classes', '')}".strip()


def _flat(choices: Iterable[Any]) -> list[tuple[str, str]]:
    """Value and label of each choice, optgroups opened out."""
    flat: list[tuple[str, str]] = []
    for value, label in choices:
        if isinstance(label, list | tuple):
            flat += _flat(label)
        else:
            flat.append((_text(value), str(label)))
    return flat


def _text(value: object) -> str:
    return "" if value is None else str(value)
