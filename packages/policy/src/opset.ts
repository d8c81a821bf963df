/**
 * Reads which operator set an ONNX file was written for, without parsing the graph: ModelProto is a protobuf message
 * whose field 8 (`opset_import`) holds messages of `domain` (1) and `version` (2).
 */

interface Field {
  readonly number: number;
  /** Content of a length-delimited field; empty for numbers. */
  readonly bytes: Uint8Array;
  /** Value of a varint field. */
  readonly value: number;
}

const broken = (what: string): Error => new Error(`not an ONNX file: ${what}`);

function* fieldsOf(message: Uint8Array): Generator<Field> {
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      if (at >= message.length) throw broken('it ends within a number');
      const byte = message[at++];
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      if (scale > 2 ** 63) throw broken('a number of more than ten bytes');
    }
  };
  while (at < message.length) {
    const key = varint();
    const number = Math.floor(key / 8);
    const type = key % 8;
    let value = 0;
    let length = 0;
    if (type === 0) value = varint();
    else if (type === 1) length = 8;
    else if (type === 2) length = varint();
    else if (type === 5) length = 4;
    else throw broken(`wire type ${type} at byte ${at}`);
    if (number === 0) throw broken(`field 0 at byte ${at}`);
    if (at + length > message.length) {
      throw broken(`field ${number} needs ${length} bytes at byte ${at}, the file has ${message.length - at} left`);
    }
    yield { number, bytes: message.subarray(at, at + length), value };
    at += length;
  }
}

/**
 * Version of ONNX's own operator set that the file imports.
 * @throws {Error} when the bytes are no whole ONNX model.
 */
export function opsetOf(model: Uint8Array): number {
  let opset: number | undefined;
  let graph = false;
  for (const field of fieldsOf(model)) {
    if (field.number === 7) graph = true;
    if (field.number !== 8) continue;
    let domain = '';
    let version = 0;
    for (const { number, bytes, value } of fieldsOf(field.bytes)) {
      if (number === 1) domain = new TextDecoder().decode(bytes);
      if (number === 2) version = value;
    }
    if (domain === '' || domain === 'ai.onnx') opset = version;
  }
  if (!graph) throw broken('it has no graph');
  if (opset === undefined) throw broken("it imports no operator set of ONNX's own");
  return opset;
}
