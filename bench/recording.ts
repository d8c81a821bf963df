import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type ActionChunk,
  armBlocks,
  ControlLoop,
  type Policy,
  type PolicySpec,
  type Robot,
  type RobotSpec,
  type Stamped,
  type StreamValue,
  SystemClock,
} from '@praxis/core';
import { RecordingThread } from '@praxis/evaluation';
import { RecedingHorizon } from '@praxis/policy';
import { armModel, HOME_JOINTS_RAD, ROBOT_SPEC, SIM_LOOP } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import { CommandTap, connectRecorder, LoopRecorder, recordingChannels } from '@praxis/wire/recording';
import { Subject } from 'rxjs';
import { quantile } from '../packages/evaluation/src/report/statistics.ts';

const PERIOD_MS = 2;
/** Recorded time, and the time without a recorder before it and after it (s). */
const RECORDED_S = Number(process.env.PRAXIS_BENCH_SECONDS ?? 60);
const WITHOUT_S = RECORDED_S / 2;
const [WIDTH, HEIGHT, CAMERA_HZ] = [640, 480, 30];
/** The recorder does not begin a record with less time than this before the next period (ms). */
const RESERVE_MS = 0.4;
/** With more bytes waiting, it does so all the same. */
const PATIENCE_BYTES = 32 * 1024 * 1024;
const CAMERAS = ['images.wrist', 'images.front'];

const spec: RobotSpec = {
  ...ROBOT_SPEC,
  streams: ROBOT_SPEC.streams.map((stream) => {
    if (stream.name === 'wrench') return { ...stream, rateHz: 1000 };
    return CAMERAS.includes(stream.name) ? { ...stream, shape: [HEIGHT, WIDTH, 3], rateHz: CAMERA_HZ } : stream;
  }),
};
const jointNames = spec.streams.find(({ name }) => name === 'joints')!.names!;

/** Pictures of a smooth scene with the noise of a camera, which compress as such. */
const PICTURES = Array.from({ length: 8 }, (_, n) =>
  new Uint8Array(WIDTH * HEIGHT * 3).map((_, i) => 90 + 60 * Math.sin((i + 9000 * n) / 40_000) + 3 * Math.random()),
);

/** A robot at rest whose sensors publish at the rates of a real one. */
class RobotAtRest implements Robot {
  readonly spec = spec;
  readonly clock = new SystemClock();
  readonly published = new Map<string, number>(spec.streams.map(({ name }) => [name, 0]));
  readonly #streams = new Map(spec.streams.map(({ name }) => [name, new Subject<Stamped<StreamValue>>()]));
  readonly #position = Float64Array.from(jointNames, (_, i) => HOME_JOINTS_RAD[i] ?? 0.04);

  stream(name: string) {
    return this.#streams.get(name)!.asObservable();
  }

  command(): void {}
  async start(): Promise<void> {}
  async stop(): Promise<void> {}

  /** Publishes what arrives in the n-th period. */
  publish(n: number): void {
    const now = this.clock.now();
    for (const stamp of [now - 0.001, now]) this.#next('wrench', Float64Array.from({ length: 6 }, Math.random), stamp);
    const state = {
      names: jointNames,
      position: this.#position.slice(),
      velocity: new Float64Array(jointNames.length),
    };
    this.#next('joints', state, now);
    const frame = Math.floor((n * PERIOD_MS * CAMERA_HZ) / 1000);
    if (frame === Math.floor(((n - 1) * PERIOD_MS * CAMERA_HZ) / 1000)) return;
    for (const [i, camera] of CAMERAS.entries()) {
      this.#next(camera, { width: WIDTH, height: HEIGHT, data: PICTURES[(frame + i) % PICTURES.length] }, now - 0.02);
    }
  }

  #next(name: string, value: StreamValue, stamp: number): void {
    this.published.set(name, this.published.get(name)! + 1);
    this.#streams.get(name)!.next({ value, stamp, received: this.clock.now() });
  }
}

const policySpec: PolicySpec = {
  name: 'stand still',
  inputs: spec.streams.filter(({ rateHz }) => rateHz > 0).map((stream) => ({ ...stream, maximumAge: 1, window: 1 })),
  horizon: 10,
  actionPeriod: 0.1,
  inferencePeriod: 0.1,
};

/** Keeps the arm where it is. */
class StandStill implements Policy {
  readonly spec = policySpec;
  readonly #pose: Float64Array;

  constructor(pose: Float64Array) {
    this.#pose = pose;
  }

