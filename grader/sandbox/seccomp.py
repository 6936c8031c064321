"""The filter of system calls inside a seal: a small BPF program that denies what hides memory or reaches the kernel.

Memory in a memfd, in System V segments or in anonymous shared mappings belongs to no process that can be measured.
Keyrings, io_uring, bpf, performance counters and sockets other than Unix ones have no use here.
"""

import errno
import platform
import struct
import sys

# name: (x86_64, aarch64), from the kernel's syscall tables; newer calls have one number everywhere
DENIED = {
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "shmget": (29, 194),
    "shmat": (30, 196),
    "semget": (64, 190),
    "msgget": (68, 186),
    "mq_open": (240, 180),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "userfaultfd": (323, 282),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "pidfd_getfd": (438, 438),
    "kcmp": (312, 272),
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "mount_setattr": (442, 442),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    "fanotify_init": (300, 262),
    "syslog": (103, 116),
}
CLONE3 = (435, 435)  # its flags lie in memory that a filter can't read: "not there", and libc takes clone
VFORK = (58, None)  # its caller waits without being stopped, and what it starts uses no processor that anyone counts:
CLONE, CLONE_VFORK = (56, 220), 0x4000  # "not here", and Python takes fork
SOCKETS = {"socket": (41, 198), "socketpair": (53, 199)}
PRLIMIT = (302, 261)
MMAP = (9, 222)
ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
X32 = 0x40000000
AF_UNIX, MAP_SHARED, MAP_ANONYMOUS = 1, 1, 0x20

LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
NUMBER, ARCHITECTURE = 0, 4
ALLOW, KILL, ERRNO = 0x7FFF0000, 0x80000000, 0x00050000


def program() -> bytes | None:
    """Return the filter for this processor, ready for bubblewrap's --seccomp; None where there is none."""
    machine = platform.machine()
    if machine not in ARCHITECTURES or sys.byteorder != "little":
        return None
    column = list(ARCHITECTURES).index(machine)
    deny = ERRNO | errno.EPERM
    lines = [
        _line(LOAD, ARCHITECTURE),
        _line(EQUAL, ARCHITECTURES[machine], 1, 0),
        _line(RETURN, KILL),
        _line(LOAD, NUMBER),
    ]
    if machine == "x86_64":
        lines += [_line(AT_LEAST, X32, 0, 1), _line(RETURN, ERRNO | errno.ENOSYS)]
    lines += _when(CLONE3[column], [_line(RETURN, ERRNO | errno.ENOSYS)])
    if (vfork := VFORK[column]) is not None:
        lines += _when(vfork, [_line(RETURN, ERRNO | errno.EINVAL)])
    flags = [_line(LOAD, _argument(0)), _line(ANY_BIT, CLONE_VFORK, 0, 1)]
    lines += _when(CLONE[column], [*flags, _line(RETURN, ERRNO | errno.EINVAL), _line(RETURN, ALLOW)])
    for numbers in DENIED.values():
        lines += _when(numbers[column], [_line(RETURN, deny)])
    for numbers in SOCKETS.values():
        family = [_line(LOAD, _argument(0)), _line(EQUAL, AF_UNIX, 1, 0), _line(RETURN, deny), _line(RETURN, ALLOW)]
        lines += _when(numbers[column], family)
    own = [_line(LOAD, _argument(0)), _line(EQUAL, 0, 1, 0), _line(RETURN, deny), _line(RETURN, ALLOW)]
    lines += _when(PRLIMIT[column], own)
    shared = [_line(LOAD, _argument(3)), _line(ANY_BIT, MAP_ANONYMOUS, 0, 2)]
    shared += [_line(ANY_BIT, MAP_SHARED, 0, 1), _line(RETURN, deny), _line(RETURN, ALLOW)]
    lines += _when(MMAP[column], shared)
    return b"".join([*lines, _line(RETURN, ALLOW)])


def _line(code: int, value: int, true: int = 0, false: int = 0) -> bytes:
    """Return one instruction; true and false are how many to skip."""
    return struct.pack("<HBBI", code, true, false, value)


def _when(number: int, then: list[bytes]) -> list[bytes]:
    """Return instructions that do something for one system call, whose number is loaded."""
    return [_line(EQUAL, number, 0, len(then)), *then]


def _argument(index: int) -> int:
    """Return where the low half of an argument lies."""
    return 16 + 8 * index
