import { quaternion } from '../math/index.ts';
import { elementUnit, type SignalSpec } from '../signals/specs.ts';
import type { JointState, StreamValue } from '../signals/values.ts';
import { holdPrevious, type Interpolation, interpolateLinear, lerp } from './resample.ts';

/** Elements that stand for one orientation, by the last part of their names. */
const ORIENTATIONS: readonly (readonly [names: readonly string[], kind: OrientationKind])[] = [
  [['qx', 'qy', 'qz', 'qw'], 'quaternion'],
  [['rx', 'ry', 'rz'], 'rotation_vector'],
];
/** Last parts of names of angles that turn without end (rad). */
const ANGLES = new Set(['roll', 'pitch', 'yaw', 'heading', 'theta', 'angle']);

type OrientationKind = 'quaternion' | 'rotation_vector' | 'angle';

interface Orientation {
  readonly kind: OrientationKind;
  /** Index of its first element. */
  readonly at: number;
}

const TURN_RAD = 2 * Math.PI;

const lastPart = (name: string): string => name.split(/[._/]/).at(-1)!;

function orientationsOf(spec: SignalSpec): Orientation[] {
  const { names = [] } = spec;
  const parts = names.map(lastPart);
  return parts.flatMap((part, at): Orientation[] => {
    if (ANGLES.has(part) && elementUnit(spec, at) === 'rad') return [{ kind: 'angle', at }];
    const found = ORIENTATIONS.find(([wanted]) => wanted.every((each, i) => parts[at + i] === each));
    if (!found) return [];
    return found[1] === 'rotation_vector' && elementUnit(spec, at) !== 'rad' ? [] : [{ kind: found[1], at }];
  });
}

/** The quaternion of a rotation vector (rad) in `values`. */
function quaternionOf(values: Float64Array, at: number): Float64Array {
  const out = new Float64Array(4);
  quaternion.fromRotationVector(values, out, at);
  return out;
}

/** Overwrites the elements of one orientation in `out` with the one between `a` and `b`, along the shorter way. */
function turn(kind: OrientationKind, at: number, a: Float64Array, b: Float64Array, share: number, out: Float64Array) {
  if (kind === 'quaternion') {
    quaternion.slerp(a, b, share, out, at, at, at);
  } else if (kind === 'angle') {
    const difference = b[at] - a[at];
    const angle = a[at] + share * (difference - TURN_RAD * Math.round(difference / TURN_RAD));
    out[at] = angle - TURN_RAD * Math.round(angle / TURN_RAD);
  } else {
    const between = new Float64Array(4);
    quaternion.slerp(quaternionOf(a, at), quaternionOf(b, at), share, between);
    quaternion.toRotationVector(between, out, 0, at);
  }
}

function interpolateJoints(a: JointState, b: JointState, share: number): JointState {
  const sameNames = a.names.length === b.names.length && a.names.every((name, i) => name === b.names[i]);
  if (!sameNames) return holdPrevious(a, b, share);
  return {
    names: b.names,
    position: interpolateLinear(a.position, b.position, share),
    velocity: interpolateLinear(a.velocity, b.velocity, share),
    ...(a.effort && b.effort ? { effort: interpolateLinear(a.effort, b.effort, share) } : {}),
  };
}

/**
 * Interpolation for the samples of a stream, by its spec. Vectors are interpolated element by element, except orientations, which
 * take the shorter way: quaternions (names `qx`, `qy`, `qz`, `qw`), rotation vectors (`rx`, `ry`, `rz` in rad), as in `ee_state`, and
 * angles in rad named `roll`, `pitch`, `yaw`, `heading`, `theta` or `angle`; a prefix such as `tool_` or `tool.` may stand before
 * a name. An angle is returned in -pi..pi. Joint positions are interpolated linearly, since a joint has no shorter way. Images and
 * texts are held.
 *
 * @example
 * loop.derived.stream('ee_state').pipe(resample({ rateHz: 30, interpolate: interpolateSignal(spec), maximumGap: 0.1 }));
 */
export function interpolateSignal(spec: SignalSpec): Interpolation<StreamValue> {
  const orientations = orientationsOf(spec);
  return (a, b, share) => {
    if (share >= 1) return b;
    if (a instanceof Float64Array && b instanceof Float64Array) {
      if (a.length !== b.length) return a;
      const out = a.map((value, i) => lerp(value, b[i], share));
      for (const { kind, at } of orientations) turn(kind, at, a, b, share, out);
      return out;
    }
    if (typeof a === 'object' && typeof b === 'object' && 'position' in a && 'position' in b) {
      return interpolateJoints(a, b, share);
    }
    return holdPrevious(a, b, share);
  };
}
