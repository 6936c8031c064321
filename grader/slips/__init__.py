"""The known mistakes of each stage, and the diagnosis that names the one that fits."""

from .catalogue import slips_of
from .diagnose import diagnose
from .slip import Slip

__all__ = ["Slip", "diagnose", "slips_of"]
