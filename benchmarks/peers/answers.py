"""How a peer answers: it says when it is ready, then measures once for each line that it is sent."""

import json
import sys
import time
from collections.abc import Callable

SHORTEST = 0.05


def answer(ready: str, measure: Callable[[], int]) -> None:
    """Print that a peer is ready; for each line of standard input print the steps and the seconds of a measurement.

    Args:
        ready: what it is, with versions.
        measure: plays the population once and returns the steps; called again until SHORTEST seconds have passed.
    """
    print(json.dumps({"ready": ready}), flush=True)
    for _ in sys.stdin:
        steps, began = 0, time.perf_counter()
        while (seconds := time.perf_counter() - began) < SHORTEST:
            steps += measure()
        print(json.dumps({"steps": int(steps), "seconds": seconds}), flush=True)
