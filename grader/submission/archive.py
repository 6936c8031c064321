"""Reading an archive in memory: nothing is unpacked, and only the files that a submission is made of are read."""

import io
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from .files import cap, kind, too_large
from .model import Rejected

MAX_ARCHIVE = 64 << 20
MAX_FILES = 10_000
MAX_UNPACKED = 256 << 20
MAX_RATIO = 100
RATIO_FROM = 16 << 20
MAX_DEPTH = 32
MAX_GZIP_MEMBERS = 10_000
_GZIP = 16 + zlib.MAX_WBITS
MAX_DIRECTORY = MAX_FILES * 512

Take = Callable[[str], bool]


@dataclass(frozen=True)
class Member:
    """One file of an archive: its path as written, what is strange about it, and its bytes where it was wanted."""

    path: str
    strange: str = ""
    content: bytes | None = None


def read_archive(path: Path, take: Take) -> list[Member]:
    """Return the members of a .zip or .tar.gz, with the bytes of those whose last name ``take`` says yes to.

    Raises:
        Rejected: it is damaged, encrypted, or passes a cap.
    """
    form = "zip" if path.name.lower().endswith(".zip") else "tar.gz"
    try:
        with path.open("rb") as file:
            content = file.read(MAX_ARCHIVE + 1)
        if len(content) > MAX_ARCHIVE:
            raise Rejected(f"The archive is larger than {MAX_ARCHIVE >> 20} MB. Hand in only the stage files.")
        members: list[Member] = []
        for member in (_zip_members if form == "zip" else _tar_members)(content, take):
            members.append(member)
            if len(members) > MAX_FILES:
                raise _too_many()
        return members
    except Rejected:
        raise
    except (Exception, RecursionError) as error:  # a damaged or hostile archive can raise anything in the library
        raise Rejected(
            f"The archive could not be read as a .{form} ({type(error).__name__}). Pack the files again."
        ) from error


def _too_many() -> Rejected:
    return Rejected(f"The archive holds more than {MAX_FILES} files. Hand in only the stage files.")


def _place(name: str) -> tuple[str, str]:
    """Return a member's path with forward slashes, and why it may not be used: it leaves the folder, or is too deep."""
    path = name.replace("\\", "/")
    parts = [part for part in path.split("/") if part not in ("", ".")]
    if path.startswith("/") or (len(path) > 1 and path[1] == ":"):
        return path, "an absolute path"
    if ".." in parts:
        return path, "a path that leaves the folder"
    if len(parts) > MAX_DEPTH:
        return path, f"more than {MAX_DEPTH} folders deep"
    return "/".join(parts), ""


def _directory_size(content: bytes) -> int:
    """Return the size of a zip's table of contents as its own end record gives it, 0 where there is no record."""
    end = content.rfind(b"PK\x05\x06", max(0, len(content) - 65_557))
    if end < 0:
        return 0
    locator = end - 20
    if locator >= 0 and content[locator : locator + 4] == b"PK\x06\x07":
        record = locator - 56
        if record >= 0 and content[record : record + 4] == b"PK\x06\x06":
            return int(struct.unpack_from("<Q", content, record + 40)[0])
    return int(struct.unpack_from("<L", content, end + 12)[0]) if end + 16 <= len(content) else 0


def _zip_members(content: bytes, take: Take) -> Iterator[Member]:
    if _directory_size(content) > MAX_DIRECTORY:
        raise _too_many()
    meter = _Meter(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for item in archive.infolist():
            path, strange = _place(item.filename)
            mode = item.external_attr >> 16
            if item.is_dir() or path == "":
                continue
            strange = strange or (kind(mode) if stat.S_IFMT(mode) else "")
            name = path.rpartition("/")[2]
            if strange or not take(name):
                yield Member(path, strange)
                continue
            if item.flag_bits & 0x1:
                raise Rejected(f"{name} in the archive is locked with a password. Pack it without one.")
            if item.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise Rejected(
                    f"{name} in the archive is packed in a way that is not read here. Make an ordinary .zip."
                )
            with archive.open(item) as file:
                yield _capped(path, meter.counted(file.read(cap(name) + 1)))


class _Meter:
    """The bytes that an archive unpacks to, counted; going past a cap raises Rejected."""

    def __init__(self, content: bytes) -> None:
        self._packed, self._count = len(content), 0

    def counted(self, block: bytes) -> bytes:
        self._count += len(block)
        if self._count > MAX_UNPACKED:
            raise Rejected(f"The archive unpacks to more than {MAX_UNPACKED >> 20} MB. Hand in only the stage files.")
        if self._count > RATIO_FROM and self._count > MAX_RATIO * self._packed:
            raise Rejected(
                f"The archive unpacks to more than {MAX_RATIO} times its size. Hand in only the stage files."
            )
        return block


class _Unpacked(io.RawIOBase):
    """The unpacked bytes of a .tar.gz, counted."""

    def __init__(self, content: bytes) -> None:
        self._packed, self._meter = io.BytesIO(content), _Meter(content)
        self._member, self._rest, self._left = zlib.decompressobj(_GZIP), b"", MAX_GZIP_MEMBERS

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        limit = min(size, 1 << 20) if size > 0 else 1 << 20
        blocks = bytearray()
        while len(blocks) < limit and (block := self._block(limit - len(blocks))):
            blocks += self._meter.counted(block)
        return bytes(blocks)

    def _block(self, limit: int) -> bytes:
        """Return some of the bytes that come next, none at the end."""
        while packed := self._rest or self._packed.read(1 << 14):
            if self._member.eof:
                packed, self._rest = packed.lstrip(b"\0"), b""  # what a tool may pad with
                if not packed:
                    continue
                self._next_member()
            block = self._member.decompress(packed, limit)
            self._rest = self._member.unused_data if self._member.eof else self._member.unconsumed_tail
            if block:
                return block
        block = b"" if self._member.eof else self._member.decompress(b"", limit)
        if not block and not self._member.eof:
            raise EOFError("the archive ends too early")
        return block

    def _next_member(self) -> None:
        """Begin another of the gzip files that follow one another in one."""
        self._member, self._left = zlib.decompressobj(_GZIP), self._left - 1
        if not self._left:
            raise Rejected(f"The archive is made of more than {MAX_GZIP_MEMBERS} pieces. Pack the files again.")


def _tar_members(content: bytes, take: Take) -> Iterator[Member]:
    with tarfile.open(fileobj=_Unpacked(content), mode="r|") as archive:
        for item in archive:
            path, strange = _place(item.name)
            if item.isdir() or path == "":
                continue
            if item.issym() or item.islnk():
                strange = "a link; links are not followed"
            elif not item.isreg():
                strange = "not a regular file"
            name = path.rpartition("/")[2]
            file = None if strange or not take(name) else archive.extractfile(item)
            yield Member(path, strange) if file is None else _capped(path, file.read(cap(name) + 1))


def _capped(path: str, content: bytes) -> Member:
    return Member(path, too_large(path)) if len(content) > cap(path) else Member(path, content=content)
