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

function imageFault({ width, height, data }: ImageFrame, { name, shape, dtype }: SignalSpec): string | undefined {
  if (dtype !== 'uint8') return `${name}: a sample is an image, the spec says ${dtype}`;
  if (shape.length !== 3 || height !== shape[0] || width !== shape[1] || shape[2] !== 3) {
    return `${name}: an image of ${height} x ${width} x 3, the spec says ${shape.join(' x ')}`;
  }
  if (data.length !== elements(shape)) return `${name}: ${data.length} bytes, expected ${elements(shape)}`;
  return undefined;
}

function jointsFault(state: JointState, { name, names }: SignalSpec): string | undefined {
  if (!names) return `${name}: a sample is a joint state, but the spec has no names`;
  for (const joint of names)
    if (!state.names.includes(joint)) return `${name}: a sample lacks ${joint} of the spec's names`;
  const { position, velocity, effort } = state;
  const size = state.names.length;
  if (position.length !== size || velocity.length !== size || (effort && effort.length !== size)) {
    return `${name}: ${position.length} positions and ${velocity.length} velocities for ${size} names`;
  }
  if (!allFinite(position)) return `${name}: a position is not finite: ${position.join(', ')}`;
  if (!allFinite(velocity)) return `${name}: a velocity is not finite: ${velocity.join(', ')}`;
  return effort && !allFinite(effort) ? `${name}: an effort is not finite: ${effort.join(', ')}` : undefined;
}

function vectorFault(values: Float64Array, { name, shape, dtype }: SignalSpec): string | undefined {
  if (dtype !== 'float64') return `${name}: a sample is a Float64Array, the spec says ${dtype}`;
  const size = elements(shape);
  if (values.length !== size) return `${name}: ${values.length} numbers, the spec says ${size}`;
  return allFinite(values) ? undefined : `${name}: a sample is not finite: ${values.join(', ')}`;
}

/**
 * The first violation of the spec by a sample as one line, or undefined if there is none. Allocates only for a
 * violation.
 */
export function sampleFault(value: StreamValue, spec: SignalSpec): string | undefined {
  if (typeof value === 'string') {
    return spec.dtype === 'string' ? undefined : `${spec.name}: a sample is a string, the spec says ${spec.dtype}`;
  }
  if (ArrayBuffer.isView(value)) return vectorFault(value as Float64Array, spec);
  return 'data' in value ? imageFault(value, spec) : jointsFault(value, spec);
}
