"""Bring text into a terminal or a report that acts there."""

from .attack import attacks_to

attack = attacks_to("inject into a report")

ATTACKS = (
    attack("terminal_escape_in_exception", """
        raise ValueError("\\x1b]0;owned\\x07\\x1b[2J<script>alert(1)</script>=cmd()|\\u202e" + "A" * 100_000)
    """, harmless=False),
    attack("exception_that_cannot_be_shown", """
        class Rude(Exception):
            def __str__(self):
                raise SystemExit(0)
            __repr__ = __str__
        raise Rude("hello")
    """, harmless=False),
    attack("exception_class_with_markup", """
        raise type("<img src=x onerror=alert(1)>\\n\\x1b[31m" + "B" * 5000, (Exception,), {})("x")
    """, harmless=False),
    attack("surrogates_on_stderr", """
        import os
        os.write(2, b"\\xff\\xfe\\x00\\x1b[2J" * 100)
        os.write(1, "\\udc80".encode("utf-8", "surrogatepass"))
    """),
)  # fmt: skip
