import { InputError } from '@praxis/core';
import { originOf, toRpy } from '../description/origin.ts';
import type { Origin, Vector3 } from '../description/robot-model.ts';
import type { XmlElement } from '../xml/parse.ts';

const NUMBER_PATTERN = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** The first child element with this tag. */
export const findChild = (element: XmlElement, tag: string): XmlElement | undefined =>
  element.children.find((each) => each.tag === tag);

/** Longest value that an error repeats (characters). */
const SHOWN_LENGTH = 80;

const shortened = (value: string): string =>
  value.length > SHOWN_LENGTH ? `${value.slice(0, SHOWN_LENGTH)}...` : value;

/** All child elements with this tag. */
export const findChildren = (element: XmlElement, tag: string): XmlElement[] =>
  element.children.filter((each) => each.tag === tag);

/**
 * A mandatory text attribute. `where` describes the element in the error, as in `joint "elbow"`.
 * @throws {InputError} when it is missing or empty.
 */
export function readText(element: XmlElement, attribute: string, where: string): string {
  const value = element.attributes.get(attribute)?.trim();
  if (value) return value;
  throw new InputError(`${where}: <${element.tag}> has no ${attribute}`);
}

/**
 * An attribute with `count` finite numbers, or `fallback` if it is missing. Without a fallback it is mandatory.
 * @throws {InputError} when it is missing or malformed.
 */
export function readNumbers(
  element: XmlElement,
  attribute: string,
  where: string,
  count: number,
  fallback?: readonly number[],
): readonly number[] {
  if (fallback && !element.attributes.has(attribute)) return fallback;
  const value = readText(element, attribute, where);
  const parts = value.split(/\s+/);
  const parsed = parts.map(Number);
  if (parts.length === count && parts.every((part, i) => NUMBER_PATTERN.test(part) && Number.isFinite(parsed[i]))) {
    return parsed;
  }
  const expected = count === 1 ? 'a finite number' : `${count} finite numbers`;
  const commas = value.includes(',') ? ' separated by spaces, without commas' : '';
  throw new InputError(`${where}: <${element.tag}> ${attribute}="${shortened(value)}": expected ${expected}${commas}`);
}

export const readNumber = (element: XmlElement, attribute: string, where: string, fallback?: number): number =>
  readNumbers(element, attribute, where, 1, fallback === undefined ? undefined : [fallback])[0];

/** An attribute with a number that must be at least 0. */
export function readNonNegative(element: XmlElement, attribute: string, where: string, fallback?: number): number {
  const value = readNumber(element, attribute, where, fallback);
  if (value >= 0) return value;
  throw new InputError(`${where}: <${element.tag}> ${attribute}="${value}": expected 0 or more`);
}

export const readVector3 = (element: XmlElement, attribute: string, where: string, fallback?: Vector3): Vector3 =>
  readNumbers(element, attribute, where, 3, fallback) as Vector3;

const ZERO_VECTOR: Vector3 = [0, 0, 0];

/** Largest difference of a quaternion's length from 1: files round to three digits or more. */
const LENGTH_TOLERANCE = 0.01;

/** The attribute `quat_xyzw` of URDF 1.1. */
function readQuaternion(origin: XmlElement, where: string): Origin['quaternion'] {
  const given = readNumbers(origin, 'quat_xyzw', where, 4);
  const length = Math.sqrt(given.reduce((sum, each) => sum + each * each, 0));
  if (!(Math.abs(length - 1) <= LENGTH_TOLERANCE)) {
    throw new InputError(`${where}: <origin> quat_xyzw="${given.join(' ')}": expected a quaternion of length 1`);
  }
  const [x, y, z, w] = given.map((each) => each / length);
  return [x, y, z, w];
}

/** Names of a rotation that other formats use and URDF does not: passed over, they would give a wrong pose in silence. */
const FOREIGN_ROTATION = /^(?!rpy$|quat_xyzw$)(quat|rpy|rot|euler|axis)/i;

/**
 * The `<origin>` of an element; the identity if there is none. The rotation is `rpy`, or `quat_xyzw` as in URDF 1.1.
 * @throws {InputError} on an invalid value, two rotations, or a rotation in an attribute that URDF does not have.
 */
export function readOrigin(element: XmlElement, where: string): Origin {
  const origin = findChild(element, 'origin');
  if (!origin) return { xyz: ZERO_VECTOR, rpy: ZERO_VECTOR, quaternion: [0, 0, 0, 1] };
  const foreign = [...origin.attributes.keys()].find((name) => FOREIGN_ROTATION.test(name));
  if (foreign !== undefined) {
    throw new InputError(`${where}: <origin> ${foreign}: unknown in URDF; expected rpy or quat_xyzw`);
  }
  const xyz = readVector3(origin, 'xyz', where, ZERO_VECTOR);
  if (origin.attributes.has('quat_xyzw')) {
    if (origin.attributes.has('rpy'))
      throw new InputError(`${where}: <origin> has rpy and quat_xyzw; expected one of them`);
    const quaternion = readQuaternion(origin, where);
    return { xyz, rpy: toRpy(quaternion), quaternion };
  }
  return originOf(xyz, readVector3(origin, 'rpy', where, ZERO_VECTOR));
}
