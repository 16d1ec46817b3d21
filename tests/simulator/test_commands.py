"""The two commands as a person or a script runs them: a process, a pipe, a terminal."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from simulator.device.deployed import NO_ID

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
BROKEN_SKILL = """\
def lambda_handler(event, context):
    if event["request"]["type"] == "LaunchRequest":
        speech = {"type": "SSML", "ssml": "<speak>Hello?</speak>"}
        return {"version": "1.0", "response": {"outputSpeech": speech, "shouldEndSession": False}}
    {trouble}
"""


def run(*arguments: str, said: str = "", **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "simulator", *arguments],
        input=said,
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **env},
    )


def heed_interrupts() -> None:
    """As under a real terminal; what a run in the background starts would ignore them."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def terminal(home: Path, **env: str) -> pexpect.spawn[str]:
    clean = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    return pexpect.spawn(
        sys.executable,
        ["-m", "simulator", "talk"],
        cwd=str(ROOT),
        env={**clean, "TERM": "xterm-256color", "HOME": str(home), **env},
        encoding="utf-8",
        timeout=240,
        dimensions=(40, 100),
        preexec_fn=heed_interrupts,
    )


def before(talk: pexpect.spawn[str]) -> str:
    """What the terminal showed before the last thing that was waited for."""
    return talk.before or ""


def test_resolve_prints_one_line_of_json_for_each_utterance() -> None:
    done = run("resolve", "--locale", "en-US", said="I can't pee\n\nbanana\nchest pain and a cold foot\n")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert [line["intent"] for line in lines] == [
        "SymptomIntent",
        "AMAZON.FallbackIntent",
        "AMAZON.FallbackIntent",
        "SymptomIntent",
    ]
    assert lines[0] == {
        "utterance": "I can't pee",
        "intent": "SymptomIntent",
        "slots": {"symptom": {"value": "i can't pee", "id": "bladder_or_bowel_change"}},
    }
    assert [value["id"] for value in lines[3]["slots"]["symptom"]["values"]] == [
        "chest_or_breathing",
        "cold_pale_leg",
    ]


def test_resolve_answers_at_once_and_survives_a_reader_that_leaves() -> None:
    done = subprocess.run(  # noqa: S602 - a pipe is what is tested, and nothing in it comes from outside
        f"yes 'no chest pain' | head -2000 | '{sys.executable}' -m simulator resolve | head -1",
        shell=True,
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert json.loads(done.stdout)["intent"] == "NoSymptomIntent"
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["talk", "resolve"])
def test_locale_that_nobody_wrote_is_a_usage_error(command: str) -> None:
    done = run(command, "--locale", "tlh-KX")
    assert done.returncode == 2
    assert "no interaction model for tlh-KX (there are: " in done.stderr
    assert "en-US" in done.stderr
    assert "Traceback" not in done.stderr


def test_help_tells_the_exit_codes() -> None:
    done = run("talk", "--help")
    assert done.returncode == 0
    assert "exit codes:" in done.stdout


