import type { SignalSpec } from './specs.ts';
import type { ImageFrame, JointState, StreamValue } from './values.ts';

function allFinite(values: ArrayLike<number>): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return false;
  return true;
}

function elements(shape: readonly number[]): number {
  let size = 1;
  for (const each of shape) size *= each;
  return size;
}

const isNumbers = (value: unknown): boolean =>
  Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));

/** What a value is, for a message. */
function kindOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
  if ('data' in value) return 'image';
  return isJointState(value) ? 'joint state' : (value.constructor?.name ?? 'object');
}

const isJointState = (value: object): value is JointState => 'names' in value && Array.isArray(value.names);

function imageFault({ width, height, data }: ImageFrame, { name, shape, dtype }: SignalSpec): string | undefined {
  if (dtype !== 'uint8') return `${name}: a sample is an image, the spec says ${dtype}`;
  if (shape.length !== 3 || height !== shape[0] || width !== shape[1] || shape[2] !== 3) {
    return `${name}: an image of ${height} x ${width} x 3, the spec says ${shape.join(' x ')}`;
  }
  if (!ArrayBuffer.isView(data)) return `${name}: an image without pixels`;
  if (data.length !== elements(shape)) return `${name}: ${data.length} bytes, expected ${elements(shape)}`;
  return undefined;
}

function jointsFault(state: JointState, { name, names }: SignalSpec): string | undefined {
  if (!names) return `${name}: a sample is a joint state, but the spec has no names`;
  for (const joint of names)
    if (!state.names.includes(joint)) return `${name}: a sample lacks ${joint} of the spec's names`;
  const { position, velocity, effort } = state;
  const size = state.names.length;
  if (![position, velocity].every(isNumbers) || (effort !== undefined && !isNumbers(effort))) {
    return `${name}: a joint state without arrays of positions and velocities`;
  }
  if (position.length !== size || velocity.length !== size || (effort && effort.length !== size)) {
    return `${name}: ${position.length} positions and ${velocity.length} velocities for ${size} names`;
  }
  if (!allFinite(position)) return `${name}: a position is not finite: ${position.join(', ')}`;
  if (!allFinite(velocity)) return `${name}: a velocity is not finite: ${velocity.join(', ')}`;
  if (effort?.some((each) => Math.abs(each) === Infinity))
    return `${name}: an effort is infinite: ${effort.join(', ')}`;
  return undefined;
}

function vectorFault(values: Float64Array, { name, shape, dtype }: SignalSpec): string | undefined {
  if (dtype !== 'float64') return `${name}: a sample is a Float64Array, the spec says ${dtype}`;
  const size = elements(shape);
  if (values.length !== size) return `${name}: ${values.length} numbers, the spec says ${size}`;
  return allFinite(values) ? undefined : `${name}: a sample is not finite: ${values.join(', ')}`;
}

/**
 * The first violation of the spec by a sample as one line, or undefined if there is none. It throws on no value, whatever
 * its type. Allocates only for a violation.
 */
export function sampleFault(value: StreamValue, spec: SignalSpec): string | undefined {
  if (typeof value === 'string') {
    return spec.dtype === 'string' ? undefined : `${spec.name}: a sample is a string, the spec says ${spec.dtype}`;
  }
  if (typeof value === 'object' && value !== null) {
    if (value instanceof DataView) return `${spec.name}: a sample is a DataView, the spec says ${spec.dtype}`;
    if (ArrayBuffer.isView(value)) return vectorFault(value as Float64Array, spec);
    if ('data' in value) return imageFault(value, spec);
    if (isJointState(value)) return jointsFault(value, spec);
  }
  return `${spec.name}: a sample is ${kindOf(value)}, the spec says ${spec.dtype}`;
}

/**
 * As {@link sampleFault}, for a consumer of joint states: a vector of the right size, which another stream of the same
 * modality may have, is a fault too.
 */
export function jointStateFault(value: StreamValue, spec: SignalSpec): string | undefined {
  const known = typeof value === 'object' && value !== null && isJointState(value);
  return known ? sampleFault(value, spec) : `${spec.name}: a sample is ${kindOf(value)}, expected a joint state`;
}
