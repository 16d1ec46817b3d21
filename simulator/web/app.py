"""The page's server: it hands out the page, and passes on what the user does to a device."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, abort, request, send_from_directory
from werkzeug.exceptions import HTTPException

from simulator.device import deployed
from simulator.files import read_toml
from simulator.skill import Handler, Skill
from simulator.understanding.resolve import NO, YES
from simulator.web.devices import kinds
from simulator.web.keep import KeepError, as_replay, as_test
from simulator.web.talks import LAUNCH, SILENCE, NoTalkError, Talks

SILENCE_SECONDS = 8.0
LARGEST = 64 * 1024
LONGEST = 400
# Everything the page needs comes from here, and nobody else may frame it or send for it.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

Json = dict[str, Any]


def create_app(  # noqa: PLR0913 - all but the first two may be left out
    skill: Skill,
    skill_id: str,
    locale: str = "en-US",
    *,
    handler: Handler | None = None,
    silence: float = SILENCE_SECONDS,
    profile: str | None = None,
) -> Flask:
    """The application, for one skill, or another `handler` with what that skill has besides.

    `silence` is how long the device waits for an answer, in seconds. A replay file is for the skill that was
    deployed with the `profile` of the ASK CLI. Diagram and models are loaded when it returns, so that nobody
    who comes to the page waits for them.
    """
    app = Flask(__name__, static_url_path="/static")
    app.config["TRUSTED_HOSTS"] = [
        "127.0.0.1",
        "localhost",
    ]  # a name that was pointed at this machine is none
    app.config["MAX_CONTENT_LENGTH"] = LARGEST
    app.json.sort_keys = False  # type: ignore[attr-defined]  # answers stand in the order they were given
    talks = Talks(skill, handler or skill.handler, skill_id)
    diagram, hooks = skill.hook("diagram"), skill.hooks
    known = {
        "locale": locale,
        "title": skill.title,
        "who": hooks.who,
        "locales": {name: _spoken(skill, name) for name in skill.locales},
        "devices": [{**kind._asdict(), "shows": bool(kind.width)} for kind in kinds().values()],
        "silence": silence,
        "diagram": diagram() if diagram else None,
        "codes": read_toml(skill.root / hooks.codes) if hooks.codes else {},
    }
    app.before_request(_from_the_page_only)
    app.after_request(_guard)
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(
        NoTalkError, lambda _: ({"problem": "this conversation is not held any more"}, 404)
    )
    app.register_error_handler(KeepError, lambda error: {"problem": str(error)})

    @app.get("/")
    def page() -> Response:
        return app.send_static_file("index.html")

    @app.get("/bench")
    def bench() -> Json:
        return known

    @app.get("/skill/<path:name>")
    def of_the_skill(name: str) -> Response:
        return send_from_directory(skill.root / hooks.page, name) if hooks.page else abort(404)

    @app.get("/static/icon.svg")
    def icon() -> Response:
        own = bool(hooks.page) and (skill.root / hooks.page / "icon.svg").is_file()
        return of_the_skill("icon.svg") if own else app.send_static_file("icon.svg")

    _talking(app, talks)
    _keeping(app, talks, profile)
    return app


def _talking(app: Flask, talks: Talks) -> None:
    @app.post("/talks")
    def begin() -> Json:
        given = _given()
        kind = kinds().get(_word(given, "device")) or abort(400)
        try:
            return {"talk": talks.begin(_word(given, "locale"), kind)}
        except LookupError:
            abort(400)

    @app.post("/talks/<name>/launch")
    def launch(name: str) -> Json:
        talk = talks.find(name)
        return talk.act(LAUNCH, talk.device.launch)

    @app.post("/talks/<name>/say")
    def say(name: str) -> Json:
        talk = talks.find(name)
        words = talk.device.resolver.typed(_word(_given(), "words"))
        return talk.act(words, lambda: talk.device.say(words))

    @app.post("/talks/<name>/silence")
    def silent(name: str) -> Json:
        talk = talks.find(name)
        return talk.act(SILENCE, talk.device.silence)

    @app.post("/talks/<name>/touch")
    def touch(name: str) -> Json:
        talk, given = talks.find(name), _given()
        arguments, label = given.get("arguments"), _word(given, "label")
        if not isinstance(arguments, list):
            abort(400)
        return talk.act(label.lower(), lambda: talk.device.touch(arguments), touched=True)

    @app.post("/talks/<name>/leave")
    def leave(name: str) -> Json:
        talks.find(name)
        talks.forget(name)
        return {}


def _keeping(app: Flask, talks: Talks, profile: str | None) -> None:
    @app.post("/talks/<name>/replay")
    def replay(name: str) -> Json:
        talk, target = talks.find(name), deployed.target(talks.skill.root, profile)
        with talk.lock:
            return {"text": as_replay(talk, target), "lack": target.lack}

    @app.post("/talks/<name>/test")
    def test(name: str) -> Json:
        talk, given = talks.find(name), _given()
        title, why = _word(given, "name"), _word(given, "why")
        with talk.lock:
            return {"text": as_test(talk, talks, title, why)}


def _spoken(skill: Skill, locale: str) -> Json:
    """Lines that the page offers in a locale: the skill's name, and the shortest answers."""
    resolver = skill.resolver(locale)
    usual, model = resolver.language.data["intents"], resolver.model
    unsure = model.intents.get(resolver.roles.unsure)
    answers = [usual[name][0] for name in (YES, NO) if name in model.intents]
    return {
        "name": model.invocation,
        "calling": resolver.calling,
        "answers": [*answers, *(unsure.samples[:1] if unsure else ())],
    }


def _given() -> Json:
    given = request.get_json()
    if not isinstance(given, dict):
        abort(400)
    return given


def _word(given: Json, key: str) -> str:
    """The words under a key, without what nobody can say."""
    word = given.get(key)
    said = "".join(sign if sign.isprintable() else " " for sign in word) if isinstance(word, str) else ""
    if not said.strip() or len(said) > LONGEST:
        abort(400)
    return said.strip()


def _from_the_page_only() -> None:
    """Another site's page may not talk here, whatever the browser would let it do with the reply."""
    origin = request.headers.get("Origin")
    if origin is not None and origin != request.host_url.rstrip("/"):
        abort(403)


def _guard(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _refused(error: HTTPException) -> tuple[Json, int]:
    return {"problem": error.name}, error.code or 500
