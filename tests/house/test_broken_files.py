"""Whichever file of data is broken, whoever runs a command is told its name, the place and what is wrong."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from crampguide import reviewed
from crampguide.reviewed import DataError
from crampguide.typed import typed_files
from simulator import files
from simulator.files import BrokenFileError
from tools import validate

ROOT = Path(__file__).parents[2]
FOLDERS = (
    "interaction_models", "lambda", "mcp_server", "simulator", "tools", "webservice", "tests/conversations",
)  # fmt: skip
READERS = {"lambda/crampguide/reviewed.py", "simulator/files.py"}
DATA = [path.relative_to(ROOT).as_posix() for path in validate.data_files(ROOT)]
CUT = (
    "triage/protocol.toml", "screen/screens.toml", "speech/en/lines.toml", "speech/en/questions.toml",
    "speech/en/regions/en-US.toml", "speech/rules.toml",
)  # fmt: skip
CACHE = Path(tempfile.gettempdir()) / "broken-files-bytecode"
NOT_UTF8 = "é".encode("latin-1")


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """What the commands need of the repository, to be broken."""
    for name in (*FOLDERS, *(name for name in DATA if "/" not in name)):
        source, target = ROOT / name, tmp_path / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    return tmp_path


def run(house: Path, *arguments: str, said: str = "") -> tuple[int, str]:
    """The exit code, and everything that was printed."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", *arguments],
        cwd=house,
        input=said,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        env={**os.environ, "PYTHONPYCACHEPREFIX": str(CACHE), "PYTHONPATH": "", "NO_COLOR": "1"},
    )
    told = done.stdout + done.stderr
    assert "Traceback" not in told, told
    return done.returncode, told


def parses(content: bytes, suffix: str) -> bool:
    try:
        (tomllib.loads if suffix == ".toml" else json.loads)(content.decode())
    except ValueError:
        return False
    return True


def truncated(content: bytes, suffix: str) -> bytes:
    """As much of the first half as no longer parses."""
    at = len(content) // 2
    while parses(content[:at], suffix):
        at -= 1
    return content[:at]


BREAKS: dict[str, tuple[Callable[[bytes, str], bytes], str]] = {
    "truncated": (truncated, r"not valid (TOML|JSON): .+ \(at line \d+,.+\)|is empty"),
    "garbage": (
        lambda content, _: content + b"\n}} what is this\n",
        r"not valid (TOML|JSON): .+ \(at line \d+, .+\)",
    ),
    "not UTF-8": (
        lambda content, _: content + b"\n# caf" + NOT_UTF8,
        r"not UTF-8: .+ \(at line \d+, column 6\)",
    ),
    "empty": (lambda *_: b"\n", r"is empty"),
}


@pytest.mark.slow
@pytest.mark.parametrize("way", BREAKS)
def test_every_data_file_is_named_when_it_is_broken(house: Path, way: str) -> None:
    """All at once, and each is told."""
    make, says = BREAKS[way]
    names = [path.relative_to(house).as_posix() for path in validate.data_files(house)]
    for name in names:
        path = house / name
        path.write_bytes(make(path.read_bytes(), path.suffix))
    code, told = run(house, "tools", "validate")
    lines = dict(line.split(": ", 1) for line in told.splitlines())
    assert code == 1
    assert len(names) > 250
    assert {name: lines.get(name) for name in names if not re.fullmatch(says, lines.get(name, ""))} == {}


@pytest.mark.slow
@pytest.mark.parametrize("name", CUT)
def test_a_shipped_file_that_ends_too_early_is_named(house: Path, name: str) -> None:
    """Cut before its last table it is still TOML; what then is missing is told with the file."""
    path = house / "lambda/crampguide" / name
    whole = path.read_text(encoding="utf-8")
    last = [found.start() for found in re.finditer(r"^\[", whole, re.MULTILINE)][-1]
    path.write_text(whole[:last], encoding="utf-8")
    code, told = run(house, "tools", "validate")
    assert code == 1
    assert path.name in told, told


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "command", "said"),
    [
        ("lambda/crampguide/triage/protocol.toml", ("simulator", "talk"), "yes\n"),
        ("lambda/crampguide/triage/protocol.toml", ("simulator", "web", "--port", "0"), ""),
        ("lambda/crampguide/triage/protocol.toml", ("webservice", "--no-verify", "--port", "0"), ""),
        ("lambda/crampguide/triage/protocol.toml", ("mcp_server", "stdio"), ""),
        ("mcp_server/words.toml", ("mcp_server", "stdio"), ""),
        ("lambda/crampguide/triage/protocol.toml", ("tools", "prove"), ""),
        ("lambda/crampguide/triage/protocol.toml", ("tools", "explain"), ""),
        ("lambda/crampguide/speech/en/questions.toml", ("simulator", "talk"), "yes\n"),
        ("lambda/crampguide/speech/en/regions/en-US.toml", ("simulator", "talk"), "yes\n"),
        ("lambda/crampguide/speech/en/subjects.toml", ("simulator", "talk"), "what is sciatica\n"),
        ("lambda/crampguide/relief/tips.toml", ("simulator", "talk"), "give me tips\n"),
        ("lambda/crampguide/learning/subjects.toml", ("simulator", "talk"), "what is sciatica\n"),
        ("interaction_models/en-US.json", ("simulator", "talk"), "yes\n"),
        ("interaction_models/en-US.json", ("simulator", "resolve"), "yes\n"),
        ("interaction_models/en-US.json", ("tools", "models", "--check"), ""),
        ("interaction_models/en/signs.toml", ("tools", "models", "--check"), ""),
        ("interaction_models/rules.toml", ("tools", "models", "--check"), ""),
        ("simulator/understanding/builtins/en.toml", ("simulator", "talk"), "yes\n"),
        ("simulator/web/devices.toml", ("simulator", "web", "--port", "0"), ""),
        ("simulator/speaker/hearing.toml", ("simulator.speaker",), ""),
        ("skill.json", ("tools", "models", "--check"), ""),
        ("ask-resources.json", ("tools", "package"), ""),
        ("tools/release/package.toml", ("tools", "package"), ""),
        ("tools/research/misheard.toml", ("tools", "misheard"), ""),
        ("tools/models/schema/interaction-model.json", ("tools", "models", "--check"), ""),
    ],
    ids=lambda value: value.strip() if isinstance(value, str) else " ".join(value),
)
def test_the_command_that_reads_a_file_names_it(
    house: Path, name: str, command: tuple[str, ...], said: str
) -> None:
    path = house / name
    path.write_bytes(truncated(path.read_bytes(), path.suffix))
    code, told = run(house, *command, said=said)
    if command == ("simulator.speaker",) and name not in told:
        pytest.skip("nothing to listen or speak with is installed here")
    assert name in told, told
    assert code != 0 or name.startswith("lambda/crampguide/relief/") or name.endswith("/subjects.toml"), told


