"""The known mistakes of each stage, and the diagnosis that names the one that fits.

To add a known mistake:

1. Call ``slip(…)`` in a tuple of stage<N>_….py that stage<N>.py joins in ``SLIPS``; its name is new in its stage.
2. Give its edits of the model answer, each old text standing there exactly once, and its words: a sentence and a look.
3. Where the stage's ``slip`` asks for checks, name all that it fails; in stage 4, where none is run, its ``signs``.
4. Run its own test, which grades it in the seal: ``pytest tests/grader/test_corpus.py -k stage<N>-<name>``.
5. Run tests/grader/slips and ``python -m grader slips``: no other slip may give the same failures or have its sentence.
"""

from .catalogue import slips_of
from .slip import Slip
from .stage_diagnosis import StageDiagnosis

__all__ = ["Slip", "StageDiagnosis", "slips_of"]
