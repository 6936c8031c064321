"""Make every picture of the course and the README anew: python assets/make.py."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from assets import diagrams, measured

PICTURES = (
    diagrams.loop,
    diagrams.network,
    measured.generations,
    measured.two_cores,
    measured.car,
    measured.film,
)


def main() -> None:
    """Write each picture into assets/ and name it."""
    for make in PICTURES:
        path = make()
        print(f"assets/{path.name}  {path.stat().st_size / 1000:.0f} kB", flush=True)


if __name__ == "__main__":
    main()
