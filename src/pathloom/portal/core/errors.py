"""Errors that a person can do something about."""


class UserError(Exception):
    """The request cannot be done now; the page shows the message and what to do about it."""

    status = 422

    def __init__(self, message: str, what_to_do: str = "") -> None:
        super().__init__(f"{message} {what_to_do}".strip())
        self.message = message
        self.what_to_do = what_to_do


class Conflict(UserError):  # noqa: N818 (the word of the glossary)
    """Somebody else was faster; `changes` says what they did, one sentence each."""

    status = 409

    def __init__(
        self, message: str, what_to_do: str = "", *, changes: tuple[str, ...] = ()
    ) -> None:
        super().__init__(message, what_to_do)
        self.changes = changes


class UndeclaredViewError(Exception):
    """A view says nothing about who may open it. This is a defect, never a visitor's mistake."""
