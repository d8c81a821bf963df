"""Writes small models for tests of the real library, its process and its protocol without a speech model.

`letters/` has Moonshine's interface and reads letters from the samples, 1/128 of full scale each. `loud/` is a streaming transducer
that returns HALF SPEED after the first loud sound.

    python make_models.py    # needs: pip install onnx
"""

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

TOKENS = 128
END = 2
HERE = Path(__file__).parent


def tensor(name, kind, shape):
    return helper.make_tensor_value_info(name, kind, shape)


def constant(name, values):
    return numpy_helper.from_array(np.asarray(values), name)


def write(path, inputs, outputs, nodes, constants=(), **metadata):
    graph = helper.make_graph(nodes, path.stem, inputs, outputs, list(constants))
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid('', 17)], ir_version=8)
    helper.set_model_props(model, {key: str(value) for key, value in metadata.items()})
    onnx.checker.check_model(model)
    onnx.save(model, path)


def node(kind, inputs, output, **attributes):
    return helper.make_node(kind, inputs, [output], **attributes)


def letters(folder):
    folder.mkdir(exist_ok=True)
    audio = tensor('audio', TensorProto.FLOAT, [1, 'n'])
    features = tensor('features', TensorProto.FLOAT, [1, 'n', 1])
    encoded = tensor('encoded', TensorProto.FLOAT, [1, 'n', 1])
    length = tensor('length', TensorProto.INT32, [1])
    token = tensor('token', TensorProto.INT32, [1, 1])
    logits = tensor('logits', TensorProto.FLOAT, [1, 1, TOKENS])

    write(folder / 'preprocess.onnx', [audio], [features], [node('Unsqueeze', ['audio', 'last'], 'features')],
          [constant('last', np.array([2], np.int64))])
    write(folder / 'encode.onnx', [features, length], [encoded], [node('Identity', ['features'], 'encoded')])
    # Returns the letter at position `length`; a zero sample ends the text. Earlier letters do not matter.
    letter = [
        node('Reshape', ['encoded', 'flat'], 'samples'),
        node('Sub', ['length', 'one'], 'place'),
        node('Gather', ['samples', 'place'], 'sample', axis=0),
        node('Mul', ['sample', 'scale'], 'scaled'),
        node('Round', ['scaled'], 'rounded'),
        node('Clip', ['rounded', 'lowest', 'highest'], 'clipped'),
        node('Cast', ['clipped'], 'code', to=TensorProto.INT64),
        node('Equal', ['code', 'zero'], 'silent'),
        node('Where', ['silent', 'end', 'code'], 'next'),
        node('OneHot', ['next', 'tokens', 'values'], 'hot', axis=-1),
        node('Reshape', ['hot', 'shape'], 'logits'),
    ]
    constants = [
        constant('flat', np.array([-1], np.int64)),
        constant('one', np.array([1], np.int32)),
        constant('scale', np.float32(128)),
        constant('lowest', np.float32(0)),
        constant('highest', np.float32(TOKENS - 1)),
        constant('zero', np.int64(0)),
        constant('end', np.array([END], np.int64)),
        constant('tokens', np.int64(TOKENS)),
        constant('values', np.array([0, 30], np.float32)),
        constant('shape', np.array([1, 1, TOKENS], np.int64)),
    ]
    for name in ('uncached_decode', 'cached_decode'):
        write(folder / f'{name}.onnx', [token, encoded, length], [logits], letter, constants)
    spelled = [f'{chr(code)} {code}' for code in range(ord("'"), ord('z') + 1)]
    (folder / 'tokens.txt').write_text('\n'.join(['▁ 32', *spelled]) + '\n')


def loud(folder):
    folder.mkdir(exist_ok=True)
    frames = 4
    x = tensor('x', TensorProto.FLOAT, ['n', frames, 80])
    states = [tensor(name, TensorProto.FLOAT, [1, 'n', 1]) for name in ('h', 'c', 'next_h', 'next_c')]
    encoded = tensor('encoded', TensorProto.FLOAT, ['n', frames, 1])
    write(folder / 'encoder.onnx', [x, *states[:2]], [encoded, *states[2:]],
          [node('ReduceMean', ['x'], 'encoded', axes=[2], keepdims=1),
           node('Identity', ['h'], 'next_h'), node('Identity', ['c'], 'next_c')],
          model_type='lstm', num_encoder_layers=1, T=frames, decode_chunk_len=frames, rnn_hidden_size=1, d_model=1)

    # Next token by last token: HALF after the blank, SPEED after HALF, then the blank only.
    follows = np.array([[0, 10, -90], [0, -90, 10], [0, -90, -90]], np.float32)
    y = tensor('y', TensorProto.INT64, ['n', 2])
    wanted = tensor('wanted', TensorProto.FLOAT, ['n', 3])
    write(folder / 'decoder.onnx', [y], [wanted],
          [node('Gather', ['y', 'second'], 'last', axis=1), node('Gather', ['follows', 'last'], 'wanted', axis=0)],
          [constant('second', np.int64(1)), constant('follows', follows)], vocab_size=3, context_size=2)

    # Silence (log energy below -5) allows the blank only.
    energy = tensor('energy', TensorProto.FLOAT, ['n', 1])
    logit = tensor('logit', TensorProto.FLOAT, ['n', 3])
    write(folder / 'joiner.onnx', [energy, wanted], [logit],
          [node('Add', ['energy', 'silence'], 'above'), node('Mul', ['above', 'steep'], 'steeper'),
           node('Clip', ['steeper', 'lowest', 'highest'], 'gate'), node('Mul', ['gate', 'spoken'], 'masked'),
           node('Add', ['masked', 'wanted'], 'logit')],
          [constant('silence', np.float32(5)), constant('steep', np.float32(10)), constant('lowest', np.float32(-50)),
           constant('highest', np.float32(0)), constant('spoken', np.array([[0, 1, 1]], np.float32))])
    (folder / 'tokens.txt').write_text('<blk> 0\n▁HALF 1\n▁SPEED 2\n')


def main():
    letters(HERE / 'letters')
    loud(HERE / 'loud')


if __name__ == '__main__':
    main()
