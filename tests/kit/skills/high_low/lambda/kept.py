"""What is kept of a player, in a table of DynamoDB that is made when there is none."""

from __future__ import annotations

import os
from typing import Any

import boto3
from ask_sdk_core.attributes_manager import AbstractPersistenceAdapter
from ask_sdk_model import RequestEnvelope


class Table(AbstractPersistenceAdapter):
    def __init__(self, name: str) -> None:
        database = boto3.resource("dynamodb", region_name=os.environ.get("AWS_REGION", "us-east-1"))
        self._table: Any = database.Table(name)
        if name not in [each.name for each in database.tables.all()]:
            self._table = database.create_table(
                TableName=name,
                KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
                AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
                BillingMode="PAY_PER_REQUEST",
            )

    def get_attributes(self, request_envelope: RequestEnvelope) -> dict[str, Any]:
        found = self._table.get_item(Key={"id": request_envelope.context.system.user.user_id}).get("Item", {})
        return {
            key: int(value) if hasattr(value, "as_tuple") else value
            for key, value in found.get("kept", {}).items()
        }

    def save_attributes(self, request_envelope: RequestEnvelope, attributes: dict[str, Any]) -> None:
        self._table.put_item(Item={"id": request_envelope.context.system.user.user_id, "kept": attributes})

    def delete_attributes(self, request_envelope: RequestEnvelope) -> None:
        self._table.delete_item(Key={"id": request_envelope.context.system.user.user_id})
