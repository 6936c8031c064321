"""Reading a submission: from a path to the bytes of each stage, running nothing."""
