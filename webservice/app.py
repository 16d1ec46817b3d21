"""The web application: POST on / for Alexa, GET /health for whoever watches it."""

from __future__ import annotations

from flask import Flask, Response
from flask.json.provider import DefaultJSONProvider
from werkzeug.exceptions import RequestEntityTooLarge

from webservice.adapter import Handler, adapt
from webservice.gate import Gate
from webservice.refusal import Reason, RefusedError, log_refusal

LARGEST_BODY = 256 * 1024


class _AsGiven(DefaultJSONProvider):
    sort_keys = False


class _App(Flask):
    json_provider_class = _AsGiven


def create_app(handler: Handler, gate: Gate | None) -> Flask:
    """The application for a handler; without a gate it answers anybody.

    What does not pass the gate, or is no request at all, gets a bare 400 and one line in the log.
    """
    app = _App("webservice", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    adapter = adapt(app, handler, [gate] if gate else [])

    @app.post("/")
    def answer() -> Response:
        try:
            answered: Response = adapter.dispatch_request()
        except RefusedError as refused:
            log_refusal(refused.reason)
        except RequestEntityTooLarge:
            log_refusal(Reason.SIZE)
        except UnicodeDecodeError:
            log_refusal(Reason.BODY)
        except Exception as error:  # noqa: BLE001 - Alexa knows two outcomes, and a trace could quote the body
            log_refusal(Reason.ERROR, error)
        else:
            return answered
        return Response(status=400)

    @app.get("/health")
    def health() -> dict[str, str]:
        return {"status": "ok"}

    return app
