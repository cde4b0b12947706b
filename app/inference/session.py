"""Opens a compiled encoder on ONNX Runtime, in the fastest way that is exact on this processor."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import onnxruntime

CPUINFO = Path("/proc/cpuinfo")
"""Where Linux tells what its processors can do."""

_EXACT = {"avx512_vnni", "avx_vnni"}
"""Flags of processors that add products of eight bits in thirty-two, where none overflows."""

_SLOW_FUSIONS = ["SkipLayerNormFusion", "BiasGeluFusion"]
"""ONNX Runtime's fused forms that take longer than what they are made of (docs/benchmarks.md)."""


def open_session(path: Path, *, threads: int | None = None) -> onnxruntime.InferenceSession:
    """Return a session of an encoder; `threads` bounds its own."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads or 0
    # Threads that spin while they wait make a busy neighbour cost up to ten times.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    if not adds_exactly(CPUINFO):
        # Else products of eight bits are added in sixteen, where some overflow: up to three points
        # of F1 for a tenth of the time. Where none would, it takes 1.6 times the time.
        options.add_session_config_entry("session.x64quantprecision", "1")
    return onnxruntime.InferenceSession(
        str(path),
        options,
        providers=["CPUExecutionProvider"],
        disabled_optimizers=_SLOW_FUSIONS,
    )


@cache
def adds_exactly(cpuinfo: Path) -> bool:
    """Tell whether every processor has VNNI, by Linux's list of them; elsewhere nobody knows."""
    try:
        lines = cpuinfo.read_text("utf-8", errors="replace").splitlines()
    except OSError:
        return False
    flags = [set(line.split()) for line in lines if line.startswith("flags")]
    return bool(flags) and all(_EXACT & own for own in flags)
