import { expect, it } from 'vitest';
import { DEFAULT_SAFETY } from './defaults.ts';
import { deriveSafety, type SafetySources } from './derive-safety.ts';
import { parseSafetyConfig } from './parse-safety.ts';
import { safetyNotes } from './safety-notes.ts';

const stream = (modality: string, rateHz: number) => ({
  name: modality,
  modality,
  dtype: 'float64' as const,
  shape: [1],
  unit: '1',
  frame: '',
  rateHz,
});
const sources: SafetySources = {
  joints: ['shoulder', 'elbow', 'spinner'],
  maxVelocity: [2, 4, Number.POSITIVE_INFINITY],
  maxAcceleration: [100, 30, 100],
  gripperRange: [0, 0.06],
  streams: [stream('vision', 30), stream('joints', 500), stream('wrench', 250)],
  tool: { toolMass: 1, toolCentreOfMass: [0, 0, 0.1], ftInTool: [0, 0, 0, 0, 0, 0, 1] },
  reach: 0.5,
};

it('limits follow from speeds and drives of the robot itself', () => {
  const { filter } = deriveSafety(sources);
  // 2 rad/s in 50 ms; the weak drive of the elbow; 1 rad/s for a joint without a limit, which is written down.
  expect(filter.limits.acceleration).toEqual({ shoulder: 40, elbow: 30, spinner: 20 });
  expect(filter.limits.velocity).toEqual({ spinner: 1 });
  expect(filter.gripper).toEqual({ minimum: 0, maximum: 0.062, speed: 0.2 });
  expect(filter.cartesian).toEqual({ speed: 0.5 });
});

it('soft limits of the drives and distances of the links go into the filter', () => {
  const distance = { margin: 0.01, self: 'links' as const, linkCapsules: { base: [] } };
  const { filter } = deriveSafety({ ...sources, softLimits: { elbow: { lower: -1, upper: 1.5 } }, distance });
  expect(filter.limits.position).toEqual({ elbow: [-1, 1.5] });
  expect(filter.distance).toEqual(distance);
  expect(deriveSafety(sources).filter.limits.position).toBeUndefined();
});

it('deadlines follow from the rates of the sensors', () => {
  const { streams } = deriveSafety(sources).watchdog;
  expect(streams.vision.deadline).toBeCloseTo(5 / 30, 3);
  expect(streams.wrench.deadline).toBe(0.08);
  expect(streams.joints.deadline).toBe(0.04);
});

it('contact is monitored only with a wrist sensor, above what the tool weighs in motion', () => {
  expect(deriveSafety(sources).force?.free).toEqual({ force: 13, torque: 2.6 });
  expect(deriveSafety({ ...sources, tool: undefined }).force).toBeNull();
});

it('no figure is that of the Praxis arm, and the result is a valid configuration', () => {
  const config = deriveSafety(sources);
  const notes = safetyNotes({ config, robot: 'other', streams: sources.streams, tool: sources.tool });
  expect(notes.filter((line) => line.includes('Praxis'))).toEqual([]);
  const borrowed = safetyNotes({
    config: DEFAULT_SAFETY,
    robot: 'other',
    streams: sources.streams,
    tool: sources.tool,
  });
  expect(borrowed.filter((line) => line.includes('Praxis'))).toHaveLength(1);
  expect(parseSafetyConfig(JSON.parse(JSON.stringify(config)))).toEqual(config);
});
