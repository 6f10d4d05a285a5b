"""The forms about changes that others are told of."""

from openmappa.ui.forms import Form, LongTextField


class CommentForm(Form):
    """What somebody did about a change that they acknowledge; it may be left empty."""

    comment = LongTextField(label="What did you do about it?", required=False, max_length=1_000)