  async infer({ stamp }: { readonly stamp: number }): Promise<ActionChunk> {
    const poses = Float64Array.from({ length: 70 }, (_, i) => this.#pose[i % 7]);
    return { stamp, period: 0.1, horizon: 10, gates: {}, blocks: armBlocks(poses, new Float64Array(10).fill(0.08)) };
  }

  reset(): void {}
  async close(): Promise<void> {}
}

/** A loop of 500 Hz on the wall clock in this thread. */
class TimedLoop {
  readonly robot = new RobotAtRest();
  readonly loop: ControlLoop;
  onCommand: ((name: string, command: Parameters<Robot['command']>[1]) => void) | undefined;

  constructor() {
    const { kinematics, tool } = armModel(armUrdf());
    const pose = new Float64Array(7);
    kinematics.forward(Float64Array.from(HOME_JOINTS_RAD), pose);
    this.loop = new ControlLoop({
      ...{ robot: new CommandTap(this.robot, (name, command) => this.onCommand?.(name, command)), kinematics, tool },
      ...{ policy: new StandStill(pose), scheduler: new RecedingHorizon(), inference: { kind: 'measured' } },
      ...SIM_LOOP,
    });
    this.loop.start();
  }

  /**
   * Runs for some seconds.
   * @param rest called with the time to the next period (ms)
   * @returns from when each period was due to the end of the loop's tick (ms)
   */
  async run(seconds: number, rest: (ms: number) => void): Promise<readonly number[]> {
    const times: number[] = [];
    let due = performance.now();
    for (let n = 1; n <= (seconds * 1000) / PERIOD_MS; n++) {
      due += PERIOD_MS;
      while (performance.now() < due) await new Promise((resolve) => setImmediate(resolve));
      this.robot.publish(n);
      this.loop.tick();
      times.push(performance.now() - due);
      rest(due + PERIOD_MS - performance.now());
    }
    return times;
  }
}

/**
 * Records two cameras of 640 x 480 at 30 Hz, a wrench of 1 kHz and joints of 500 Hz beside a control loop of 500 Hz, and compares the
 * loop's p99 with that of the same loop without a recorder before and after.
 */
export default async function recording() {
  const folder = mkdtempSync(join(tmpdir(), 'praxis-bench-recording-'));
  const path = join(folder, 'bench.mcap');
  const timed = new TimedLoop();
  const { robot, loop } = timed;
  try {
    await timed.run(2, () => {});
    const before = await timed.run(WITHOUT_S, () => {});
    const failures: string[] = [];
    const thread = new RecordingThread(
      {
        head: { channels: recordingChannels(spec), metadata: [], library: 'praxis bench' },
        target: { kind: 'file', path, existing: 'refuse' },
      },
      (message) => failures.push(message),
    );
    await thread.ready;
    const recorder = new LoopRecorder({ robot: spec, output: thread });
    const disconnect = connectRecorder(recorder, { robot, loop });
    timed.onCommand = (name, command) => recorder.addCommand('loopCommand', name, command);
    const published = new Map(robot.published);
    let backlog = 0;
    const recorded = await timed.run(RECORDED_S, (ms) => {
      recorder.endPeriod({ time: robot.clock.now(), loopTicked: true, safetyState: '' });
      backlog = Math.max(backlog, recorder.backlogBytes);
      if (ms > RESERVE_MS || recorder.backlogBytes > PATIENCE_BYTES) recorder.drain(Math.max(ms - RESERVE_MS, 0));
      thread.flush('due');
    });
    timed.onCommand = undefined;
    disconnect();
    recorder.drain();
    const written = await thread.finish([]);
    const after = await timed.run(WITHOUT_S, () => {});
    const without = [...before, ...after];
    const row = (times: readonly number[]) => ({
      p50_ms: quantile(times, 0.5),
      p99_ms: quantile(times, 0.99),
      max_ms: Math.max(...times),
    });
    const lost = recorder.streams.map(({ stream, recorded: kept }) => {
      return robot.published.get(stream)! - published.get(stream)! - kept;
    });
    const [ours, baseline] = [quantile(recorded, 0.99) ?? 0, quantile(without, 0.99) ?? 0];
    return {
      unit: 'ms from the due time of a period to the end of the tick, p99',
      ...{ ours, baseline, ratio: ours / baseline, target: 'at most 1.1, and no sample lost' },
      samples_lost: lost.reduce((sum, each) => sum + each, 0),
      recording: row(recorded),
      without: row(without),
      seconds: RECORDED_S,
      messages: written?.messages,
      megabytes: (written?.bytes ?? 0) / 1e6,
      largest_backlog_megabytes: backlog / 1e6,
      failures,
    };
  } finally {
    loop.stop();
    rmSync(folder, { recursive: true });
  }
}
