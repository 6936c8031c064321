"""Steps a second of living members, the compiled engine and its peers in turn."""

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from measure.install import HOME, PYTHON
from measure.machine import vector_unit
from measure.peer import Peer, PeerFailed, running

H_SIZE = 10
CARTPOLE, CAR = "CartPole-v1", "MountainCarContinuous-v0"


@dataclass(frozen=True)
class Rival:
    """A peer in the table: how it is started, on which environments it is, how many times faster is wanted, by case."""

    name: str
    script: str
    goals: dict[tuple[str, int], float]
    library: bool = True
    cpu: str = "native"
    """What both sides are compiled for, as ``cc -march`` names it."""

    def plays(self, env_id: str) -> bool:
        """Whether it is measured there; code for a narrower processor only where this one is wider."""
        return self.library or (env_id == CARTPOLE and (self.cpu == "native" or vector_unit() == "AVX-512"))


AVX2 = "haswell"
COMPILED_FOR = {"native": {}, AVX2: {"NUMBA_CPU_NAME": AVX2, "NUMBA_CPU_FEATURES": ""}}
RIVALS = (
    Rival("plain C loop, float, 2 threads", "float", {(CARTPOLE, 4096): 3}, library=False),
    Rival("plain C loop, double, 2 threads", "double", {(CARTPOLE, 4096): 3}, library=False),
    Rival("the float C loop, both for AVX2", "float", {}, library=False, cpu=AVX2),
    Rival("Gymnasium's vector environment", "gym_vector.py", {(CARTPOLE, 4096): 20}),
    Rival("gymnax, evosax's rollout, jit", "gymnax_rollout.py", {(CARTPOLE, 4096): 100, (CAR, 4096): 5}),
    Rival("EnvPool", "envpool_rollout.py", {(CARTPOLE, 4096): 200, (CAR, 4096): 100}),
)
CASES = ((CARTPOLE, 4096), (CARTPOLE, 256), (CARTPOLE, 32), (CAR, 4096))


@dataclass(frozen=True)
class Result:
    """One line of the table: median steps a second of both sides and the median of their ratios."""

    env_id: str
    pop_size: int
    name: str
    ready: str
    theirs: float = 0.0
    ours: float = 0.0
    ratio: float = 0.0
    goal: float | None = None
    failed: str = ""


def measure_speed(pairs: int, cases: Sequence[tuple[str, int]] = CASES) -> list[Result]:
    """Return every case against every peer, ``pairs`` times in turn."""
    with tempfile.TemporaryDirectory() as folder:
        return [result for env_id, pop_size in cases for result in _case(env_id, pop_size, pairs, Path(folder))]


def _case(env_id: str, pop_size: int, pairs: int, folder: Path) -> list[Result]:
    results = []
    with ExitStack() as stack:
        command = _command(sys.executable, "compiled.py", env_id, pop_size)
        ours: dict[str, Peer] = {}
        for rival in RIVALS:
            if not rival.plays(env_id):
                continue
            if rival.cpu not in ours:
                ours[rival.cpu] = stack.enter_context(running(command, **COMPILED_FOR[rival.cpu]))
            try:
                start = _c_command(rival, pop_size, folder) if not rival.library else None
                start = start or _command(str(PYTHON), rival.script, env_id, pop_size)
                with running(start) as peer:
                    results.append(_in_turn(ours[rival.cpu], peer, rival, env_id, pop_size, pairs))
            except (PeerFailed, OSError) as error:
                results.append(Result(env_id, pop_size, rival.name, "", failed=str(error)[:200]))
    return results


def _in_turn(ours: Peer, peer: Peer, rival: Rival, env_id: str, pop_size: int, pairs: int) -> Result:
    measured = []
    for k in range(pairs):
        first, second = (ours, peer) if k % 2 else (peer, ours)
        speeds = {id(side): side.ask() for side in (first, second)}
        measured.append((speeds[id(ours)], speeds[id(peer)]))
    ratio = median(mine / other for mine, other in measured)
    mine, other = (median(side) for side in zip(*measured, strict=True))
    goal = rival.goals.get((env_id, pop_size))
    return Result(env_id, pop_size, rival.name, peer.ready, other, mine, ratio, goal)


def _command(python: str, script: str, env_id: str, pop_size: int) -> list[str]:
    return [python, str(HOME / "peers" / script), env_id, str(pop_size), str(H_SIZE)]


def _c_command(rival: Rival, pop_size: int, folder: Path) -> list[str]:
    program = folder / f"cartpole_{rival.script}_{rival.cpu}"
    if not program.exists():
        source = str(HOME / "peers" / "cartpole.c")
        flags = ["-O3", f"-march={rival.cpu}", f"-DREAL={rival.script}", "-pthread"]
        subprocess.run(["cc", *flags, source, "-lm", "-o", str(program)], check=True)
    return [str(program), str(pop_size), str(H_SIZE)]


def library_goals(results: Sequence[Result]) -> list[tuple[str, int, Result]]:
    """Return, for each case without goals of its own, the fastest library."""
    found = []
    libraries = {rival.name for rival in RIVALS if rival.library}
    for env_id, pop_size in dict.fromkeys((result.env_id, result.pop_size) for result in results):
        case = [r for r in results if (r.env_id, r.pop_size) == (env_id, pop_size) and r.name in libraries]
        case = [result for result in case if not result.failed]
        if case and all(result.goal is None for result in case):
            found.append((env_id, pop_size, max(case, key=lambda result: result.theirs)))
    return found
