"""Reading archives, the hostile ones too: from memory, with caps, and no path leaves them."""

import gzip
import io
import stat
import struct
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from grader.submission import Found, Rejected, Submission, read_submission

STAGE, OTHER = "stage1_forward.py", "stage2_sample_params.py"


def read(path: Path) -> Submission:
    return read_submission(Found(path.name, path))


def make_zip(path: Path, files: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def make_tar(path: Path, files: Mapping[str, bytes], *extra: tarfile.TarInfo) -> Path:
    with tarfile.open(path, "w:gz") as archive:
        for item in extra:
            archive.addfile(item)
        for name, content in files.items():
            item = tarfile.TarInfo(name)
            item.size = len(content)
            archive.addfile(item, io.BytesIO(content))
    return path


def make(path: Path, files: Mapping[str, bytes]) -> Path:
    return make_zip(path, files) if path.suffix == ".zip" else make_tar(path, files)


BOTH = pytest.mark.parametrize("name", ["alice.zip", "alice.tar.gz"])


@BOTH
@pytest.mark.parametrize("home", ["", "./", "alice/", "homework/exercises/", "ἀ β/"])
def test_the_files_lie_at_the_top_or_in_one_folder(tmp_path: Path, name: str, home: str) -> None:
    submission = read(make(tmp_path / name, {f"{home}{STAGE}": b"x = 1\n", f"{home}{OTHER}": b"x = 2\n", "a.txt": b""}))
    assert {number: source.text for number, source in submission.stages.items()} == {1: b"x = 1\n", 2: b"x = 2\n"}
    assert submission.ignored == ("a.txt",)


@BOTH
def test_stage_files_in_two_folders_are_rejected_with_both_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(Rejected, match="new and old"):
        read(make(tmp_path / name, {f"old/{STAGE}": b"", f"new/{STAGE}": b""}))


@BOTH
def test_files_at_the_top_win_over_deeper_ones(tmp_path: Path, name: str) -> None:
    submission = read(make(tmp_path / name, {f"backup/{STAGE}": b"old", STAGE: b"new"}))
    assert submission.stages[1].text == b"new"
    assert submission.ignored == (f"backup/{STAGE}",)


@BOTH
def test_an_archive_of_other_files_is_a_submission_of_nothing(tmp_path: Path, name: str) -> None:
    assert read(make(tmp_path / name, {"a/b.txt": b""})).stages == {}


@BOTH
def test_a_very_long_name_is_cut_where_it_is_shown(tmp_path: Path, name: str) -> None:
    submission = read(
        make(tmp_path / name, {STAGE: b"x = 1\n", "x" * 60_000 + "/end.txt": b"", "../" + "y" * 60_000: b""})
    )
    assert [len(line) < 250 for line in submission.ignored] == [True, True]
    assert submission.ignored[0].endswith("/end.txt") and "leaves the folder" in submission.ignored[1]


@BOTH
@pytest.mark.parametrize("path", ["../{}", "a/../../{}", "/etc/{}", "/{}", "C:/{}", "..\\{}"])
def test_no_path_leaves_the_archive(tmp_path: Path, name: str, path: str) -> None:
    box = tmp_path / "box"
    box.mkdir()
    submission = read(make(box / name, {path.format(OTHER): b"evil", STAGE: b"x = 1\n"}))
    assert sorted(submission.stages) == [1]
    assert len(submission.ignored) == 1 and "path" in submission.ignored[0]
    assert [entry.name for entry in tmp_path.rglob("*")] == ["box", name]


@BOTH
def test_a_path_of_a_thousand_folders_is_not_followed(tmp_path: Path, name: str) -> None:
    submission = read(make(tmp_path / name, {"d/" * 1000 + STAGE: b"x", OTHER: b"y"}))
    assert sorted(submission.stages) == [2]


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE])
def test_links_devices_and_pipes_in_a_tar_are_not_followed(tmp_path: Path, kind: bytes) -> None:
    item = tarfile.TarInfo(STAGE)
    item.type, item.linkname = kind, "/etc/passwd"
    submission = read(make_tar(tmp_path / "a.tar.gz", {OTHER: b"x = 1\n"}, item))
    assert sorted(submission.stages) == [2]
    assert STAGE in submission.ignored[0]


