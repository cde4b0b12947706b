"""Every error that Fingerpost raises on purpose.

FingerpostError
├── InputError               the caller can mend it
│   ├── UnsupportedContent   not a kind of content we read
│   ├── UnreadablePage       the bytes are not what they claim to be
│   ├── PageTooLarge         larger than a stated limit
│   ├── NoCommentsFound      a page, but no comments under it
│   ├── InvalidPage          comments contradict each other
│   ├── UnreadableArchive    an archive of no format we know, or broken
│   └── InvalidRequest       a parameter is out of its range
├── NotFound                 no such page, comment or job
├── Conflict                 somebody else was faster
│   ├── DuplicateContent     that content is a page already
│   ├── PageChanged          the page is not the one that was read
│   ├── AlreadyUndone        the decision was taken back before
│   └── RunChanged           a batch's input or options are not those it began with
├── KeyRefused               no API key in use came along
├── NotAllowed               the API key is not for this
├── Busy                     the queue is full; try again later
├── IllegalGraph             an edge that AIF does not allow
├── ModelUnusable            weights missing or not what they should be
├── StorageUnusable          database out of reach or not migrated
└── ConfigInvalid            a setting is out of its range
"""


class FingerpostError(Exception):
    """Something that Fingerpost refuses or cannot do, said in one sentence."""


class InputError(FingerpostError):
    """What the caller sent cannot be used as it is."""


class UnsupportedContent(InputError):
    """The content is of a kind that no reader here knows."""


class UnreadablePage(InputError):
    """The bytes are not what they claim to be: binary, broken JSON, no text at all."""


class PageTooLarge(InputError):
    """The page is larger than a stated limit."""


class NoCommentsFound(InputError):
    """A page was read, but nothing in it looks like comments."""


class InvalidPage(InputError):
    """The page contradicts itself: ids twice, a reply to nothing, a circle of replies."""


class UnreadableArchive(InputError):
    """The archive is of no format that is read here, or broken beyond going on."""


class InvalidRequest(InputError):
    """A parameter is missing, out of its range or not understood."""


class NotFound(FingerpostError):
    """There is no page, comment or job of that id."""


class Conflict(FingerpostError):
    """Somebody else stored something at the same time that rules this out."""


class DuplicateContent(Conflict):
    """The content already belongs to another page, the one of `page_id`."""

    def __init__(self, message: str, *, page_id: str) -> None:
        super().__init__(message)
        self.page_id = page_id


class PageChanged(Conflict):
    """The page was replaced since it was read; read it again."""


class AlreadyUndone(Conflict):
    """The decision is undone already; it cannot be undone twice."""


class RunChanged(Conflict):
    """A batch was begun with another input or other options, or is being run elsewhere."""


class KeyRefused(FingerpostError):
    """The request needs an API key that is in use; `given` tells whether it brought another."""

    def __init__(self, message: str, *, given: bool) -> None:
        super().__init__(message)
        self.given = given


class NotAllowed(FingerpostError):
    """The API key is in use, but not for this."""


class Busy(FingerpostError):
    """The queue for the model is full."""

    def __init__(self, message: str, *, retry_after_s: int) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class IllegalGraph(FingerpostError):
    """An argument graph with an edge that AIF does not allow, or a missing end."""


class ModelUnusable(FingerpostError):
    """The model's folder is missing, incomplete or of another make."""


class StorageUnusable(FingerpostError):
    """The database cannot be reached, or its schema is not the one this version needs."""


class ConfigInvalid(FingerpostError):
    """A setting has a value that it cannot have."""
