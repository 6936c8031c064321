"""All slips by stage; each stage's module holds them as SLIPS."""

from functools import cache
from importlib import import_module
from importlib.util import find_spec

from .slip import Slip


@cache
def slips_of(stage: int) -> tuple[Slip, ...]:
    """Return the slips of a stage, none where no module holds any."""
    module = f"{__package__}.stage{stage}"
    if find_spec(module) is None:
        return ()
    slips: tuple[Slip, ...] = tuple(import_module(module).SLIPS)
    return slips
