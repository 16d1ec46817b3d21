"""The table in DynamoDB. boto3, which the Lambda runtime brings along, is loaded by the first call."""

from __future__ import annotations

from threading import Lock
from typing import Any

from crampguide.memory.deadline import Deadline
from crampguide.memory.record import Item

_PATIENCE = 0.25
"""Seconds that an abandoned call may linger for each of connecting and reading; nothing is tried twice."""


class ConflictError(Exception):
    """Someone else has changed the row in the meantime."""


class NoCredentialsError(Exception):
    """Nothing says as whom the table may be reached."""


class NotDynamoDBError(Exception):
    """Something else answered than DynamoDB, such as the page of a network one must log in to."""


class Table:
    """Rows by key. Everything but loading boto3, once in a process, happens within the deadline."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._making = Lock()
        self._session: Any = None
        self._made: Any = None

    def load(self, key: str, deadline: Deadline) -> Item | None:
        """The row, None where there is none. It is never one that is out of date."""
        found = self._call(deadline, "get_item", Key={"id": {"S": key}}, ConsistentRead=True)
        item: Item | None = found.get("Item")
        return item

    def save(self, item: Item, over: int, deadline: Deadline) -> None:
        """Writes the row over version ``over`` of itself, 0 being none.

        Raises ``ConflictError`` where another version stands there.
        """
        condition: dict[str, Any] = {"ConditionExpression": "attribute_not_exists(id)"}
        if over:
            condition = {
                "ConditionExpression": "version = :over",
                "ExpressionAttributeValues": {":over": {"N": str(over)}},
            }
        try:
            self._call(deadline, "put_item", Item=item, **condition)
        except self._client(deadline).exceptions.ConditionalCheckFailedException:
            raise ConflictError from None

    def erase(self, key: str, deadline: Deadline) -> None:
        """Removes the row, if there is one."""
        self._call(deadline, "delete_item", Key={"id": {"S": key}})

    def _call(self, deadline: Deadline, operation: str, **what: object) -> dict[str, Any]:
        call = getattr(self._client(deadline), operation)
        answer: dict[str, Any] = deadline.run(lambda: call(TableName=self._name, **what))
        # boto3 takes any page for an empty answer, and an erasure must not be believed on such grounds.
        if "RequestId" not in answer["ResponseMetadata"]:
            raise NotDynamoDBError
        return answer

    def _client(self, deadline: Deadline) -> Any:  # noqa: ANN401 - boto3 makes its clients at run time
        with self._making:
            if self._made is None:
                self._made = self._make(deadline)
            return self._made

    def _make(self, deadline: Deadline) -> Any:  # noqa: ANN401
        import boto3  # noqa: PLC0415 - a quarter of a second that only the memory needs
        from botocore.config import Config  # noqa: PLC0415

        self._session = self._session or boto3.session.Session()
        # Credentials may have to be asked for over the network; the client then finds them in the session.
        if deadline.run(self._session.get_credentials) is None:
            raise NoCredentialsError
        config = Config(connect_timeout=_PATIENCE, read_timeout=_PATIENCE, retries={"total_max_attempts": 1})
        return self._session.client("dynamodb", config=config)
