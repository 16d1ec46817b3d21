"""The skill package of the ASK CLI: manifest, interaction models, assets."""

from __future__ import annotations

import shutil
from pathlib import Path

ROOT = Path(__file__).parents[2]


def assemble(folder: Path) -> None:
    """Fill the folder with copies: the CLI rewrites its manifest and follows no links."""
    shutil.copy(ROOT / "skill.json", folder / "skill.json")
    models = folder / "interactionModels" / "custom"
    models.mkdir(parents=True)
    for model in sorted((ROOT / "interaction_models").glob("*-*.json")):
        shutil.copy(model, models / model.name)
    images = folder / "assets" / "images"
    images.mkdir(parents=True)
    for image in sorted((ROOT / "assets").glob("*.png")):
        shutil.copy(image, images / image.name)
