"""A tip and an exercise that are added to a copy of the skill as data and words alone are heard from it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

LAMBDA = Path(__file__).parents[2] / "lambda"
TIP = """
[[tip]]
id = "hum_a_tune"
patterns = ["cramp"]
topics = ["mood"]
first = { any_of = { short_cramp = "yes" } }
caution = "None."
cites = ["GK"]
last_edited = 2026-11-22
"""
EXERCISE = """
[[exercise]]
id = "heel_lift"
number = "X9"
patterns = ["cramp"]
sides = 2
times = 2
caution = "None."
cites = ["GK"]
last_edited = 2026-11-22
steps = [{ id = "lift", part = "each", hold = 10 }]
"""
SAID_OF_THE_TIP = 'hum_a_tune = "Hum a tune."'
SAID_OF_THE_EXERCISE = """
[heel_lift]
intro = "The heel lift."

[heel_lift.lift]
step = "Lift both heels."
again = "Lift."
"""
HEARD = """
import json, logging
from lambda_function import lambda_handler
logging.getLogger("crampguide").setLevel(logging.ERROR)
from crampguide.triage import load_protocol
answers = {id_: "no" for id_ in load_protocol().questions if id_ != "under_sixteen"} | {"short_cramp": "yes"}
attributes = {"v": 2, "answers": answers, "asking": None, "offer": "tips", "level": "self_care",
              "pattern": "cramp", "history": " ".join(answers), "confirmed": True, "turn": 20}
said = []
def hear(name, **slots):
    global attributes
    slots = {slot: {"name": slot, "value": id_, "resolutions": {"resolutionsPerAuthority": [
        {"authority": "a", "status": {"code": "ER_SUCCESS_MATCH"},
         "values": [{"value": {"name": id_, "id": id_}}]}
    ]}} for slot, id_ in slots.items()}
    event = {"version": "1.0", "session": {"new": False, "sessionId": "s", "attributes": attributes,
             "application": {"applicationId": "a"}}, "context": {},
             "request": {"type": "IntentRequest", "requestId": "r", "locale": "en-US",
                         "intent": {"name": name, "slots": slots}}}
    answer = lambda_handler(event, None)
    attributes = answer["sessionAttributes"]
    said.append(answer["response"]["outputSpeech"]["ssml"])
hear("TipsIntent")
hear("ExerciseIntent", exercise="heel_lift")
hear("AMAZON.NextIntent")
hear("AMAZON.NextIntent")
hear("HowManyLeftIntent")
print(json.dumps(said))
"""


def test_a_tip_and_an_exercise_are_data_and_words_alone(tmp_path: Path) -> None:
    copy = tmp_path / "lambda"
    shutil.copytree(LAMBDA, copy, ignore=shutil.ignore_patterns("__pycache__"))
    package = copy / "crampguide"
    for name, entry in (("tips", TIP), ("exercises", EXERCISE)):
        with (package / "relief" / f"{name}.toml").open("a", encoding="utf-8") as data:
            data.write(entry)
    words = package / "speech" / "en"
    tip = words / "tips.toml"
    tip.write_text(tip.read_text("utf-8").replace("[tip]", f"[tip]\n{SAID_OF_THE_TIP}"), encoding="utf-8")
    with (words / "exercises.toml").open("a", encoding="utf-8") as exercises:
        exercises.write(SAID_OF_THE_EXERCISE)
    done = subprocess.run([sys.executable, "-c", HEARD], cwd=copy, capture_output=True, text=True, check=True)
    tips, intro, first, second, left = json.loads(done.stdout.splitlines()[-1])
    assert tips.startswith("<speak>Hum a tune.")
    assert "The heel lift. Shall we start?" in intro
    assert "Lift both heels. One. <break" in first
    assert "The last one. Lift. One. <break" in second
    assert "then the other leg" in left
