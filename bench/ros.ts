import { mean, quantile } from '../packages/evaluation/src/report/statistics.ts';
import { RosMissingError, rosMissing } from '../packages/ros/src/rcl/load.ts';
import { CAMERAS, IMAGE, runToEnd, startBackground, WRENCH, WRENCH_HZ } from './ros/child.ts';
import type { Received, ReceiveMode } from './ros/receive.ts';

/** Duration of each measurement of a receiver or chain (s). */
const DURATION_S = 10;
/** Number of measurements of each receiver; the receivers alternate. */
const MEASUREMENT_COUNT = 2;
const SUPERVISOR_NODE = '../../packages/ros/bin/supervisor_node.mjs';
/** Parameters without any sensor except the joints, and without a reaction to a joint that moves without a command. */
const SUPERVISOR_PARAMETERS = [
  'sensor_frame:=""',
  'cameras:=[""]',
  'camera_frames:=[""]',
  'gripper:=none',
  'watch_cameras:=false',
  'auto_start:=true',
];

/**
 * Measures the processor time of receiving two cameras of 1280 x 720 at 30 Hz and a wrench at 1 kHz: with Praxis, with rclnodejs as
 * bytes (the baseline) and with rclnodejs as objects. Also measures the latency from a sensor to the controllers through three
 * processes, and that of a bare echo with the same number of hops.
 */
export default async function ros() {
  const missing = rosMissing();
  if (missing !== undefined) throw new RosMissingError(missing);
  const turns: Record<ReceiveMode, Received[]> = { ours: [], raw: [], default: [] };
  for (let turn = 0; turn < MEASUREMENT_COUNT; turn++) {
    for (const mode of ['ours', 'raw', 'default'] as const) {
      const stops = [...CAMERAS, WRENCH].map((topic) => startBackground('source.ts', [topic]));
      const receiver = runToEnd<Received>('receive.ts', [mode, String(DURATION_S)]);
      turns[mode].push(await receiver.finally(() => Promise.all(stops.map((stop) => stop()))));
    }
  }
  const load = (mode: ReceiveMode): number => mean(turns[mode].map((each) => each.load))!;
  const drops = (mode: ReceiveMode): string => {
    const sum = (count: (of: Received) => number): number => turns[mode].reduce((all, each) => all + count(each), 0);
    const all = (got: number, dropped: number): string => `${dropped} of ${got + dropped}`;
    return [
      `images ${all(
        sum(({ images }) => images),
        sum(({ imagesDropped }) => imagesDropped),
      )}`,
      `wrenches ${all(
        sum(({ wrenches }) => wrenches),
        sum(({ wrenchesDropped }) => wrenchesDropped),
      )}`,
    ].join(', ');
  };
  const chain = latency(await sensorToCommand());
  const echo = latency(await bareEcho());
  return {
    unit: `processor seconds a second for ${CAMERAS.length} x ${IMAGE.width}x${IMAGE.height} at ${IMAGE.rateHz} Hz and ${WRENCH_HZ} wrenches`,
    ours: load('ours'),
    baseline: load('raw'),
    ratio: load('ours') / load('raw'),
    target: 'at most 1.15',
    rclnodejs_default: load('default'),
    dropped_ours: drops('ours'),
    dropped_raw: drops('raw'),
    dropped_default: drops('default'),
    sensor_to_command_ms: chain,
    bare_echo_ms: echo,
  };
}

const latency = (ages: readonly number[]) => ({
  p50: 1000 * (quantile(ages, 0.5) ?? Number.NaN),
  p99: 1000 * (quantile(ages, 0.99) ?? Number.NaN),
  max: 1000 * Math.max(...ages),
  samples: ages.length,
});

/**
 * Measures the chain of sensor, commanding node and supervisor.
 * @returns times from the stamp of a joint sample to the arrival of its target at the controllers (s)
 */
async function sensorToCommand(): Promise<readonly number[]> {
  const args = ['--ros-args', ...SUPERVISOR_PARAMETERS.flatMap((each) => ['-p', each])];
  return measureAges('robot.ts', [startBackground(SUPERVISOR_NODE, args), startBackground('follower.ts')]);
}

/** Measures the latency of a message through two nodes that only forward it (s). */
const bareEcho = (): Promise<readonly number[]> =>
  measureAges(
    'ping.ts',
    [0, 1].map((hop) => startBackground('echo.ts', [String(hop)])),
  );

/** Runs a program that measures ages (s), then stops the background processes. */
async function measureAges(file: string, stops: readonly (() => Promise<void>)[]): Promise<readonly number[]> {
  const measuring = runToEnd<{ readonly ages: readonly number[] }>(file, [String(DURATION_S)]);
  return (await measuring.finally(() => Promise.all(stops.map((stop) => stop())))).ages;
}
