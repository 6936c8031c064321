"""The known mistakes of stage 2: generating new parameters around the best."""

from .stage2_entries import SHARED, WHERE
from .stage2_law import CENTRE, KIND, WIDTH
from .stage2_source import FORM, SOURCE

SLIPS = WIDTH + CENTRE + KIND + SHARED + WHERE + FORM + SOURCE
