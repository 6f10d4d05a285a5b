"""What cannot be done about a transfer."""

from collections.abc import Iterable


class NotTransferred(Exception):
    """A transfer was not asked for, sent, answered or recalled; each sentence says why and what to do."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


class MissingAnswers(NotTransferred):
    """Questions of the checklist are not answered."""

    def __init__(self, questions: Iterable[str], sentence: str) -> None:
        super().__init__(sentence)
        self.questions = tuple(questions)
