import { bytesField, concatBytes, floatField, intField } from './protobuf.ts';

/** Element type of a graph's input. */
export type GraphType = 'float32' | 'float16' | 'uint8' | 'int32' | 'int64' | 'bool' | 'string';

/** Element types by their numbers in the ONNX standard (TensorProto.DataType). */
const TYPES: Readonly<Record<GraphType, number>> = {
  ...{ float32: 1, uint8: 2, int32: 6, int64: 7, string: 8, bool: 9, float16: 10 },
};
/** Attribute of a node: an integer is an ONNX int, any other number an ONNX float. `{ f: 1 }` forces a float. */
export type Attribute = number | readonly number[] | { readonly f: number };

const attribute = (name: string, value: Attribute): Uint8Array => {
  const float32 = (number: number): Uint8Array =>
    bytesField(5, [bytesField(1, name), floatField(2, number), intField(20, 1)]);
  if (typeof value === 'number') {
    return Number.isInteger(value)
      ? bytesField(5, [bytesField(1, name), intField(3, value), intField(20, 2)])
      : float32(value);
  }
  if ('f' in value) return float32(value.f);
  return bytesField(5, [bytesField(1, name), ...value.map((each) => intField(8, each)), intField(20, 7)]);
};

const valueInfo = (at: number, name: string, type: GraphType, shape: readonly (number | string)[]): Uint8Array => {
  const dims = shape.map((size) => bytesField(1, [typeof size === 'number' ? intField(1, size) : bytesField(2, size)]));
  return bytesField(at, [
    bytesField(1, name),
    bytesField(2, [bytesField(1, [intField(1, TYPES[type]), bytesField(2, dims)])]),
  ]);
};

/** Type and data of a constant. */
function constantOf(
  values: Float32Array | BigInt64Array | readonly string[],
): readonly [type: number, data: readonly Uint8Array[]] {
  if (!ArrayBuffer.isView(values)) return [TYPES.string, values.map((each) => bytesField(6, each))];
  const raw = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return [values instanceof Float32Array ? TYPES.float32 : TYPES.int64, [bytesField(9, raw)]];
}

/**
 * Writes an ONNX file node by node. Each call returns the name of its value for later calls.
 * @example
 * const graph = new OnnxGraph('double');
 * const x = graph.input('x', 'float32', [1, 3]);
 * graph.output('y', [1, 3], graph.node('Add', [x, x]));
 * const bytes = graph.bytes();
 */
export class OnnxGraph {
  readonly #name: string;
  readonly #fields: Uint8Array[] = [];
  #count = 0;

  constructor(name: string) {
    this.#name = name;
  }

  /** Adds an input. A string in the shape makes that dimension open. */
  input(name: string, type: GraphType, shape: readonly (number | string)[]): string {
    this.#fields.push(valueInfo(11, name, type, shape));
    return name;
  }

  /** Adds a constant in row-major order: a weight, an int64 list such as the shape for Reshape, or texts. */
  constant(shape: readonly number[], values: Float32Array | BigInt64Array | readonly string[]): string {
    const name = `c${this.#count++}`;
    const [type, data] = constantOf(values);
    const dims = shape.map((size) => intField(1, size));
    this.#fields.push(bytesField(5, [...dims, intField(2, type), bytesField(8, name), ...data]));
    return name;
  }

  /** Adds a node of ONNX's operator set with one output. */
  node(op: string, inputs: readonly string[], attributes: Readonly<Record<string, Attribute>> = {}): string {
    const name = `v${this.#count++}`;
    const content = Object.entries(attributes).map(([key, value]) => attribute(key, value));
    this.#fields.push(
      bytesField(1, [...inputs.map((each) => bytesField(1, each)), bytesField(2, name), bytesField(4, op), ...content]),
    );
    return name;
  }

  /** Adds an output that returns a value. */
  output(name: string, shape: readonly number[], value: string, type: GraphType = 'float32'): void {
    this.#fields.push(bytesField(1, [bytesField(1, value), bytesField(2, name), bytesField(4, 'Identity')]));
    this.#fields.push(valueInfo(12, name, type, shape));
  }

  /** Returns the bytes of the file. */
  bytes(opset = 17): Uint8Array {
    const graph = bytesField(7, [bytesField(2, this.#name), ...this.#fields]);
    return concatBytes([
      intField(1, 8),
      bytesField(2, 'praxis'),
      graph,
      bytesField(8, [bytesField(1, ''), intField(2, opset)]),
    ]);
  }
}
