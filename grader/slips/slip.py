"""A slip: one known mistake, as a small variant of the model answer, with the words that name it."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field

from ..models import Edit


@dataclass(frozen=True)
class Slip:
    """One known mistake of a stage.

    Attributes:
        name: a short name, unique in its stage: "no_hidden_bias".
        stage: the stage whose model answer it varies.
        edits: (old, new) pieces of text; each old stands exactly once in the model answer.
        sentence: what the answer looks like, to a beginner: present tense, no blame, no right line of code.
        look: one thing to look at or to try.
        signs: where running the variant costs too much or is not safe: the facts that give it away. A slip
            with signs is never run by the diagnosis; it fits where all of them are among a check's facts.
        checks: where a check costs much: the numbers of all checks that the slip fails, so that the diagnosis runs it
            on no other; empty where it is run on each.
    """

    name: str
    stage: int
    edits: tuple[Edit, ...]
    sentence: str
    look: str
    signs: Mapping[str, Hashable] | None = field(default=None, hash=False)
    checks: tuple[str, ...] = ()
