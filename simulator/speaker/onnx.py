"""Networks as files of ONNX, on as few cores as they are given."""

from __future__ import annotations

from pathlib import Path

import onnxruntime as ort


def opened(model: Path | bytes, threads: int, *, unfolded: bool = False) -> ort.InferenceSession:
    """A network, ready for use on so many cores, on which nothing of it waits busily.

    `unfolded`: where its tables are stored as whole numbers they are turned into fractions once, not each
    time that it runs: that takes four times the memory of them, and is right where it computes in fractions.
    """
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.add_session_config_entry("session.disable_quant_qdq", str(int(unfolded)))
    return ort.InferenceSession(model, options)
