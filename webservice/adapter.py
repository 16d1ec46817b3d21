"""flask-ask-sdk, made to serve the skill's own handler on any of today's systems.

The library imports ``certvalidator``, and that a package which fails to import beside an OpenSSL such as
3.0.19. Nothing but the library's own verifier needs it, and here ``webservice.gate`` verifies; so it is stood
in for while the library is imported.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from ask_sdk_core.skill import CustomSkill
from ask_sdk_core.skill_builder import SkillBuilder
from flask import Flask

from webservice.gate import Gate, Json
from webservice.refusal import Reason, RefusedError

Handler = Callable[[Json, Any], Json]


@contextmanager
def _stand_in() -> Iterator[None]:
    """Names for the library to import, which cannot validate anything; gone afterwards."""
    errors = ModuleType("certvalidator.errors")
    package = ModuleType("certvalidator")
    vars(errors).update(ValidationError=Exception, PathError=Exception)
    vars(package).update(CertificateValidator=None, errors=errors)
    names = {"certvalidator": package, "certvalidator.errors": errors}
    before = {name: sys.modules.pop(name) for name in names if name in sys.modules}
    sys.modules.update(names)
    try:
        yield
    finally:
        for name in names:
            del sys.modules[name]
        sys.modules.update(before)


with _stand_in():
    from flask_ask_sdk.skill_adapter import (
        VERIFY_SIGNATURE_APP_CONFIG,
        VERIFY_TIMESTAMP_APP_CONFIG,
        SkillAdapter,
    )


class _PlainJson:
    """In place of the SDK's serializer: the handler takes and gives JSON."""

    def deserialize(self, payload: str, obj_type: object) -> Json:  # noqa: ARG002 - the SDK's name and shape
        """The request as a dict; whatever its other parts are is for the handler to bear."""
        try:
            event = json.loads(payload)
        except (ValueError, RecursionError):
            raise RefusedError(Reason.BODY) from None
        request = event.get("request") if isinstance(event, dict) else None
        if not isinstance(request, dict) or not isinstance(request.get("type"), str):
            raise RefusedError(Reason.BODY)
        whole: Json = event
        return whole

    def serialize(self, obj: Json) -> Json:
        """The response as it is."""
        return obj


class _HandledSkill(CustomSkill):
    """The skill the library serves: all that the handler does on Lambda, its log line and apologies too."""

    def __init__(self, handler: Handler) -> None:
        super().__init__(SkillBuilder().skill_configuration)
        self.serializer = _PlainJson()  # type: ignore[assignment]
        self._handler = handler

    def invoke(self, request_envelope: Json, context: object) -> Json:  # type: ignore[override]
        """Call the handler."""
        return self._handler(request_envelope, context)


def adapt(app: Flask, handler: Handler, gates: Sequence[Gate]) -> SkillAdapter:
    """The library's adapter for this handler; requests pass these gates and none of the library's own."""
    app.config.update({VERIFY_SIGNATURE_APP_CONFIG: False, VERIFY_TIMESTAMP_APP_CONFIG: False})
    return SkillAdapter(_HandledSkill(handler), skill_id="", verifiers=list(gates), app=app)
