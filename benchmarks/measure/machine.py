"""What the numbers were measured on."""

import os
import platform
import re
from datetime import date
from importlib.metadata import version
from pathlib import Path

WIDTHS = (("avx512f", "AVX-512"), ("avx2", "AVX2"), ("neon", "NEON"), ("sse2", "SSE2"))


def vector_unit() -> str:
    """Return the widest vector instructions that the compiled engine was compiled for."""
    import llvmlite.binding as llvm

    features = llvm.get_host_cpu_features()
    return next((name for feature, name in WIDTHS if features.get(feature)), "no known vector unit")


def machine_lines() -> list[str]:
    """Return what to know of the machine, a Markdown line each."""
    text = Path("/proc/cpuinfo").read_text(encoding="utf-8") if Path("/proc/cpuinfo").exists() else ""
    model = re.search(r"model name\s*: (.*)", text)
    packages = ", ".join(f"{name} {version(name)}" for name in ("numpy", "gymnasium", "numba", "ray"))
    return [
        f"- {model.group(1) if model else platform.machine()}, {os.cpu_count()} cores, {vector_unit()}",
        f"- {platform.system()} {platform.machine()}, Python {platform.python_version()}, {packages}",
        f"- measured on {date.today().isoformat()}, ended with {_load()}",
    ]


def _load() -> str:
    """Return how busy the machine was: what else ran takes cores from both sides."""
    return f"a load of {os.getloadavg()[1]:.1f} over five minutes, this benchmark's own included"
