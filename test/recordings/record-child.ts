/**
 * Records a robot that is not there, in real time, until it is killed: two small cameras at 30 Hz, a wrench at 1 kHz, joints at 500 Hz.
 *
 *   node --import ./packages/core/source-loader.mjs test/recordings/record-child.ts FILE SECONDS
 *
 * Prints the time of the recording each 20 ms, and each remark.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { RobotSpec } from '@praxis/core';

import { LoopRecorder, recordingChannels } from '@praxis/wire/recording';
// This module alone, since the whole package takes seconds to load.
import { RecordingThread } from '../../packages/evaluation/src/recording/thread/recording-thread.ts';

const [path, seconds] = process.argv.slice(2);
const SIZE = 64;
const camera = {
  modality: 'vision',
  dtype: 'uint8',
  shape: [SIZE, SIZE, 3],
  unit: 'rgb8',
  frame: 'camera',
  rateHz: 30,
} as const;
const robot: Pick<RobotSpec, 'streams'> = {
  streams: [
    {
      name: 'joints',
      modality: 'joints',
      dtype: 'float64',
      shape: [6],
      unit: 'rad',
      frame: '',
      rateHz: 500,
      names: [...'abcdef'],
    },
    { name: 'wrench', modality: 'wrench', dtype: 'float64', shape: [6], unit: 'N', frame: 'ft', rateHz: 1000 },
    { ...camera, name: 'images.wrist' },
    { ...camera, name: 'images.front' },
  ],
};
const setup = {
  head: { channels: recordingChannels(robot), metadata: [], library: 'test' },
  target: { kind: 'file', path, existing: 'refuse' },
} as const;
const thread = new RecordingThread(setup, (message) => process.stdout.write(`failed ${message}\n`));
await thread.ready;
const recorder = new LoopRecorder({ robot, output: thread });
const names = robot.streams[0].names!;
const start = performance.now();
let [period, images] = [0, 0];
for (;;) {
  const now = (performance.now() - start) / 1000;
  for (; period * 0.002 <= now; period++) {
    const time = period * 0.002;
    const position = Float64Array.from(names, (_, i) => Math.sin(time + i));
    recorder.addSample(0, { value: { names, position, velocity: position }, stamp: time, received: time });
    for (const stamp of [time - 0.001, time]) {
      recorder.addSample(1, { value: Float64Array.from(names, Math.random), stamp, received: time });
    }
    for (; images / 30 <= time; images++) {
      for (const i of [2, 3]) {
        const data = new Uint8Array(SIZE * SIZE * 3).map(() => 256 * Math.random());
        recorder.addSample(i, { value: { width: SIZE, height: SIZE, data }, stamp: time, received: time });
      }
    }
    recorder.endPeriod({ time, loopTicked: true, safetyState: 'running' });
  }
  recorder.drain();
  thread.flush('due');
  process.stdout.write(`${now}\n`);
  if (now >= Number(seconds)) break;
  await sleep(20);
}
const written = await thread.finish([]);
process.stdout.write(`${written ? `ended with ${written.messages} messages` : 'ended without a file'}\n`);
