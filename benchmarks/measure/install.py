"""The peers' own environment, benchmarks/.venv: made and filled by the benchmark itself."""

import subprocess
import sys
from pathlib import Path

HOME = Path(__file__).resolve().parents[1]
PYTHON = HOME / ".venv" / "bin" / "python"

PEERS = {
    "gymnasium": ("gymnasium",),
    "gymnax and evosax": ("jax", "gymnax", "evosax", "six"),  # gymnax imports six without asking for it
    "envpool": ("envpool",),
    "cma": ("cma",),
    "cmaes": ("cmaes",),
    "pufferlib": ("pufferlib",),
}


def install_peers() -> dict[str, str]:
    """Install each peer; return {name: why not} of those that could not be installed on this Python."""
    if not PYTHON.exists():
        subprocess.run([sys.executable, "-m", "venv", str(HOME / ".venv")], check=True)
    return {name: why for name, packages in PEERS.items() if (why := _install(packages))}


def _install(packages: tuple[str, ...]) -> str:
    marks = [HOME / ".venv" / f"{package}.installed" for package in packages]
    if all(mark.exists() for mark in marks):
        return ""
    failed = HOME / ".venv" / f"{packages[0]}.failed"  # delete it to try again
    if failed.exists():
        return failed.read_text(encoding="utf-8")
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages]
    done = subprocess.run(command, capture_output=True, text=True, timeout=900, check=False)
    if done.returncode == 0:
        for mark in marks:
            mark.touch()
        return ""
    errors = [line.strip() for line in done.stderr.splitlines() if "rror" in line]
    why = errors[0][:200] if errors else f"pip ended with status {done.returncode}"
    failed.write_text(why, encoding="utf-8")
    return why
