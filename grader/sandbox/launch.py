"""Starts bubblewrap for a grader that is root: shows what the seal needs at paths that anyone can reach, drops the uid.

Run as a program: UID SOURCE... -- LIBRARIES PROGRAM ARGUMENT...; a word @N stands for the place of source N.
"""

import ctypes
import os
import sys

CLONE_NEWNS, MS_REC, MS_PRIVATE, MS_BIND, MS_NOSUID = 0x20000, 0x4000, 0x40000, 0x1000, 2
STAGE = "/tmp"  # exists everywhere, and in this process' own view of the disk it may be covered


def main(words: list[str]) -> None:
    """Replace this process by the program, as an ordinary user."""
    uid, split = int(words[0]), words.index("--")
    _call("unshare", CLONE_NEWNS)
    _mount(None, "/", None, MS_REC | MS_PRIVATE)
    sources = [os.open(path, os.O_PATH) for path in words[1:split]]
    _mount("tmpfs", STAGE, "tmpfs", MS_NOSUID, "mode=0755,size=1m")
    for number, source in enumerate(sources):
        stage = _stage(number)
        if os.path.isdir(f"/proc/self/fd/{source}"):
            os.mkdir(stage)
        else:
            os.close(os.open(stage, os.O_CREAT | os.O_WRONLY, 0o600))
        _mount(f"/proc/self/fd/{source}", stage, None, MS_BIND | MS_REC)
        os.close(source)
    os.chdir("/")
    _become(uid)
    libraries, program, *rest = (_stage(int(word[1:])) if word.startswith("@") else word for word in words[split + 1 :])
    os.execve(program, ["bwrap", *rest], {"LD_LIBRARY_PATH": libraries} if libraries else {})


def _become(uid: int) -> None:
    try:
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)
    except OSError as error:
        raise OSError(error.errno, f"becoming user {uid}: {error.strerror}") from None


def _stage(number: int) -> str:
    return f"{STAGE}/{number}"


def _mount(source: str | None, target: str, kind: str | None, flags: int, options: str | None = None) -> None:
    words = [None if word is None else os.fsencode(word) for word in (source, target, kind, options)]
    _call("mount", words[0], words[1], words[2], ctypes.c_ulong(flags), words[3])


def _call(name: str, *arguments: object) -> None:
    library = ctypes.CDLL(None, use_errno=True)
    if getattr(library, name)(*arguments) != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except OSError as error:
        sys.exit(f"bwrap's launcher: {error}")