def test_a_link_in_a_zip_is_not_followed(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        item = zipfile.ZipInfo(STAGE)
        item.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(item, "/etc/passwd")
        archive.writestr(OTHER, "x = 1\n")
    submission = read(tmp_path / "a.zip")
    assert sorted(submission.stages) == [2]


def test_a_file_that_comes_twice_is_rejected(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(STAGE, "x = 1\n")
        archive.writestr(STAGE, "x = 2\n")
    make_tar(tmp_path / "b.tar.gz", {STAGE: b"1", f"./{STAGE}": b"2"})
    for name in ("a.zip", "b.tar.gz"):
        with pytest.raises(Rejected, match="twice"):
            read(tmp_path / name)


@BOTH
def test_a_bomb_in_a_stage_file_costs_its_stage(tmp_path: Path, name: str) -> None:
    submission = read(make(tmp_path / name, {STAGE: b"\0" * (8 << 20), OTHER: b"x = 1\n"}))
    assert sorted(submission.stages) == [2]
    assert submission.ignored == (f"{STAGE} (larger than 256 kB)",)


def test_a_bomb_beside_the_stage_files_of_a_zip_is_never_unpacked(tmp_path: Path) -> None:
    assert sorted(read(make_zip(tmp_path / "a.zip", {"bomb": b"\0" * (64 << 20), STAGE: b"x = 1\n"})).stages) == [1]


def test_a_tar_that_grows_a_thousand_times_is_rejected(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "a.tar.gz", "wb", compresslevel=1) as file:
        item = tarfile.TarInfo("bomb")
        item.size = 1 << 33
        file.write(item.tobuf())
        for _ in range(40):
            file.write(b"\0" * (1 << 20))
    with pytest.raises(Rejected, match="times its size"):
        read(tmp_path / "a.tar.gz")


def test_a_zip_of_many_large_notebooks_is_rejected_before_all_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[object] = []
    open_member = zipfile.ZipFile.open
    path = make_zip(tmp_path / "a.zip", {f"{number}/evolution.ipynb": b" " * (8 << 20) for number in range(12)})
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda self, item: opened.append(item) or open_member(self, item))
    with pytest.raises(Rejected, match="times its size"):
        read(path)
    assert len(opened) < 12


def test_a_zip_that_unpacks_to_too_much_is_rejected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.submission.archive.MAX_UNPACKED", 1 << 20)
    files = {f"{number}/{STAGE}": bytes(range(256)) * 800 for number in range(10)}
    with pytest.raises(Rejected, match="unpacks to more than 1 MB"):
        read(make_zip(tmp_path / "a.zip", files))


def test_a_tar_of_a_few_gzip_pieces_is_read_and_one_of_too_many_rejected(tmp_path: Path) -> None:
    content = gzip.decompress(make_tar(tmp_path / "a.tar.gz", {STAGE: b"x = 1\n" * 5000}).read_bytes())
    halves = gzip.compress(content[:7000]) + gzip.compress(b"") + gzip.compress(content[7000:])
    (tmp_path / "b.tar.gz").write_bytes(halves + b"\0" * 40_000)
    assert read(tmp_path / "b.tar.gz").stages[1].text == b"x = 1\n" * 5000
    (tmp_path / "c.tar.gz").write_bytes(gzip.compress(b"") * 20_000 + halves)
    with pytest.raises(Rejected, match="more than 10000 pieces"):
        read(tmp_path / "c.tar.gz")


@BOTH
def test_too_many_files_are_rejected(tmp_path: Path, name: str) -> None:
    with pytest.raises(Rejected, match="more than 10000 files"):
        read(make(tmp_path / name, {f"{number}": b"" for number in range(10_001)}))


def test_a_table_of_contents_that_claims_a_million_files_is_not_parsed(tmp_path: Path) -> None:
    content = b"x" * (6 << 20) + b"PK\x05\x06" + struct.pack("<4H2LH", 0, 0, 65535, 65535, 6 << 20, 0, 0)
    (tmp_path / "a.zip").write_bytes(content)
    with pytest.raises(Rejected, match="more than 10000 files"):
        read(tmp_path / "a.zip")


def test_a_chain_of_long_names_is_rejected(tmp_path: Path) -> None:
    header = tarfile.TarInfo("././@LongLink")
    header.type, header.size = tarfile.GNUTYPE_LONGNAME, 2
    block = header.tobuf(tarfile.GNU_FORMAT) + b"a\0".ljust(512, b"\0")
    (tmp_path / "a.tar.gz").write_bytes(gzip.compress(block * 20_000))
    with pytest.raises(Rejected):
        read(tmp_path / "a.tar.gz")


def test_a_locked_zip_is_rejected(tmp_path: Path) -> None:
    make_zip(tmp_path / "a.zip", {STAGE: b"x = 1\n"})
    content = bytearray((tmp_path / "a.zip").read_bytes())
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "a.zip").write_bytes(content)
    with pytest.raises(Rejected, match="password"):
        read(tmp_path / "a.zip")


@BOTH
@pytest.mark.parametrize("keep", [0.0, 0.3, 0.7, 0.98])
def test_a_truncated_archive_is_rejected(tmp_path: Path, name: str, keep: float) -> None:
    path = make(tmp_path / name, {STAGE: bytes(range(256)) * 40, OTHER: b"x" * 5000})
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * keep)])
    with pytest.raises(Rejected, match="could not be read"):
        read(path)


@BOTH
def test_what_is_no_archive_is_rejected(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("this is my homework")
    with pytest.raises(Rejected, match="could not be read"):
        read(tmp_path / name)


def test_what_a_mac_adds_is_left_out(tmp_path: Path) -> None:
    files = {f"alice/{STAGE}": b"x = 1\n", f"__MACOSX/alice/._{STAGE}": b"\0", f"__MACOSX/{STAGE}": b"\0"}
    submission = read(make_zip(tmp_path / "a.zip", files))
    assert submission.stages[1].text == b"x = 1\n"
    assert submission.ignored == ()


def test_a_folder_that_holds_only_an_archive_is_read_through_it(tmp_path: Path) -> None:
    home = tmp_path / "Ana_12345_assignsubmission_file_"
    home.mkdir()
    make_zip(home / "homework.zip", {f"hw/{STAGE}": b"x = 1\n", "hw/notes.txt": b""})
    submission = read(home)
    assert submission.stages[1].text == b"x = 1\n"
    assert submission.ignored == ("homework.zip/hw/notes.txt",)
