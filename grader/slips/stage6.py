"""The known mistakes of stage 6: the whole population in one array."""

from .stage6_episodes import EPISODES
from .stage6_networks import NETWORKS

SLIPS = NETWORKS + EPISODES
