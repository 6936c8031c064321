"""The caps of a seal, each with the words for a student who passes it."""

import os
from dataclasses import dataclass, field

CORES = os.cpu_count() or 1
MB = 1 << 20


def _memory() -> int:
    return (1024 + 96 * CORES) * MB


def _processes() -> int:
    return 96 + 4 * CORES


def _open_files() -> int:
    return 256 + 8 * CORES


@dataclass(frozen=True)
class Limits:
    """What one seal may use; the times are for each request, and a stage has six times as much (stops.py).

    Attributes:
        cpu: seconds of processor time of the whole tree.
        idle: seconds in which no process of the tree runs or could run; waiting for the grader doesn't count.
        wall: seconds by the clock, whatever the tree does.
        memory: bytes of the whole tree, and of each process' data.
        processes: processes and threads of the whole tree.
        output: bytes on stdout and stderr together.
        file_size: bytes of one file.
        open_files: open files of one process.
        files: files and folders in the three folders that can be written.
        tmp: bytes of /tmp, and of /dev/shm.
        home: bytes of the home folder.
    """

    cpu: float = 10.0
    idle: float = 10.0
    wall: float = 60.0
    memory: int = field(default_factory=_memory)
    processes: int = field(default_factory=_processes)
    output: int = 4 * MB
    file_size: int = 32 * MB
    open_files: int = field(default_factory=_open_files)
    files: int = 20_000
    tmp: int = 64 * MB
    home: int = 16 * MB

    @classmethod
    def of_stage(cls, stage: int) -> "Limits":
        """Return the caps for a stage's calls: those of stage 4 start processes, which may import all anew."""
        return cls(cpu=25.0) if stage == 4 else cls()

    def inside(self, shared_user: bool = False) -> dict[str, int]:
        """Return the kernel's limits that pid 1 sets, by their names.

        Args:
            shared_user: the user has other processes too, which the kernel would count.
        """
        processes = {} if shared_user else {"RLIMIT_NPROC": self.processes + 16}
        return processes | {
            "RLIMIT_AS": self.memory + 2048 * MB,
            "RLIMIT_DATA": self.memory,
            "RLIMIT_FSIZE": self.file_size,
            "RLIMIT_NOFILE": self.open_files,
            "RLIMIT_CPU": 600,
            "RLIMIT_CORE": 0,
            "RLIMIT_MSGQUEUE": 0,
            "RLIMIT_MEMLOCK": 64 << 10,
        }
