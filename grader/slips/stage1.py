"""The known mistakes of stage 1: the forward pass and the two actions."""

from .stage1_actions import ACTIONS
from .stage1_network import NETWORK
from .stage1_shapes import SHAPES

SLIPS = NETWORK + SHAPES + ACTIONS
