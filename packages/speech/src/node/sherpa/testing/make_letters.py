"""Writes `letters/`: a model with Moonshine's interface that reads letters from the samples, 1/128 of full scale each.

It knows nothing of speech. With it the real library, its process and its protocol are tested where no speech model is.

    python make_letters.py    # needs: pip install onnx
"""

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

TOKENS = 128
END = 2
FOLDER = Path(__file__).parent / 'letters'


def tensor(name, kind, shape):
    return helper.make_tensor_value_info(name, kind, shape)


def constant(name, values):
    return numpy_helper.from_array(np.asarray(values), name)


def write(name, inputs, outputs, nodes, constants=()):
    graph = helper.make_graph(nodes, name, inputs, outputs, list(constants))
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid('', 17)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, FOLDER / f'{name}.onnx')


def node(kind, inputs, output, **attributes):
    return helper.make_node(kind, inputs, [output], **attributes)


def main():
    FOLDER.mkdir(exist_ok=True)
    audio = tensor('audio', TensorProto.FLOAT, [1, 'n'])
    features = tensor('features', TensorProto.FLOAT, [1, 'n', 1])
    encoded = tensor('encoded', TensorProto.FLOAT, [1, 'n', 1])
    length = tensor('length', TensorProto.INT32, [1])
    token = tensor('token', TensorProto.INT32, [1, 1])
    logits = tensor('logits', TensorProto.FLOAT, [1, 1, TOKENS])

    write('preprocess', [audio], [features], [node('Unsqueeze', ['audio', 'last'], 'features')],
          [constant('last', np.array([2], np.int64))])
    write('encode', [features, length], [encoded], [node('Identity', ['features'], 'encoded')])
    # The letter of place `length`, a silent sample being the end; what was read before does not matter.
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
        write(name, [token, encoded, length], [logits], letter, constants)
    letters = [f'{chr(code)} {code}' for code in range(ord("'"), ord('z') + 1)]
    (FOLDER / 'tokens.txt').write_text('\n'.join(['▁ 32', *letters]) + '\n')


if __name__ == '__main__':
    main()
