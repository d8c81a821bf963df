import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quaternion, Random } from '../math/index.ts';
import { ContactWrench, type ToolLoad } from './contact-wrench.ts';

const half = Math.SQRT1_2;
const load: ToolLoad = {
  toolMass: 0.7,
  toolCentreOfMass: [0.01, -0.02, 0.06],
  ftInTool: [0, 0, -0.1, 0, 0, half, half],
};

/** Reading of an ideal sensor at this tool orientation that carries only the tool. */
function weight(pose: Float64Array): Float64Array {
  const orientation = new Float64Array(4);
  quaternion.multiply(pose, load.ftInTool, orientation, 3, 3);
  const force = new Float64Array(3);
  quaternion.rotateInverse(orientation, [0, 0, -9.81 * load.toolMass], force);
  const [x, y, z] = force;
  const [cx, cy, cz] = load.toolCentreOfMass;
  return Float64Array.of(x, y, z, cy * z - cz * y, cz * x - cx * z, cx * y - cy * x);
}
const pose = (turn: readonly number[]) => {
  const out = new Float64Array(7);
  quaternion.fromRotationVector(turn, out, 0, 3);
  return out;
};
const TOOL_DOWN_POSE = pose([Math.PI, 0, 0]);
const SAMPLE_PERIOD_S = 0.002;
const angle = fc.double({ min: -2, max: 2, noNaN: true });

describe('ContactWrench', () => {
  it('is 0 without contact at any orientation and bias', () => {
    fc.assert(
      fc.property(fc.tuple(angle, angle, angle), (turn) => {
        const contact = new ContactWrench(load, 500);
        const bias = [1, -2, 3, 0.1, 0.2, -0.3];
        let out: Float64Array | undefined;
        for (let i = 0; i < 100; i++) {
          const at = i < 60 ? TOOL_DOWN_POSE : pose(turn);
          out =
            contact.addSample(
              weight(at).map((w, k) => w + bias[k]),
              i * SAMPLE_PERIOD_S,
              at,
            ) ?? out;
        }
        for (const x of out!) expect(Math.abs(x)).toBeLessThan(1e-9);
      }),
    );
  });

  it('is the mean of five samples at 100 Hz, from 0.1 s on', () => {
    const contact = new ContactWrench(load, 500);
    expect(contact.rateHz).toBe(100);
    const stamps: number[] = [];
    let last: Float64Array | undefined;
    for (let i = 0; i < 75; i++) {
      const measured = weight(TOOL_DOWN_POSE);
      if (i >= 50) measured[0] += i % 5;
      const out = contact.addSample(measured, i * SAMPLE_PERIOD_S, TOOL_DOWN_POSE);
      if (out) {
        stamps.push(i);
        last = out;
      }
    }
    expect(stamps).toEqual([54, 59, 64, 69, 74]);
    expect(last![0]).toBeCloseTo(2, 9);
  });

  it('tares again after a jump of the clock, or after a first sample stamped ahead', () => {
    for (const first of [3600, 3600.05]) {
      const contact = new ContactWrench(load, 500);
      const measured = weight(TOOL_DOWN_POSE);
      contact.compensate(measured, first, TOOL_DOWN_POSE);
      for (let i = 0; i <= 50; i++) contact.compensate(measured, 5 + i * SAMPLE_PERIOD_S, TOOL_DOWN_POSE);
      expect(contact.tared).toBe(true);
    }
  });

  it('subtracts no weight for mass 0, and refuses a load that is not finite', () => {
    const contact = new ContactWrench({ ...load, toolMass: 0, toolCentreOfMass: [0, 0, 0], tareTime: 0 }, 500);
    for (const [i, torque] of [0, 0, 50].entries()) {
      contact.compensate(Float64Array.of(0, 0, 0, torque, 0, 0), i * SAMPLE_PERIOD_S, TOOL_DOWN_POSE);
    }
    expect([...contact.newest].map((value) => value + 0)).toEqual([0, 0, 0, 50, 0, 0]);
    const refused = (wrong: object) => () => new ContactWrench({ ...load, ...wrong } as ToolLoad, 500);
    expect(refused({ toolCentreOfMass: [0, Number.NaN, 0] })).toThrow(
      'tool load: toolCentreOfMass is 0, NaN, 0, expected finite numbers',
    );
    expect(refused({ toolMass: -1 })).toThrow('tool load: toolMass is -1 kg, expected at least 0');
    expect(refused({ ftInTool: [0, 0, 0, 0, 0, 0, Number.NaN] })).toThrow('ftInTool');
  });

  it('averages the noise of the tare', () => {
    const contact = new ContactWrench(load, 500);
    const random = new Random(1);
    const noisy = () => weight(TOOL_DOWN_POSE).map((w) => w + random.normal(0.5, 0.1));
    let sum = 0;
    for (let i = 0; i < 1050; i++) sum += contact.addSample(noisy(), i * SAMPLE_PERIOD_S, TOOL_DOWN_POSE)?.[2] ?? 0;
    expect(Math.abs(sum / 200)).toBeLessThan(0.05);
  });

  it('measures a new zero on request and has no output until it is measured', () => {
    const contact = new ContactWrench(load, 500);
    const measured = weight(TOOL_DOWN_POSE);
    for (let i = 0; i < 100; i++) contact.addSample(measured, i * SAMPLE_PERIOD_S, TOOL_DOWN_POSE);
    measured[2] -= 5;
    contact.tare();
    expect(contact.tared).toBe(false);
    let out: Float64Array | undefined;
    for (let i = 100; i < 149; i++)
      expect(contact.addSample(measured, i * SAMPLE_PERIOD_S, TOOL_DOWN_POSE)).toBeUndefined();
    for (let i = 149; i < 160; i++) out = contact.addSample(measured, i * SAMPLE_PERIOD_S, TOOL_DOWN_POSE) ?? out;
    expect(out![2]).toBeCloseTo(0, 9);
  });

  it('ignores a sample that is not finite', () => {
    const contact = new ContactWrench(load, 500);
    for (let i = 0; i < 100; i++) {
      const measured = weight(TOOL_DOWN_POSE);
      if (i % 7 === 3) measured[i % 6] = Number.NaN;
      const out = contact.addSample(measured, i * SAMPLE_PERIOD_S, TOOL_DOWN_POSE);
      if (out) for (const x of out) expect(Math.abs(x)).toBeLessThan(1e-9);
    }
  });
});
