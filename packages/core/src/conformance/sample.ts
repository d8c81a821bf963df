import type { StreamValue } from '../robot.ts';
import type { SignalSpec } from '../specs.ts';
import type { ImageFrame, JointState } from '../values.ts';
import { claim } from './check.ts';

const product = (shape: readonly number[]) => shape.reduce((size, each) => size * each, 1);

/** The buffers that a sample consists of. */
export function buffersOf(value: StreamValue): readonly (Uint8Array | Float64Array)[] {
  if (typeof value === 'string') return [];
  if (ArrayBuffer.isView(value)) return [value as Float64Array];
  if ('data' in value) return [value.data];
  return value.effort ? [value.position, value.velocity, value.effort] : [value.position, value.velocity];
}

function checkImage({ width, height, data }: ImageFrame, { name, shape, dtype }: SignalSpec): void {
  claim(dtype === 'uint8', `${name}: samples are images, the spec says ${dtype}`);
  claim(
    shape.length === 3 && height === shape[0] && width === shape[1] && shape[2] === 3,
    `${name}: an image of ${height} x ${width} x 3, the spec says ${shape.join(' x ')}`,
  );
  claim(data.length === product(shape), `${name}: ${data.length} bytes, expected ${product(shape)}`);
}

function checkJoints({ names, position, velocity, effort }: JointState, spec: SignalSpec): void {
  const { name } = spec;
  claim(spec.names !== undefined, `${name}: joint states, but the spec has no names`);
  const missing = spec.names.filter((joint) => !names.includes(joint));
  claim(missing.length === 0, `${name}: a sample lacks ${missing.join(', ')} of the spec's names`);
  for (const [what, values] of Object.entries({ position, velocity, effort })) {
    if (!values) continue;
    claim(values.length === names.length, `${name}: ${values.length} numbers of ${what} for ${names.length} names`);
    claim(values.every(Number.isFinite), `${name}: ${what} is not finite: ${values.join(', ')}`);
  }
}

/** Whether a sample is what its spec says. */
export function checkSample(value: StreamValue, spec: SignalSpec): void {
  const { name, dtype, shape } = spec;
  if (typeof value === 'string') {
    claim(dtype === 'string', `${name}: a sample is a string, the spec says ${dtype}`);
  } else if (ArrayBuffer.isView(value)) {
    const numbers = value as Float64Array;
    claim(dtype === 'float64', `${name}: samples are Float64Array, the spec says ${dtype}`);
    claim(numbers.length === product(shape), `${name}: ${numbers.length} numbers, the spec says ${shape.join(' x ')}`);
    claim(numbers.every(Number.isFinite), `${name}: a sample is not finite: ${numbers.join(', ')}`);
  } else if ('data' in value) checkImage(value, spec);
  else checkJoints(value, spec);
}
