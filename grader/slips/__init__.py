"""The known mistakes of each stage, and the diagnosis that names the one that fits."""

from .catalogue import slips_of
from .slip import Slip
from .stage_diagnosis import StageDiagnosis

__all__ = ["Slip", "StageDiagnosis", "slips_of"]
