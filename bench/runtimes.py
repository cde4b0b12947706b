"""The runtimes that could serve the model, on its real weights: time, and how far from torch.

python bench/runtimes.py [--rounds N] [--json FILE]

One run of the same comments on ONNX Runtime in eight bits (as served; with and without its precise
mode, without which sums overflow on processors that lack VNNI; with all of its fusions), in single
precision, and on OpenVINO: our compiled encoder, single precision, and eight bits by NNCF,
calibrated on other comments. Needs `pip install 'fingerpost[bench]'`.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import nncf
import numpy as np
import onnxruntime
import openvino
import torch
from contenders import ours
from goals import Row, write_rows
from rounds import rate, ratio, take_turns
from safetensors.numpy import load_file
from texts import MODEL, hypotheses, readings, some, written_comments
from threadpoolctl import threadpool_limits

from app.inference.compiled_scorer import ENCODER, HEADS, CompiledRunner
from app.inference.folder import open_folder
from app.inference.scorer import ModelScorer
from app.inference.session import open_session
from app.inference.torch_scorer import load_scorer
from app.inference.weights import load_model
from models.training.eight_bits import write_exact

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    import numpy.typing as npt

    from app.domain.reading import Reading
    from app.inference.folder import ModelFolder

    Arrays = Mapping[str, npt.NDArray[Any]]

MANY = 64
TARGETS = 5
CALIBRATION_TEXTS = 96
PRECISE = "session.x64quantprecision"
SERVED = "ONNX Runtime, int8, as served"
TORCH = "torch, fp32"


def main() -> None:
    """Measure all, and print or write the rows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    torch.set_num_threads(1)
    threadpool_limits(1, user_api="blas")  # as where the model is served
    texts, targets = some(written_comments(), MANY), hypotheses(TARGETS)
    with TemporaryDirectory() as folder:
        scorers = load_all(Path(folder))
    everybody = [ours(name, scorer, texts, targets) for name, scorer in scorers.items()]
    seconds = take_turns(everybody, args.rounds)
    asked = readings(texts, targets)
    exact = answers(scorers[TORCH], asked)
    rows = []
    for name, scorer in scorers.items():
        apart = np.abs(answers(scorer, asked) - exact)
        found = (
            f"{rate(seconds, name)} comments a second of a core, {ratio(seconds, name, SERVED)} "
            f"times the time of what is served; probabilities {apart.mean():.4f} from torch, "
            f"at most {apart.max():.2f}"
        )
        rows.append(Row("", name, "", found))
    write_rows(args.json, rows)


def load_all(folder: Path) -> dict[str, ModelScorer]:
    """Return the model on every runtime, each on one thread."""
    model = open_folder(MODEL, [MODEL / ENCODER, MODEL / HEADS])
    whole = folder / "whole.onnx"
    write_exact(load_model(MODEL).network, whole)
    core = openvino.Core()
    rounded = nncf.quantize(
        core.read_model(whole),
        nncf.Dataset(inputs_of(model)),
        model_type=nncf.ModelType.TRANSFORMER,
    )
    sessions = {
        SERVED: open_session(MODEL / ENCODER, threads=1),
        "ONNX Runtime, int8, precise, all fusions": onnx_session(MODEL / ENCODER, {PRECISE: "1"}),
        "ONNX Runtime, int8, not precise, all fusions": onnx_session(MODEL / ENCODER),
        "ONNX Runtime, fp32": onnx_session(whole),
        "OpenVINO, int8, our compiled encoder": OpenVinoSession(core, MODEL / ENCODER),
        "OpenVINO, int8 by NNCF": OpenVinoSession(core, rounded),
        "OpenVINO, fp32": OpenVinoSession(core, whole),
    }
    scorers = {TORCH: load_scorer(MODEL, threads=1)}
    heads = load_file(MODEL / HEADS)
    for name, session in sessions.items():
        scorers[name] = ModelScorer(CompiledRunner(session, heads), model)
    return scorers


def answers(scorer: ModelScorer, asked: Sequence[Reading]) -> npt.NDArray[np.float64]:
    """Return the probabilities of all labels of all targets."""
    return np.array(
        [own.stance.probabilities for scores in scorer.score(asked) for own in scores], np.float64
    )


def onnx_session(
    path: Path, entries: Mapping[str, str] | None = None
) -> onnxruntime.InferenceSession:
    """Return a session of ONNX Runtime on one thread."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    for key, value in (entries or {}).items():
        options.add_session_config_entry(key, value)
    return onnxruntime.InferenceSession(str(path), options)


class OpenVinoSession:
    """OpenVINO, asked as a session of ONNX Runtime is."""

    def __init__(self, core: openvino.Core, model: Path | openvino.Model) -> None:
        hints = {"INFERENCE_NUM_THREADS": 1, "PERFORMANCE_HINT": "LATENCY"}
        # In single precision where the processor has it, and not in the halves that it prefers.
        self._model = core.compile_model(model, "CPU", hints | {"INFERENCE_PRECISION_HINT": "f32"})

    def run(self, _: object, inputs: Arrays) -> list[npt.NDArray[np.float32]]:
        """Return the states for the inputs by name."""
        return [self._model(dict(inputs))[0].copy()]


class Recorder:
    """A session that only remembers what it was asked."""

    def __init__(self, session: onnxruntime.InferenceSession) -> None:
        self.asked: list[Arrays] = []
        self._session = session

    def run(self, _: object, inputs: Arrays) -> list[Any]:
        """Remember the inputs and pass them on."""
        self.asked.append(dict(inputs))
        return list(self._session.run(None, inputs))


def inputs_of(model: ModelFolder) -> list[Arrays]:
    """Return what the encoder is given for comments that the bench does not read."""
    recorder = Recorder(onnx_session(MODEL / ENCODER))
    scorer = ModelScorer(CompiledRunner(recorder, load_file(MODEL / HEADS)), model)
    scorer.score(readings(written_comments()[1 : 1 + CALIBRATION_TEXTS], hypotheses(TARGETS)))
    return recorder.asked


if __name__ == "__main__":
    main()
