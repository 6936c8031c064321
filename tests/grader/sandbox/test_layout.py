"""What a seal shows of the system's own folders, and what is said where that is too little."""

from pathlib import Path

from grader.sandbox import levels
from grader.sandbox.layout import _libraries


def test_a_loader_beside_the_folder_of_libraries_is_shown(tmp_path: Path) -> None:
    """As aarch64 has it; on x86_64 it lies in /lib64. Without it no program starts in a seal."""
    libraries, loader = tmp_path / "aarch64-linux-gnu", tmp_path / "ld-linux-aarch64.so.1"
    for folder in (libraries, tmp_path / "python3.11", tmp_path / "systemd"):
        folder.mkdir()
    (libraries / loader.name).touch()
    loader.symlink_to(f"{libraries.name}/{loader.name}")
    assert set(_libraries(tmp_path)) == {libraries, loader}


def test_a_program_that_the_seal_does_not_show_is_no_matter_of_namespaces() -> None:
    words = levels._explained("bwrap: execvp /usr/bin/python3.11: No such file or directory")
    assert "loader" in words
    assert "user namespaces are forbidden" not in words
