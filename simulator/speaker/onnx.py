"""Networks as files of ONNX, on as few cores as they are given."""

from __future__ import annotations

from pathlib import Path

import onnxruntime as ort


def opened(model: Path | bytes, threads: int) -> ort.InferenceSession:
    """A network, ready for use on so many cores, on which nothing of it waits busily."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return ort.InferenceSession(model, options)
