import { from } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { EndEffectorState } from '../loop/end-effector-state.ts';
import { quaternion } from '../math/index.ts';
import type { SignalSpec } from '../signals/specs.ts';
import type { Stamped } from '../signals/stamped.ts';
import type { JointState, StreamValue } from '../signals/values.ts';
import { interpolateSignal } from './interpolate-signal.ts';
import { resample } from './resample.ts';

const EE_STATE: SignalSpec = { ...EndEffectorState.spec, name: 'ee_state', frame: 'base_link', rateHz: 500 };
const spec = (names: readonly string[] | undefined, unit: SignalSpec['unit']): SignalSpec => ({
  name: 'own',
  modality: 'joints',
  dtype: 'float64',
  shape: [names?.length ?? 1],
  unit,
  frame: '',
  rateHz: 100,
  names,
});
const between = (signal: SignalSpec, a: number[], b: number[], share = 0.5) => [
  ...(interpolateSignal(signal)(Float64Array.from(a), Float64Array.from(b), share) as Float64Array),
];
const angleBetween = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  const [p, q, out] = [new Float64Array(4), new Float64Array(4), new Float64Array(3)];
  quaternion.fromRotationVector(a, p);
  quaternion.fromRotationVector(b, q);
  quaternion.conjugate(p, p);
  quaternion.multiply(q, p, q);
  quaternion.toRotationVector(q, out);
  return Math.hypot(...out);
};

describe('interpolateSignal', () => {
  it('turns the tool of ee_state by the shorter way across +-pi, and moves the rest in a line', () => {
    const a = [0, 0, 0, 3.1, 0, 0, 0.04, 0];
    const b = [1, 2, 4, -3.1, 0, 0, 0.08, 0.4];
    const samples: Stamped<StreamValue>[] = [a, b].map((value, i) => ({
      value: Float64Array.from(value),
      stamp: 0.1 * i,
      received: 0.1 * i,
    }));
    const out: Float64Array[] = [];
    from(samples)
      .pipe(resample({ rateHz: 40, interpolate: interpolateSignal(EE_STATE), maximumGap: 1 }))
      .subscribe(({ value }) => out.push(value as Float64Array));
    expect(out).toHaveLength(5);
    // From 3.1 rad over pi to -3.1 rad are 0.083 rad, a quarter of it a step.
    for (const [k, state] of out.entries()) {
      expect(angleBetween(state.subarray(3, 6), [3.1 + (k / 4) * (2 * Math.PI - 6.2), 0, 0])).toBeLessThan(1e-6);
      expect(state[1]).toBeCloseTo(2 * (k / 4), 9);
      expect(state[6]).toBeCloseTo(0.04 + 0.04 * (k / 4), 9);
    }
  });

  it('turns quaternions at constant speed whatever their sign, with a prefix or without', () => {
    const names = ['tool.qx', 'tool.qy', 'tool.qz', 'tool.qw'];
    const half = [0, 0, -Math.sin(0.5), -Math.cos(0.5)];
    const [x, y, z, w] = between(spec(names, '1'), [0, 0, 0, 1], half);
    expect([x, y]).toEqual([0, 0]);
    expect(z / w).toBeCloseTo(Math.tan(0.25), 12);
    expect(Math.hypot(z, w)).toBeCloseTo(1, 12);
  });

  it('turns angles in rad by the shorter way, and nothing else', () => {
    const base = spec(['x', 'yaw'], ['m', 'rad']);
    expect(Math.abs(between(base, [0, 3.1], [1, -3.1])[1])).toBeCloseTo(Math.PI, 9);
    expect(between(base, [0, -3.1], [1, 3], 0.25)[1]).toBeCloseTo(2 * Math.PI - 3.1 - 0.25 * (2 * Math.PI - 6.1), 9);
    expect(between(spec(['x', 'yaw'], ['m', 'deg']), [0, 179], [1, -179])[1]).toBe(0);
    expect(between(spec(['rx', 'ry', 'rz'], 'N m'), [4, 0, 0], [-4, 0, 0])).toEqual([0, 0, 0]);
    expect(between(spec(undefined, 'N'), [4], [-4])).toEqual([0]);
  });

  it('moves joints in a line, holds images and texts, and holds what does not fit', () => {
    const joints = (position: number, ...names: string[]): JointState => ({
      names,
      position: Float64Array.of(position),
      velocity: Float64Array.of(1),
    });
    const any = interpolateSignal(spec(['j'], 'rad'));
    expect((any(joints(3, 'j'), joints(-3, 'j'), 0.5) as JointState).position[0]).toBe(0);
    expect(any(joints(3, 'j'), joints(-3, 'k'), 0.5)).toMatchObject({ names: ['j'] });
    expect(any('red', 'blue', 0.5)).toBe('red');
    expect(any('red', 'blue', 1)).toBe('blue');
  });
});
