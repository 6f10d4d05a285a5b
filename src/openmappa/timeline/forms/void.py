"""Saying that a fact was a mistake."""

from openmappa.ui.forms import CaseForm, LongTextField


class VoidForm(CaseForm):
    """The reason, which stays on the timeline."""

    reason = LongTextField(
        label="Why is this a mistake?",
        max_length=500,
        help_text="For example: recorded on the wrong case. The reason stays on the timeline with your name.",
        error_messages={"required": "Say why this is a mistake"},
    )
