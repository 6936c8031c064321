"""A wrong call: what a person did, in one or two lines that say what was expected and what to do."""


class WrongCall(ValueError):
    """The caller's mistake; its text is the whole message, shown without a traceback."""
