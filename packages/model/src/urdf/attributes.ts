import { InputError, quaternion } from '@praxis/core';
import type { Origin, Vector3 } from '../description/robot-model.ts';
import type { XmlElement } from './xml.ts';

const NUMBER_PATTERN = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** The first child element with this tag. */
export const findChild = (element: XmlElement, tag: string): XmlElement | undefined =>
  element.children.find((each) => each.tag === tag);

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
  throw new InputError(`${where}: <${element.tag}> ${attribute}="${value}": expected ${expected}`);
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

/** Unit quaternion x, y, z, w of roll, pitch and yaw (rad) about fixed axes: yaw * pitch * roll. */
function fromRpy(rpy: Vector3): Origin['quaternion'] {
  const out: [number, number, number, number] = [0, 0, 0, 1];
  const turn = [0, 0, 0, 1];
  for (let axis = 0; axis < 3; axis++) {
    const vector = [0, 0, 0];
    vector[axis] = rpy[axis];
    quaternion.fromRotationVector(vector, turn);
    quaternion.multiply(turn, out, out);
  }
  return out;
}

/** The `<origin>` of an element; the identity if there is none. */
export function readOrigin(element: XmlElement, where: string): Origin {
  const origin = findChild(element, 'origin');
  const xyz = origin ? readVector3(origin, 'xyz', where, ZERO_VECTOR) : ZERO_VECTOR;
  const rpy = origin ? readVector3(origin, 'rpy', where, ZERO_VECTOR) : ZERO_VECTOR;
  return { xyz, rpy, quaternion: fromRpy(rpy) };
}
