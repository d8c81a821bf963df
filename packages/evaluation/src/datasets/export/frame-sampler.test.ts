import type { SignalSpec } from '@praxis/core';
import { describe, expect, it } from 'vitest';
import { frameLayout, INTERVENTION } from './frame-layout.ts';
import { FrameSampler } from './frame-sampler.ts';
import { PICTURE_FORMATS } from './pictures.ts';
import type { RecordedEvent } from './recorded-streams.ts';

const spec: SignalSpec = {
  ...{ name: 'joints', modality: 'joints', dtype: 'float64', shape: [1], unit: 'rad', frame: 'base', rateHz: 10 },
  names: ['elbow'],
};
const layout = frameLayout(
  'test',
  { name: 'one joint', streams: [spec], commands: [{ ...spec, name: 'arm' }] },
  [spec],
  PICTURE_FORMATS.table,
);

/** Events of one control period: joints, a command, and who drives if it is said. */
function* periodOf(time: number, driver?: string, safetyState = 'running'): Generator<RecordedEvent> {
  const position = Float64Array.of(time);
  const header = { stamp: { sec: 0, nanosec: 0 }, frame_id: '' };
  const command = { header, group: 'arm', position, gripper_width: 0, twist: new Float64Array(0) };
  yield {
    kind: 'sample',
    spec,
    value: { names: ['elbow'], position, velocity: position },
    stamp: time,
    received: time,
  };
  yield { kind: 'command', command, received: time };
  if (driver !== undefined) yield { kind: 'driver', driver, received: time };
  yield { kind: 'period', time, dropped: 0, safetyState };
}

function sample(drivers: readonly (string | undefined)[], initial?: string) {
  const sampler = new FrameSampler(layout, 10, initial);
  for (const [k, driver] of drivers.entries()) for (const event of periodOf(k / 20, driver)) sampler.add(event);
  return { sampler, frames: sampler.finish() };
}

describe('FrameSampler', () => {
  it('takes who gives the action of a frame, like the action, from the end of the time until the next frame', () => {
    // Frames are at 0, 0.1, 0.2 s, two periods each; the change of period 3 comes after the second frame.
    const { frames } = sample(['policy', undefined, undefined, 'operator', undefined, 'policy']);
    expect(frames.columns.get(INTERVENTION)).toEqual([false, true, false]);
  });

  it('counts no person while the supervisor stops the robot', () => {
    const sampler = new FrameSampler(layout, 10, 'operator');
    const states = ['running', 'running', 'running', 'hold', 'hold', 'ready', 'running', 'running'];
    for (const [k, state] of states.entries())
      for (const event of periodOf(k / 20, undefined, state)) sampler.add(event);
    expect(sampler.finish().columns.get(INTERVENTION)).toEqual([true, false, true, true]);
  });

  it('has no frame before it is said who drives', () => {
    const { frames } = sample([undefined, undefined, 'operator', undefined, undefined, undefined]);
    expect(frames.start).toBeCloseTo(0.1, 9);
    expect(frames.columns.get(INTERVENTION)).toEqual([true, true]);
    expect(sample([undefined, undefined]).sampler.missing()).toBe('who drives (/praxis/driver)');
    expect(sample([undefined, undefined], 'policy').frames.columns.get(INTERVENTION)).toEqual([false]);
  });
});
