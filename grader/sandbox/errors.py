"""What can go wrong with a seal itself."""


class IsolationUnavailable(Exception):
    """Student code can't be sealed here; the text says why and what the ways out are."""


class Unstarted(IsolationUnavailable):
    """A seal did not come up; the text is what its starter said."""


class Unwatched(IsolationUnavailable):
    """The watchdog of a seal broke off, so that nothing held the seal to its caps any more."""


class SealEnded(Exception):
    """The seal ended during a request.

    Attributes:
        cap: what ended it: the name of a cap, "reply", "channel", "exit", "crash" or "killed".
        detail: a few words that were seen from outside, an exit status for instance.
        dump: what faulthandler wrote, untrusted.
    """

    def __init__(self, cap: str, detail: str = "", dump: bytes = b"") -> None:
        super().__init__(f"{cap}: {detail}")
        self.cap, self.detail, self.dump = cap, detail, dump
