import { writeFileSync } from 'node:fs';
import type { RobotSpec, SignalSpec } from '@praxis/core';
import { ChunkBuilder, loadZstd, McapFileWriter } from '@praxis/wire/mcap';
import { DirectOutput, LoopRecorder, recordingChannels } from '@praxis/wire/recording';

const PERIOD_S = 0.01;
const WIDTH = 4;
const HEIGHT = 2;

const signal = (name: string, modality: string, shape: readonly number[], rest: Partial<SignalSpec>): SignalSpec => {
  return { name, modality, dtype: 'float64', shape, unit: '1', frame: 'base_link', rateHz: 100, ...rest };
};

/** The robot of a {@link writeSmallRecording}. */
export const smallRobot = (name: string, joints: readonly string[]): RobotSpec => ({
  name,
  streams: [
    signal('images.front', 'vision', [HEIGHT, WIDTH, 3], { dtype: 'uint8', unit: 'rgb8', rateHz: 10 }),
    signal('wrench', 'wrench', [6], {}),
    signal('joints', 'joints', [joints.length], { names: joints }),
    signal('instruction', 'language', [], { dtype: 'string', rateHz: 0 }),
  ],
  commands: [signal('arm', 'joints', [joints.length + 1], { names: [...joints, 'gripper'] })],
});

/** What is special about a recording. */
export interface SmallRecording {
  readonly robot?: string;
  readonly joints?: readonly string[];
  readonly instruction?: string;
  readonly outcome?: string;
  /** Phase of the motion, by which recordings differ (rad). */
  readonly phase?: number;
  /** Periods of 0.01 s. */
  readonly periods?: number;
  /** First and last period in which the camera sends nothing. */
  readonly blind?: readonly [from: number, to: number];
  /** Periods in which the supervisor reports a stop. Default: none. */
  readonly stops?: readonly number[];
}

/** Position of joint `i` (rad) at a time (s). */
export const jointAt = (time: number, i: number, phase: number): number => Math.sin(2 * time + i + phase);

/** Writes a recording of two seconds: joints at 100 Hz that follow {@link jointAt}, a camera at 10 Hz, commands that lead by 0.05 s. */
export async function writeSmallRecording(path: string, options: SmallRecording = {}): Promise<void> {
  const {
    robot: name = 'two_joints',
    joints = ['shoulder', 'elbow'],
    phase = 0,
    periods = 200,
    blind,
    stops = [],
  } = options;
  await loadZstd();
  const robot = smallRobot(name, joints);
  const parts: Uint8Array[] = [];
  const facts = { task: 'wave', seed: '7', policy: 'waver', robot_spec: JSON.stringify(robot) };
  const file = new McapFileWriter(
    { write: (bytes) => void parts.push(bytes.slice()) },
    { channels: recordingChannels(robot), metadata: [{ name: 'praxis', values: facts }], library: 'praxis test' },
  );
  const output = new DirectOutput(new ChunkBuilder({ bytes: 1e6, seconds: 0.5 }), file);
  const recorder = new LoopRecorder({ robot, output });
  const wave = (time: number) => Float64Array.from(joints, (_, i) => jointAt(time, i, phase));
  for (let k = 1; k <= periods; k++) {
    const time = k * PERIOD_S;
    const add = (i: number, value: Parameters<LoopRecorder['addSample']>[1]['value'], delay: number) =>
      recorder.addSample(i, { value, stamp: time - delay, received: time });
    if (k === 1) add(3, options.instruction ?? 'wave to me', 0);
    if (k % 10 === 3 && !(blind && k >= blind[0] && k <= blind[1])) {
      const data = Uint8Array.from({ length: WIDTH * HEIGHT * 3 }, (_, i) => (i * 7 + k + 40 * phase) & 255);
      add(0, { width: WIDTH, height: HEIGHT, data }, 0.025);
    }
    add(
      1,
      Float64Array.from({ length: 6 }, (_, i) => i + Math.cos(time)),
      0.001,
    );
    add(2, { names: robot.streams[2].names!, position: wave(time), velocity: wave(time) }, 0);
    if (k % 10 === 1) {
      const gates = { vision: 0.5 + k / 1000, language: 0.25 };
      recorder.addChunk({ stamp: time, period: 0.1, horizon: 1, gates, blocks: {} }, time);
    }
    const value = { position: wave(time + 0.05), gripperWidth: 0.04 };
    recorder.addCommand('robotCommand', 'arm', { value, stamp: time, received: time });
    if (stops.includes(k)) {
      const message = `contact of ${k} N`;
      recorder.addSafetyEvent({ time, from: 'running', to: 'protective_stop', cause: 'contact', message, data: {} });
    }
    recorder.endPeriod({ time, loopTicked: true, safetyState: 'running' });
    recorder.drain();
  }
  output.flush();
  file.addMetadata({ name: 'praxis_result', values: { outcome: options.outcome ?? 'success' } });
  file.end();
  writeFileSync(path, Buffer.concat(parts));
}
