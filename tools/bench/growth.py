"""How reading the protocol and taking a turn grow with the number of questions, and a start with locales."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from crampguide.triage import Answer, Protocol, QuestionId, next_step, read_protocol
from tests.fakes.lambda_host import LambdaHost
from tools.bench.requests import envelope
from tools.bench.table import table
from tools.release import package
from tools.setup import pythons
from tools.setup.runtimes import SUPPORTED, python_with_client

QUESTIONS = (10, 100, 1000)
LANGUAGES = (1, 10, 50)
ROUNDS = 9
TURNS = 20
ENDING = """
[[combination]]
id = "both"
level = "emergency"
when = { all_of = { q1 = "yes", q2 = "yes" } }
reason = "Stands for a combination."
cites = ["NONE"]
last_edited = 2026-01-01

[pattern]
otherwise = "either"
cites = ["NONE"]
last_edited = 2026-01-01
nerve = { q0 = 2 }
cramp = {}
cramp_extra = []

[[pattern.fit]]
id = "sciatica"
requires = { any_of = { q0 = "yes" } }
nerve_at_least = 1
reason = "Stands for a pattern."

[source.NONE]
name = "Made up: this protocol measures, and means nothing"
"""


HEAD = 'version = "0"\nschema = 2\nsign_off = "made up"\nopens = []\n'


def protocol_text(questions: int) -> str:
    """A protocol of that many questions that mean nothing, every fifth a follow-up of the one before."""
    return "".join([HEAD, *map(_question, range(questions)), ENDING])


def _question(number: int) -> str:
    extra = 'informs = ["pattern"]\n' if number == 0 else ""
    if number and number % 5 == 0:
        extra = f'when = {{ any_of = {{ q{number - 1} = ["yes", "unsure"] }} }}\n'
    return (
        f'\n[[question]]\nid = "q{number}"\nnumber = "{number}"\ngroup = "made up"\nsign = "sign {number}"\n'
        f'suspects = "nothing"\nyes = "routine"\nunsure = "routine"\nrecheck = false\n'
        f'reason = "Stands for a question of the usual length, with a reason that takes a line to say."\n'
        f'cites = ["NONE"]\nlast_edited = 2026-01-01\n{extra}'
    )


def milliseconds(begun: float) -> float:
    """Since a reading of the clock."""
    return (perf_counter() - begun) * 1e3


def by_questions() -> Iterator[list[str]]:
    """One row for each number of questions: reading, a turn at the start, a turn before the last question."""
    yield ["questions", "read and checked", "turn at the start", "turn at the end"]
    for number in QUESTIONS:
        text = protocol_text(number)
        reads, starts, ends = [], [], []
        for _ in range(ROUNDS):
            begun = perf_counter()
            protocol = read_protocol(text)
            reads.append(milliseconds(begun))
            starts.append(_turn(protocol, answered=1))
            ends.append(_turn(protocol, answered=number - 1))
        yield [str(number), *(f"{median(times):.3f} ms" for times in (reads, starts, ends))]


def _turn(protocol: Protocol, answered: int) -> float:
    answers: dict[QuestionId, Answer] = dict.fromkeys(list(protocol.questions)[:answered], "no")
    begun = perf_counter()
    for _ in range(TURNS):
        next_step(protocol, answers)
    return milliseconds(begun) / TURNS


def by_languages() -> Iterator[list[str]]:
    """One row for each number of languages in the package, all of them but one never spoken."""
    yield ["languages", "start until ready", "first reply", "peak memory"]
    version = package.runtime()
    if pythons.find(version) is None:
        version = next(found for found in SUPPORTED if pythons.find(found))
    with TemporaryDirectory() as folder:
        package.package(Path(folder), version)
        code, python = Path(folder) / "lambda", python_with_client(version)
        for number in LANGUAGES:
            _speak(code / "crampguide" / "speech", number)
            yield [str(number), *_starts(python, code)]


def _speak(speech: Path, languages: int) -> None:
    """Copies of the English words for as many made-up languages as are missing."""
    for number in range(languages - 1):
        name = f"x{chr(97 + number // 26)}{chr(97 + number % 26)}"
        for path in sorted(speech.glob("en*.toml")):
            shutil.copy(path, speech / path.name.replace("en", name, 1))


def _starts(python: Path, code: Path) -> list[str]:
    ready, first, memory = [], [], []
    for _ in range(ROUNDS):
        with LambdaHost(python, code) as host:
            host.invoke(envelope({"type": "LaunchRequest"}, {}, new=True))
            first.append(host.took_seconds * 1e3)
        ready.append(host.ready_seconds * 1e3)
        memory.append(host.peak_mb)
    return [f"{median(ready):.1f} ms", f"{median(first):.1f} ms", f"{median(memory):.1f} MB"]


def questions_section() -> str:
    """Reading and turns by the number of questions."""
    return f"Growth with the protocol, medians of {ROUNDS}\n{table(list(by_questions()))}"


def languages_section() -> str:
    """Start and first reply by the number of languages."""
    return f"Growth with languages that nobody speaks, medians of {ROUNDS}\n{table(list(by_languages()))}"
