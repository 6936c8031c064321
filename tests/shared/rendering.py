"""Calls of render.py in a student's folder, without a screen."""

import os
import subprocess
import sys

NO_SCREEN = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
STAGE_1 = """import numpy as np
def forward(x, params):
    return (np.maximum(np.reshape(x, (1, -1)) @ params["w0"] + params["b0"], 0) @ params["w1"] + params["b1"])[0]
def discrete_action(x, params):
    return int(np.argmax(forward(x, params)))
def continuous_action(x, params):
    return np.clip(forward(x, params), -1, 1)
"""


def render(folder, *arguments, reference=True):
    """Call render.py without a screen; without the reference, as where only the bundle is installed."""
    hide = "" if reference else "sys.modules['evolution_ref'] = None; "
    script = f"import sys, runpy; {hide}sys.path[0] = '.'; runpy.run_path('render.py', run_name='__main__')"
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.run(command, cwd=folder, env=NO_SCREEN, capture_output=True, text=True, timeout=120)