def test_pipe_holds_a_conversation() -> None:
    done = run("talk", said="yes\nno\ni can't pee\n:why\n:state\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert "you    yes\n" in done.stdout
    assert "skill  " in done.stdout
    assert "911" in done.stdout
    assert "SymptomIntent  symptom = bladder_or_bowel_change (i can't pee)" in done.stdout
    assert "bladder_or_bowel_change  yes" in done.stdout
    assert "level: emergency" in done.stdout
    assert "\033" not in done.stdout


def test_why_shows_how_own_words_were_read() -> None:
    done = run("talk", said="yes\nmy foot looks like candle wax\n:why\nno\n:why\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("cold_pale_leg 0.") + done.stdout.count("cold_pale_leg 1.") == 1
    assert done.stdout.count("stance: reported") == 1


def test_a_yes_or_no_may_be_typed_as_one_letter() -> None:
    done = run("talk", said="y\nN\no. k.\n:state\n")
    assert done.returncode == 0
    assert "any chest pain" in done.stdout
    assert "bladder_or_bowel_change  yes" in " ".join(done.stdout.split("\n"))
    assert run("resolve", said="pins n needles\n").stdout.count("AMAZON.NoIntent") == 0


def test_pipe_speaks_the_locale_that_is_asked_for() -> None:
    done = run("talk", "--locale", "en-GB", said="i can't pee\n")
    assert done.returncode == 0
    assert "999" in done.stdout
    assert "911" not in done.stdout


def test_same_lines_get_the_same_conversation() -> None:
    said = "yes\nno\nwhy\nno\n"
    assert run("talk", said=said).stdout == run("talk", said=said).stdout


def test_silence_in_a_pipe_is_an_empty_line() -> None:
    done = run("talk", said="\n\n")
    assert done.returncode == 0
    assert done.stdout.count("you    (silence)") == 2
    assert done.stdout.rstrip().endswith('[session over; "open leg cramp guide" starts another]')


def test_lines_after_the_end_are_counted_and_a_launch_goes_on() -> None:
    done = run("talk", said="stop\nyes\nno\nopen leg cramp guide\n")
    assert done.returncode == 0
    assert done.stdout.count('no session is open; "open leg cramp guide" starts one') == 2
    assert done.stdout.rstrip().endswith("[listening]")
    assert done.stderr == "2 lines were not heard: the session was over\n"


def test_last_exchange_is_there_to_read() -> None:
    done = run("talk", said="i have a fever\n:json\n:quit\nyes\n")
    shown = done.stdout[done.stdout.index("\n{\n") : done.stdout.rindex("\n}\n") + 2]
    exchange = json.loads(shown)
    assert exchange["request"]["request"]["intent"]["name"] == "SymptomIntent"
    assert exchange["response"]["version"] == "1.0"
    assert "you    yes" not in done.stdout


def test_conversation_is_saved_and_replayed(tmp_path: Path) -> None:
    saved = tmp_path / "saved talk.json"
    first = run("talk", said=f"yes\nno\n\nno\n:save {saved}\n")
    document = json.loads(saved.read_text(encoding="utf-8"))
    assert document["userInput"] == ["open leg cramp guide", "yes", "no", "no", ".quit"]
    assert (document["locale"], document["type"]) == ("en-US", "text")

    second = run("talk", said=f":replay {saved}\n:state\n")
    assert second.returncode == 0
    assert [line for line in first.stdout.splitlines() if line.startswith("you    no")] == [
        line for line in second.stdout.splitlines() if line.startswith("you    no")
    ]
    assert "chest_or_breathing" in second.stdout


def test_a_conversation_is_saved_for_the_skill_that_was_deployed_or_says_that_none_was(
    tmp_path: Path,
) -> None:
    file = tmp_path / "talk.json"
    for env, skill_id in (
        ({"SKILL_ID": "amzn1.ask.skill.x"}, "amzn1.ask.skill.x"),
        ({"SKILL_ID": ""}, NO_ID),
    ):
        done = run("talk", "--profile", "never-deployed", said=f":save {file}\n", **env)
        assert json.loads(file.read_text(encoding="utf-8"))["skillId"] == skill_id
        assert f"ask dialog -r {file}" in done.stdout
        assert (f'in place of "{NO_ID}"' in done.stdout) is (skill_id == NO_ID)


def test_what_cannot_be_done_is_said_and_the_talk_goes_on(tmp_path: Path) -> None:
    done = run("talk", said=f":nonsense\n:save\n:save {tmp_path}\n:replay {tmp_path}/none.json\nyes\n")
    assert done.returncode == 0
    for line in ("there is no :nonsense", ":save needs the name", "cannot save", "cannot replay"):
        assert line in done.stdout
    assert done.stdout.rstrip().endswith("[listening]")


@pytest.mark.parametrize(
    ("trouble", "message"),
    [
        ('raise ValueError("oh dear")', "the skill raised ValueError: oh dear"),
        (
            'return {"version": "1.0", "response": {"shouldEndSession": "no"}}',
            "Alexa would refuse this response",
        ),
    ],
)
def test_broken_skill_fails_the_command(tmp_path: Path, trouble: str, message: str) -> None:
    (tmp_path / "lambda_function.py").write_text(BROKEN_SKILL.replace("{trouble}", trouble), encoding="utf-8")
    (tmp_path / "models").symlink_to(ROOT / "interaction_models")
    done = run("talk", "--skill", str(tmp_path), said="yes\n")
    assert done.returncode == 1
    assert message in done.stdout


def test_terminal_has_colour_a_prompt_and_line_editing(tmp_path: Path) -> None:
    talk = terminal(tmp_path)
    talk.expect("listening")
    assert "\033[36m" in before(talk)
    talk.expect("you ")
    talk.send("yess\x7f\r")
    talk.expect("chest pain")
    talk.expect("listening")
    talk.send("\x1b[A\x01:why \x0b\r")
    talk.expect("AMAZON.YesIntent")
    talk.sendeof()
    talk.expect(pexpect.EOF)
    talk.close()
    assert talk.exitstatus == 0
    assert list(tmp_path.iterdir()) == [], "nothing that was said may be left on disk"


def test_terminal_without_colour_on_request(tmp_path: Path) -> None:
    talk = terminal(tmp_path, NO_COLOR="1")
    talk.expect("listening")
    assert "\033[36m" not in before(talk)
    talk.sendline(":quit")
    talk.expect(pexpect.EOF)
    talk.close()
    assert talk.exitstatus == 0


def test_interrupt_leaves_quietly(tmp_path: Path) -> None:
    talk = terminal(tmp_path)
    talk.expect("listening")
    talk.expect("you ")
    # What is echoed has been read, so the line editor waits: a signal cannot be lost on the way there.
    talk.send("hold")
    talk.expect("hold")
    talk.expect([pexpect.TIMEOUT], timeout=1)
    talk.sendintr()
    talk.expect(pexpect.EOF)
    talk.close()
    assert talk.exitstatus == 0
    assert "Traceback" not in before(talk)
