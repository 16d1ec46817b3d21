"""A small interaction model and a small real skill, for testing the emulator by itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_core.skill_builder import SkillBuilder
from ask_sdk_core.utils import get_simple_slot_values, get_slot_value_v2, is_intent_name, is_request_type
from ask_sdk_model import Response

from simulator.device.echo import Device
from simulator.skill import Handler, here
from simulator.understanding.model import InteractionModel, parse_model
from simulator.understanding.resolve import Resolver
from tools.simulated.roles import ROLES


@pytest.fixture(scope="session")
def model() -> InteractionModel:
    path = Path(__file__).with_name("small-model.json")
    return parse_model(json.loads(path.read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def resolver(model: InteractionModel) -> Resolver:
    return Resolver(model, here().language("en-US"), roles=ROLES)


@pytest.fixture
def events() -> list[dict[str, Any]]:
    """Every event that the small skill was sent."""
    return []


@pytest.fixture
def handler(events: list[dict[str, Any]]) -> Handler:
    """A skill that counts its turns, says what it heard, and stops when it is told to."""
    builder = SkillBuilder()

    @builder.request_handler(can_handle_func=is_request_type("LaunchRequest"))
    def launch(handler_input: HandlerInput) -> Response:
        handler_input.attributes_manager.session_attributes = {"turns": 1}
        return handler_input.response_builder.speak("Hello. Shall I check?").ask("Shall I?").response

    @builder.request_handler(can_handle_func=is_intent_name("AMAZON.StopIntent"))
    def stop(handler_input: HandlerInput) -> Response:
        return handler_input.response_builder.speak("Bye.").set_should_end_session(True).response

    @builder.request_handler(can_handle_func=is_intent_name("AMAZON.HelpIntent"))
    def unsaid(handler_input: HandlerInput) -> Response:
        return handler_input.response_builder.speak("Look at your screen.").response

    @builder.request_handler(can_handle_func=is_intent_name("SymptomIntent"))
    def sign(handler_input: HandlerInput) -> Response:
        slot: Any = get_slot_value_v2(handler_input, "symptom")
        values: Any = get_simple_slot_values(slot)
        ids = [value.resolutions.resolutions_per_authority[0].values[0].value.id for value in values]
        return handler_input.response_builder.speak(" and ".join(ids)).ask("More?").response

    @builder.request_handler(can_handle_func=is_request_type("SessionEndedRequest"))
    def ended(handler_input: HandlerInput) -> Response:
        return handler_input.response_builder.response

    @builder.request_handler(can_handle_func=is_intent_name("AMAZON.CancelIntent"))
    def broken(_: HandlerInput) -> Response:
        raise RuntimeError("broken on purpose")

    @builder.request_handler(can_handle_func=is_request_type("IntentRequest"))
    def other(handler_input: HandlerInput) -> Response:
        attributes = handler_input.attributes_manager.session_attributes or {}
        handler_input.attributes_manager.session_attributes = {"turns": attributes.get("turns", 0) + 1}
        return handler_input.response_builder.speak("Go on.").ask("Still there?").response

    skill: Any = builder.lambda_handler()

    def handle(event: dict[str, Any], context: object) -> dict[str, Any]:
        events.append(event)
        response: dict[str, Any] = skill(event, context)
        return response

    return handle


@pytest.fixture
def device(handler: Handler, resolver: Resolver) -> Device:
    return Device(handler, resolver=resolver)
