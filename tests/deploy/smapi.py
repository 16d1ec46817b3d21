"""The part of Amazon's Skill Management API that the ASK CLI talks to, on loopback.

It is as strict as the API description: a manifest or an interaction model that breaks the schema is refused.
A simulation is answered by the skill that the manifest's endpoint names.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from types import TracebackType
from typing import Any, ClassVar, NamedTuple, Self

from simulator.device.echo import Device, Exchange
from simulator.skill import Handler, here
from tools.models.strict import MANIFEST, MODEL, violations

Json = dict[str, Any]
SKILL_ID = "amzn1.ask.skill.11111111-2222-4333-8444-555555555555"
TOKEN = "loopback-token"  # noqa: S105 - opens nothing
VENDOR = "MLOOPBACK"
MODEL_PATH = re.compile(r"interactionModels/custom/([a-z]{2}-[A-Z]{2})\.json")


class Answer(NamedTuple):
    status: int
    body: Json | None = None
    location: str = ""


class Imported(NamedTuple):
    """What came of an uploaded package."""

    problems: list[str]
    locales: list[str]


class Smapi:
    """The service with one vendor and at most one skill. `url` is where it listens.

    `skill_at` finds the handler behind an endpoint of the manifest.
    """

    def __init__(self, skill_at: Callable[[str], Handler]) -> None:
        self._skill_at = skill_at
        self.manifest: Json = {}
        self.models: dict[str, Json] = {}
        self.calls: list[str] = []
        self.enabled = False
        self.turns: list[Exchange] = []
        self._upload = b""
        self._imports: list[Imported] = []
        self._devices: dict[str, Device] = {}
        self._polled: set[str] = set()
        self._lock = Lock()
        self._server = _Server(("127.0.0.1", 0), self)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, method: str, path: str, body: bytes) -> Answer:
        """What Amazon answers; 404 for a call that this service does not know."""
        with self._lock:
            self.calls.append(f"{method} {path}")
            for pattern, reply in self._ROUTES.items():
                found = re.fullmatch(pattern, f"{method} {path}")
                if found:
                    return reply(self, body, *found.groups())
        return Answer(404, {"message": f"no such call: {method} {path}"})

    def _begin_upload(self, _: bytes) -> Answer:
        return Answer(201, {"uploadUrl": f"{self.url}/upload", "expiresAt": "2099-01-01T00:00:00Z"})

    def _take_upload(self, body: bytes) -> Answer:
        self._upload = body
        return Answer(200, {})

    def _import(self, body: bytes) -> Answer:
        if json.loads(body).get("location") != f"{self.url}/upload":
            return Answer(400, {"message": "nothing was uploaded there"})
        self._imports.append(self._unpacked(self._upload))
        return Answer(202, location=f"/v1/skills/imports/{len(self._imports)}")

    def _import_status(self, _: bytes, number: str) -> Answer:
        if self._not_yet(f"import {number}"):
            return Answer(200, {"status": "IN_PROGRESS"})
        found = self._imports[int(number) - 1]
        status = "FAILED" if found.problems else "SUCCEEDED"
        names = ["Manifest", *(f"InteractionModel.{locale}" for locale in found.locales)]
        errors = [{"message": problem} for problem in found.problems]
        resources = [{"name": name, "status": status, "errors": errors} for name in names]
        return Answer(200, {"status": status, "skill": {"skillId": SKILL_ID, "resources": resources}})

    def _read_manifest(self, _: bytes) -> Answer:
        return Answer(200, self.manifest) if self.manifest else Answer(404, {"message": "no such skill"})

    def _write_manifest(self, body: bytes) -> Answer:
        manifest = json.loads(body)
        problems = violations(manifest, MANIFEST)
        if problems:
            return Answer(400, {"message": "; ".join(problems)})
        self.manifest = manifest
        return Answer(202, location=f"/v1/skills/{SKILL_ID}/status")

    def _status(self, _: bytes) -> Answer:
        done = {"lastUpdateRequest": {"status": "SUCCEEDED"}}
        models = dict.fromkeys(self.models, done)
        return Answer(200, {"manifest": done, "interactionModel": models})

    def _read_enablement(self, _: bytes) -> Answer:
        return Answer(204) if self.enabled else Answer(404, {"message": "not enabled"})

    def _enable(self, _: bytes) -> Answer:
        self.enabled = True
        return Answer(204)

    def _simulate(self, body: bytes) -> Answer:
        asked = json.loads(body)
        device = self._device(asked["device"]["locale"])
        if asked.get("session", {}).get("mode") == "FORCE_NEW_SESSION":
            device.end()
        self.turns.append(device.say(asked["input"]["content"]))
        return Answer(200, {"id": str(len(self.turns)), "status": "IN_PROGRESS", "result": None})

    def _simulation(self, _: bytes, number: str) -> Answer:
        turn = self.turns[int(number) - 1]
        captions = [{"type": "Speech", "content": {"caption": turn.text}}] if turn.text else []
        call = {
            "invocationRequest": {"endpoint": self._endpoint(), "body": turn.request},
            "invocationResponse": {"body": turn.response},
        }
        result = {
            "alexaExecutionInfo": {"alexaResponses": captions},
            "skillExecutionInfo": {"invocations": [call]},
        }
        return Answer(200, {"id": number, "status": "SUCCESSFUL", "result": result})

    def _unpacked(self, package: bytes) -> Imported:
        """Takes a package over, unless something in it breaks the schema."""
        with zipfile.ZipFile(io.BytesIO(package)) as files:
            held = {name: files.read(name) for name in files.namelist() if not name.endswith("/")}
        manifest = json.loads(held.pop("skill.json"))
        models = {found[1]: json.loads(held[name]) for name in held if (found := MODEL_PATH.fullmatch(name))}
        problems = [f"skill.json: {problem}" for problem in violations(manifest, MANIFEST)]
        for locale, model in models.items():
            problems += [f"{locale}: {problem}" for problem in violations(model, MODEL)]
        missing = manifest["manifest"]["publishingInformation"]["locales"].keys() - models.keys()
        problems += [f"{locale}: no interaction model" for locale in sorted(missing)]
        if not problems:
            self.manifest, self.models = manifest, models
        return Imported(problems, sorted(models))

    def _not_yet(self, what: str) -> bool:
        """Whether this is asked for the first time: Amazon takes its time."""
        first = what not in self._polled
        self._polled.add(what)
        return first

    def _endpoint(self) -> str:
        found: str = self.manifest["manifest"]["apis"]["custom"]["endpoint"]["uri"]
        return found

    def _device(self, locale: str) -> Device:
        if locale not in self._devices:
            self._devices[locale] = Device(
                self._skill_at(self._endpoint()),
                locale,
                resolver=here().resolver(locale),
                skill_id=SKILL_ID,
            )
        return self._devices[locale]

    _STAGE = f"/v[12]/skills/{re.escape(SKILL_ID)}/stages/development"
    _ROUTES: ClassVar[dict[str, Callable[..., Answer]]] = {
        r"POST /v1/skills/uploads": _begin_upload,
        r"PUT /upload": _take_upload,
        rf"POST /v1/skills(?:/{re.escape(SKILL_ID)})?/imports": _import,
        r"GET /v1/skills/imports/(\d+)": _import_status,
        rf"GET {_STAGE}/manifest": _read_manifest,
        rf"PUT {_STAGE}/manifest": _write_manifest,
        rf"GET /v1/skills/{re.escape(SKILL_ID)}/status\?.*": _status,
        rf"GET {_STAGE}/enablement": _read_enablement,
        rf"PUT {_STAGE}/enablement": _enable,
        rf"POST {_STAGE}/simulations": _simulate,
        rf"GET {_STAGE}/simulations/(\d+)": _simulation,
    }


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int], service: Smapi) -> None:
        super().__init__(address, _Exchange)
        self.service = service


class _Exchange(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        trusted = self.path == "/upload" or self.headers.get("Authorization") == TOKEN
        answer = (
            self.server.service.answer(self.command, self.path, body)
            if trusted
            else Answer(401, {"message": "who are you?"})
        )
        self._send(answer)

    do_POST = do_PUT = do_GET  # noqa: N815 - the names that the base looks for

    def _send(self, answer: Answer) -> None:
        content = b"" if answer.body is None else json.dumps(answer.body).encode()
        self.send_response_only(answer.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("ETag", '"1"')
        if answer.location:
            self.send_header("Location", answer.location)
        if answer.status != 204:  # which has no length either
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that the base gives it
        """Nothing: what was called is in the service's list."""