def test_every_data_file_in_the_repository_is_looked_at() -> None:
    listing = subprocess.run(
        ["git", "ls-files", "*.toml", "*.json"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    assert {name for name in listing if not name.startswith(f"{validate.BROKEN_ON_PURPOSE}/")} <= set(DATA)


def test_data_files_are_read_in_one_place_on_each_side() -> None:
    other = [
        path.relative_to(ROOT).as_posix()
        for folder in ("lambda", "mcp_server", "simulator", "tools", "webservice")
        for path in sorted((ROOT / folder).rglob("*.py"))
        if re.search(
            r"\btomllib\b|json\.load\(|json\.loads\(\w+\.read_(text|bytes)\(", path.read_text("utf-8")
        )
    ]
    assert set(other) == READERS


Read = Callable[[Path], object]


@pytest.mark.parametrize("read", [reviewed.read_toml, files.read_toml, reviewed.read_json, files.read_json])
@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "cannot be read: No such file or directory"),
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (b"\n\n ab" + NOT_UTF8, "not UTF-8: .+ \\(at line 3, column 4\\)"),
        (b"\n{,", "not valid (TOML|JSON): .+ \\(at line 2, column \\d\\)"),
        (b"[", "not valid (TOML|JSON): .+ \\(at line 1, (the end of the file|column \\d)\\)"),
    ],
)
def test_what_is_wrong_is_said_with_the_name_and_the_place(
    tmp_path: Path, read: Read, content: bytes | None, says: str
) -> None:
    path = tmp_path / "a.data"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises((DataError, BrokenFileError), match=f"^{re.escape(str(path))}: {says}$"):
        read(path)


@pytest.mark.parametrize("read", [reviewed.read_toml, files.read_toml])
def test_a_file_of_comments_alone_is_refused(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.toml"
    path.write_text("# Nothing yet.\n", encoding="utf-8")
    with pytest.raises((DataError, BrokenFileError), match=r"a\.toml: holds nothing$"):
        read(path)


def test_a_folder_in_the_place_of_a_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(BrokenFileError, match=r"cannot be read: Is a directory$"):
        files.read_toml(tmp_path)


def test_a_key_that_is_given_twice_is_said_with_its_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"one": {\n"two": 1,\n"three": 2,\n"two" : 3}}', encoding="utf-8")
    with pytest.raises(BrokenFileError, match=r"a.json: 'two' stands twice in one object \(lines: 2, 4\)$"):
        files.read_json(path)


def test_a_key_that_is_missing_is_said_with_the_file_and_the_place(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text('[one]\n[[one.two]]\nthree = "four"\n', encoding="utf-8")
    read = files.read_toml(path)
    assert read == {"one": {"two": [{"three": "four"}]}}
    with pytest.raises(BrokenFileError, match=r"a.toml: one.two\[0\] has no 'five'$"):
        _ = read["one"]["two"][0]["five"]
    with pytest.raises(BrokenFileError, match=r"a.toml: the file has no 'six'$"):
        _ = read["six"]


def test_a_table_that_a_shape_does_not_fit_is_said_with_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text("[size]\nwide = 1\n", encoding="utf-8")
    with pytest.raises(BrokenFileError, match=r"a\.toml: size: .*high"):
        files.fill(lambda *, wide, high: (wide, high), files.read_toml(path)["size"])


def test_files_that_are_one_are_told_apart(tmp_path: Path) -> None:
    one, other = tmp_path / "one.toml", tmp_path / "other.toml"
    one.write_text("a = 1\n", encoding="utf-8")
    other.write_text("b = 2\n", encoding="utf-8")

    def refuse(tables: object) -> None:
        raise DataError([f"{key} is bad" for key in ("b", "c") if key == "c" or key in str(tables)])

    with pytest.raises(DataError) as refused:
        typed_files([one, other], refuse)
    assert refused.value.problems == (f"{other}: b is bad", f"{one}, {other}: c is bad")
    other.write_text("a = 2\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"other\.toml: a is stated in another file too"):
        typed_files([one, other], refuse)


def test_a_line_without_words_is_refused_with_its_file(tmp_path: Path) -> None:
    from crampguide.speech.catalogue import read_file  # noqa: PLC0415 - caches by path

    path = tmp_path / "xx.toml"
    path.write_text('[a]\nb = ""\nc = []\nd = ["e", " "]\nf = 1\ng = "h"\n', encoding="utf-8")
    with pytest.raises(DataError) as refused:
        read_file(path)
    assert refused.value.problems == tuple(f"{path}: a.{key} has no words" for key in "bcdf")
