"""Has a number guessed, and keeps in DynamoDB how often somebody played, in the manner of Amazon's sample."""

from __future__ import annotations

import random

from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_core.skill_builder import CustomSkillBuilder
from ask_sdk_core.utils import is_intent_name, is_request_type
from ask_sdk_model import Response
from kept import Table

builder = CustomSkillBuilder(persistence_adapter=Table("High-Low-Game"))


def playing(handler_input: HandlerInput) -> bool:
    return bool(handler_input.attributes_manager.session_attributes.get("state") == "STARTED")


def answer(handler_input: HandlerInput, text: str, again: str) -> Response:
    return handler_input.response_builder.speak(text).ask(again).response


def keep(handler_input: HandlerInput) -> None:
    manager = handler_input.attributes_manager
    manager.persistent_attributes = manager.session_attributes
    manager.save_persistent_attributes()


@builder.request_handler(can_handle_func=is_request_type("LaunchRequest"))
def launch(handler_input: HandlerInput) -> Response:
    kept = handler_input.attributes_manager.persistent_attributes or {
        "declined": 0,
        "played": 0,
        "state": "ENDED",
    }
    handler_input.attributes_manager.session_attributes = kept
    text = f"Welcome to high and low. You have played {kept['played']} times. Would you like to play?"
    return answer(handler_input, text, "Say yes to play, or no to leave.")


@builder.request_handler(can_handle_func=is_intent_name("AMAZON.HelpIntent"))
def explain(handler_input: HandlerInput) -> Response:
    text = "I think of a number from zero to one hundred. Guess it, and I say if mine is higher or lower."
    return answer(handler_input, text, "Try saying a number.")


@builder.request_handler(
    can_handle_func=lambda handler_input: any(
        is_intent_name(f"AMAZON.{name}Intent")(handler_input) for name in ("Stop", "Cancel")
    )
)
def leave(handler_input: HandlerInput) -> Response:
    return handler_input.response_builder.speak("Thanks for playing.").set_should_end_session(True).response


@builder.request_handler(can_handle_func=is_request_type("SessionEndedRequest"))
def ended(handler_input: HandlerInput) -> Response:
    return handler_input.response_builder.response


@builder.request_handler(
    can_handle_func=lambda handler_input: (
        not playing(handler_input) and is_intent_name("AMAZON.YesIntent")(handler_input)
    )
)
def begin(handler_input: HandlerInput) -> Response:
    session = handler_input.attributes_manager.session_attributes
    session |= {"state": "STARTED", "number": random.randint(0, 100), "guesses": 0}  # noqa: S311 - a game
    return answer(handler_input, "Great. Say a number to begin.", "Try saying a number.")


@builder.request_handler(
    can_handle_func=lambda handler_input: (
        not playing(handler_input) and is_intent_name("AMAZON.NoIntent")(handler_input)
    )
)
def decline(handler_input: HandlerInput) -> Response:
    session = handler_input.attributes_manager.session_attributes
    session["state"] = "ENDED"
    session["declined"] += 1
    keep(handler_input)
    return handler_input.response_builder.speak("Okay. Until next time.").response


@builder.request_handler(
    can_handle_func=lambda handler_input: (
        playing(handler_input) and is_intent_name("GuessIntent")(handler_input)
    )
)
def guess(handler_input: HandlerInput) -> Response:
    session = handler_input.attributes_manager.session_attributes
    guessed = int(handler_input.request_envelope.request.intent.slots["number"].value)
    session["guesses"] += 1
    if guessed != session["number"]:
        wrong, other = ("high", "smaller") if guessed > session["number"] else ("low", "larger")
        return answer(
            handler_input, f"{guessed} is too {wrong}. Try a {other} number.", f"Try a {other} number."
        )
    session["played"] += 1
    session["state"] = "ENDED"
    keep(handler_input)
    text = (
        f"Well done, it was {guessed}. You needed {session['guesses']} guesses. Would you like to play again?"
    )
    return answer(handler_input, text, "Say yes to play again, or no to leave.")


@builder.request_handler(can_handle_func=lambda handler_input: True)  # noqa: ARG005 - as the SDK calls it
def anything_else(handler_input: HandlerInput) -> Response:
    return answer(handler_input, "Say yes to go on, or no to leave.", "Say yes to go on, or no to leave.")


@builder.exception_handler(can_handle_func=lambda handler_input, exception: True)  # noqa: ARG005 - as above
def broken(handler_input: HandlerInput, exception: Exception) -> Response:  # noqa: ARG001 - as above
    return answer(handler_input, "Sorry, I did not get that. Please say it again.", "Please say it again.")


lambda_handler = builder.lambda_handler()
