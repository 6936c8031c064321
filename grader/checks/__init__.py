"""The checks: pytest functions that run outside the seal; visible/ is copied to the students, hidden/ never.

To add a check:

1. Write a function ``test_…(student, rng)`` in a ``test_stage<N>….py`` of visible/ or hidden/; it ends in ``fail(…)``
   where the student's code is wrong.
2. Mark it ``@check("N.M", "A title", points=…)``: a number that no other has; renumber where it belongs between others.
3. Take its points from other checks: a stage's add up to its points in solutions/manifest.toml (catalogue.py refuses
   others; ``python -m grader checks`` shows the sums).
4. Add a file that only it catches, tests/submissions/wrong/stage<N>__<name>.py; tests/grader/test_corpus.py grades it
   (most of the corpus with ``make test-all`` only). A slip with ``checks`` names the new one if it fails it.
5. Run ``python -m grader build``: it copies visible checks into exercises/ and course/.
"""
