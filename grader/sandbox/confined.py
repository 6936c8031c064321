"""Becomes an ordinary user who sees little, then runs a program: the start of the level ``user``.

Run as a program: UID READABLE,... WRITABLE,... PROGRAM ARGUMENT...
"""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import landlock  # type: ignore[import-not-found]  # beside this file; run without the package


def main(words: list[str]) -> None:
    """Replace this process by the program."""
    uid = int(words[0])
    readable, writable = (word.split(os.pathsep) for word in words[1:3])
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    if landlock.version():
        landlock.confine(readable, writable)
    os.execv(words[3], words[3:])


if __name__ == "__main__":
    main(sys.argv[1:])
