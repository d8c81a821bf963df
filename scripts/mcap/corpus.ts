/**
 * Writes the small recordings of `test/recordings/corpus`, which independent readers read. `rewrite-lz4.py` makes `lz4.mcap` of one.
 *
 *   node --import ./packages/core/source-loader.mjs scripts/mcap/corpus.ts
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { armBlocks, type RobotSpec, type SignalSpec } from '@praxis/core';
import { ChunkBuilder, type Compression, loadZstd, McapFileWriter } from '@praxis/wire/mcap';
import { DirectOutput, LoopRecorder, recordingChannels } from '@praxis/wire/recording';

const folder = fileURLToPath(new URL('../../test/recordings/corpus/', import.meta.url));
const PERIODS = 60;
const PERIOD_S = 0.002;

const stream = (name: string, modality: string, shape: readonly number[], rest: Partial<SignalSpec>): SignalSpec => {
  return { name, modality, dtype: 'float64', shape, unit: '1', frame: 'base_link', rateHz: 500, ...rest };
};
const robot: Pick<RobotSpec, 'streams'> = {
  streams: [
    stream('joints', 'joints', [2], { unit: 'rad', names: ['shoulder', 'elbow'] }),
    stream('wrench', 'wrench', [6], { unit: ['N', 'N', 'N', 'N m', 'N m', 'N m'], frame: 'ft_sensor_link' }),
    stream('images.wrist', 'vision', [6, 8, 3], { dtype: 'uint8', unit: 'rgb8', rateHz: 50, frame: 'camera_wrist' }),
    stream('odometry', 'odometry', [13], { rateHz: 50, frame: 'odom' }),
    stream('vibration', 'vibration', [3], { unit: 'm/s^2', rateHz: 100, frame: 'tool' }),
    stream('instruction', 'language', [], { dtype: 'string', rateHz: 0, frame: '' }),
  ],
};

/** Records a tenth of a second of everything that a recording can hold. */
function write(compression: Compression, end: 'index' | 'no index'): Uint8Array {
  const parts: Uint8Array[] = [];
  const head = {
    channels: recordingChannels(robot),
    metadata: [{ name: 'praxis', values: { task: 'corpus', note: 'Größe, 力' } }],
    library: 'praxis corpus',
  };
  const file = new McapFileWriter({ write: (bytes) => void parts.push(bytes.slice()) }, head);
  const builder = new ChunkBuilder({ bytes: 1e6, seconds: 0.03 });
  builder.compression = compression;
  const output = new DirectOutput(builder, file);
  const recorder = new LoopRecorder({ robot, output });
  for (let k = 0; k < PERIODS; k++) record(recorder, k);
  recorder.drain();
  output.flush();
  if (end === 'index') file.end();
  return Buffer.concat(parts);
}

function record(recorder: LoopRecorder, k: number): void {
  const time = 1 + k * PERIOD_S;
  const wave = (size: number, phase: number) =>
    Float64Array.from({ length: size }, (_, i) => Math.sin(time * (i + 1) + phase));
  const sample = (i: number, value: Parameters<LoopRecorder['addSample']>[1]['value'], delay: number) =>
    recorder.addSample(i, { value, stamp: time - delay, received: time });
  if (k === 5) sample(5, 'nimm den größeren Würfel', 0);
  if (k % 10 === 0) {
    sample(2, { width: 8, height: 6, data: Uint8Array.from({ length: 144 }, (_, i) => (i * 7 + k) & 255) }, 0.03);
    sample(3, wave(13, 2), 0.004);
  }
  sample(1, wave(6, 1), 0.001);
  sample(0, { names: robot.streams[0].names!, position: wave(2, 0), velocity: wave(2, 0.5) }, 0.001);
  if (k % 5 === 0) sample(4, wave(3, 3), 0);
  const times = { stamp: time, received: time };
  if (k % 20 === 0) {
    const chunk = { stamp: time - 0.03, period: 0.1, horizon: 2, gates: { vision: 0.6, wrench: 0.4 } };
    recorder.addChunk({ ...chunk, blocks: armBlocks(wave(14, 4), wave(2, 5)) }, time, 12.5);
    recorder.addSafetyEvent({
      ...{ time, from: 'running', to: 'hold', cause: 'contact', message: 'contact of 31 N', data: { force_n: 31 } },
    });
    recorder.addOperatorInput('request', 'hold', time);
    recorder.addLoopEvent({ time, kind: 'empty_queue', data: {} });
  }
  recorder.addCommand('loopCommand', 'arm', { value: { position: wave(2, 6), gripperWidth: 0.04 }, ...times });
  recorder.addCommand('robotCommand', 'base', { value: { twist: wave(3, 7) }, ...times });
  recorder.endPeriod({ time, loopTicked: true, safetyState: 'running' });
}

await loadZstd();
mkdirSync(folder, { recursive: true });
const files: Readonly<Record<string, Uint8Array>> = {
  'zstd.mcap': write('zstd', 'index'),
  'uncompressed.mcap': write('', 'index'),
  'no-index.mcap': write('zstd', 'no index'),
  'cut.mcap': write('zstd', 'no index').subarray(0, -2000),
  'empty.mcap': new Uint8Array(0),
  'foreign.mcap': Buffer.from('#ROSBAG V2.0\n'),
};
for (const [name, bytes] of Object.entries(files)) writeFileSync(`${folder}${name}`, bytes);
