"""Says which relative links of a Markdown file lead nowhere: ``python tests/house/links.py README.md``."""

import re
import sys
from pathlib import Path

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)|(?:src|href)=\"([^\"]+)\"")


def dead_links(document: Path) -> list[str]:
    """Return the relative links, anchors left out, whose file is not there."""
    targets = [first or second for first, second in LINK.findall(document.read_text(encoding="utf-8"))]
    relative = [target.split("#")[0] for target in targets if "://" not in target]
    return [target for target in relative if target and not (document.parent / target).exists()]


if __name__ == "__main__":
    dead = [f"{name}: {target}" for name in sys.argv[1:] for target in dead_links(Path(name))]
    print("\n".join(dead) or "all links lead somewhere")
    sys.exit(bool(dead))
