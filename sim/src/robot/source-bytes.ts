import { InputError } from '@praxis/core';
import type { Mesh } from '@praxis/model';
import type { RobotSource } from './setup.ts';

/** Version of the format, the first number of a file. */
const FORMAT = 1;
/** Bytes before the header: format, and length of the header. */
const PREFIX_BYTES = 8;
/** Edge that every array begins at, as typed arrays demand it. */
const ALIGNMENT = 4;
/** Mark of a number that JSON cannot hold: an infinite one, or minus zero. */
const NUMBER_MARK = 'number:';
/** A marked number. Other texts, such as notes of a robot, may begin with the mark too. */
const MARKED_NUMBER = /^number:(-?Infinity|NaN|-0)$/;

interface Header extends Omit<RobotSource, 'meshes'> {
  readonly meshes: readonly (Pick<Mesh, 'parts'> & {
    readonly name: string;
    readonly positions: number;
    readonly indices: number;
  })[];
}

const aligned = (length: number): number => Math.ceil(length / ALIGNMENT) * ALIGNMENT;

const writeNumber = (_: string, value: unknown): unknown =>
  typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0))
    ? `${NUMBER_MARK}${Object.is(value, -0) ? '-0' : value}`
    : value;

const readNumber = (_: string, value: unknown): unknown =>
  typeof value === 'string' && MARKED_NUMBER.test(value) ? Number(value.slice(NUMBER_MARK.length)) : value;

/** Writes a robot with its meshes as one file, from which {@link decodeRobotSource} makes the same robot bit by bit. */
export function encodeRobotSource({ meshes = new Map(), ...data }: RobotSource): Uint8Array {
  const header: Header = {
    ...data,
    meshes: [...meshes].map(([name, { positions, indices, parts }]) => ({
      ...{ name, parts },
      positions: positions.length,
      indices: indices.length,
    })),
  };
  const text = new TextEncoder().encode(JSON.stringify(header, writeNumber));
  const arrays = [...meshes.values()].flatMap(({ positions, indices }) => [positions, indices]);
  const start = PREFIX_BYTES + aligned(text.length);
  const bytes = new Uint8Array(arrays.reduce((sum, { byteLength }) => sum + byteLength, start));
  new Uint32Array(bytes.buffer, 0, 2).set([FORMAT, text.length]);
  bytes.set(text, PREFIX_BYTES);
  let at = start;
  for (const { buffer, byteOffset, byteLength } of arrays) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += byteLength;
  }
  return bytes;
}

/**
 * Reads what {@link encodeRobotSource} wrote.
 * @param label name of the file, for messages
 * @throws {InputError} for bytes of another kind
 */
export function decodeRobotSource(bytes: Uint8Array, label: string): RobotSource {
  const broken = (): never => {
    throw new InputError(`${label}: no robot of this version, expected a file of the server of the studio`);
  };
  if (bytes.length < PREFIX_BYTES) broken();
  // A copy, so that the arrays begin at multiples of their element.
  const { buffer } = bytes.slice();
  const [format, length] = new Uint32Array(buffer, 0, 2);
  if (format !== FORMAT || PREFIX_BYTES + length > bytes.length) broken();
  const text = new TextDecoder().decode(new Uint8Array(buffer, PREFIX_BYTES, length));
  const { meshes, ...data } = JSON.parse(text, readNumber) as Header;
  let at = PREFIX_BYTES + aligned(length);
  const size = meshes.reduce((sum, { positions, indices }) => sum + 4 * (positions + indices), at);
  if (size !== bytes.length) broken();
  const read = new Map<string, Mesh>();
  for (const { name, parts, positions, indices } of meshes) {
    read.set(name, {
      positions: new Float32Array(buffer, at, positions),
      indices: new Uint32Array(buffer, at + 4 * positions, indices),
      parts,
    });
    at += 4 * (positions + indices);
  }
  return { ...data, meshes: read };
}
