"""The known mistakes, stage by stage, each a small variant of the model answer with its sentence."""
