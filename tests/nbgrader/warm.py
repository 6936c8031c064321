"""Runs nbgrader's commands as ``python -m nbgrader`` does, each in a process of its own that has nbgrader imported.

A line of JSON in, ``{"words", "folder", "environment", "said"}``, a line with the exit status out. Most commands take
less time than importing nbgrader does.
"""

import json
import os
import runpy
import sys
import traceback

import nbgrader.apps  # noqa: F401  # what every command needs; the processes below are copies of this one


def run(words: list[str], folder: str, environment: dict[str, str], said: str) -> int:
    """Run one command in this process and return its exit status."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    nothing, output = os.open(os.devnull, os.O_RDONLY), os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for descriptor, end in enumerate((nothing, output, output)):
        os.dup2(end, descriptor)
    sys.argv, sys.path[0] = ["nbgrader", *words], folder
    try:
        runpy.run_module("nbgrader", run_name="__main__", alter_sys=True)
    except SystemExit as end:
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


for line in sys.stdin:
    process = os.fork()
    if process == 0:
        status = run(**json.loads(line))
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
    print(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), flush=True)
