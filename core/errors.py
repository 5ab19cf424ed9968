"""The error tree: each failure says what to do next.

Retry by itself (`OutsideError.Unavailable`), ask a person (`OutsideError.Refused`), or give up and tell
(`CitizenError`). The first line of a class docstring is its default message; ``wording`` names the sentence in
``bot/wording`` that a citizen reads.
"""

from __future__ import annotations

from typing import ClassVar


class YijianshiError(Exception):
    """Something in yijianshi went wrong."""

    code: ClassVar[str] = "internal"
    wording: ClassVar[str] = "error.internal"
    status: ClassVar[int] = 500
    retryable: ClassVar[bool] = False

    def __init__(self, message: str | None = None, **details: object) -> None:
        self.message = message or (type(self).__doc__ or "").splitlines()[0]
        self.details = details
        super().__init__(self.message)


class CitizenError(YijianshiError):
    """What was sent cannot be taken as it is."""

    code = "bad_request"
    wording = "error.bad_request"
    status = 400


class InvalidAnswer(CitizenError):
    """An answer does not fit its field.

    ``path`` names the field; ``reason`` is a wording key under ``invalid.``; the other details fill its blanks.
    """

    code = "invalid_answer"
    wording = "error.invalid_answer"
    status = 422

    def __init__(self, path: str, reason: str, message: str | None = None, **details: object) -> None:
        super().__init__(message or f"{path}: {reason}", path=path, reason=reason, **details)
        self.path = path
        self.reason = reason


class NotSignedIn(CitizenError):
    """Please sign in first."""

    code = "not_signed_in"
    wording = "error.not_signed_in"
    status = 401


class NotYours(CitizenError):
    """This belongs to someone else."""

    code = "not_yours"
    wording = "error.not_yours"
    status = 403


class NotFound(CitizenError):
    """There is nothing under this name."""

    code = "not_found"
    wording = "error.not_found"
    status = 404


class NotNow(CitizenError):
    """This cannot be done in the present state."""

    code = "not_now"
    wording = "error.not_now"
    status = 409


class TooMany(CitizenError):
    """Too many requests; details carry ``retry_after`` in seconds."""

    code = "too_many"
    wording = "error.too_many"
    status = 429


class OutsideError(YijianshiError):
    """A system outside did not do what was asked of it."""

    code = "outside"
    wording = "error.outside"
    status = 502


class Unavailable(OutsideError):
    """The system outside cannot be reached; it is tried again by itself."""

    code = "unavailable"
    wording = "error.unavailable"
    status = 503
    retryable = True


class Refused(OutsideError):
    """The system outside refused, with a reason a person must look at."""

    code = "refused"
    wording = "error.refused"


class NotAuthorised(OutsideError):
    """The system outside does not accept our credentials: an alarm for the operators."""

    code = "not_authorised"
    wording = "error.not_authorised"


class Garbled(OutsideError):
    """The system outside answered something that cannot be read."""

    code = "garbled"
    wording = "error.garbled"


class ContentError(YijianshiError):
    """A content file is wrong: where, what, and what to write instead."""

    code = "content"
    wording = "error.content"

    def __init__(self, file: str, line: int, wrong: str, write: str = "") -> None:
        self.file, self.line, self.wrong, self.write = file, line, wrong, write
        super().__init__(f"{file}:{line}: {wrong}" + (f" -> {write}" if write else ""))
