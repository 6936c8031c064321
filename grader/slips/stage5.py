"""The known mistakes of stage 5: CMA-ES."""

from .stage5_covariance import COVARIANCE
from .stage5_draws import DRAWS
from .stage5_steps import STEPS

SLIPS = DRAWS + STEPS + COVARIANCE
