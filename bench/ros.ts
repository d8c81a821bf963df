import { quantile } from '../packages/evaluation/src/report/statistics.ts';
import { RosMissingError, rosMissing } from '../packages/ros/src/rcl/load.ts';
import { background, measured } from './ros/child.ts';
import { CAMERAS, IMAGE, WRENCH, WRENCH_HZ } from './ros/load.ts';
import type { Received, ReceiveMode } from './ros/receive.ts';

/** s that each receiver and each chain is watched, and how often they take turns. */
const DURATION_S = 10;
const ROUNDS = 2;
const SUPERVISOR_NODE = '../../packages/ros/bin/supervisor_node.mjs';
/** No sensor but the joints, and no reaction to a joint that somebody else moves. */
const SUPERVISOR_PARAMETERS = [
  'sensor_frame:=""',
  'cameras:=[""]',
  'camera_frames:=[""]',
  'gripper:=none',
  'watch_cameras:=false',
  'auto_start:=true',
];

/**
 * Two cameras of 1280 x 720 at 30 Hz and a wrench at 1 kHz, received by us, by rclnodejs as bytes (the yardstick) and by rclnodejs as
 * objects, in turn; and the way from a sensor to the controllers through three processes, beside a bare echo of as many hops.
 */
export default async function ros() {
  const missing = rosMissing();
  if (missing !== undefined) throw new RosMissingError(missing);
  const turns: Record<ReceiveMode, Received[]> = { ours: [], raw: [], default: [] };
  for (let turn = 0; turn < ROUNDS; turn++) {
    for (const mode of ['ours', 'raw', 'default'] as const) {
      const ends = [...CAMERAS, WRENCH].map((topic) => background('source.ts', [topic]));
      const receiver = measured<Received>('receive.ts', [mode, String(DURATION_S)]);
      turns[mode].push(await receiver.finally(() => Promise.all(ends.map((end) => end()))));
    }
  }
  const load = (mode: ReceiveMode): number => mean(turns[mode].map((each) => each.load));
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

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

const latency = (ages: readonly number[]) => ({
  p50: 1000 * (quantile(ages, 0.5) ?? Number.NaN),
  p99: 1000 * (quantile(ages, 0.99) ?? Number.NaN),
  max: 1000 * Math.max(...ages),
  samples: ages.length,
});

/** Sensor, whoever commands, supervisor: seconds from a joint sample's stamp to the target made from it at the controllers. */
async function sensorToCommand(): Promise<readonly number[]> {
  const args = ['--ros-args', ...SUPERVISOR_PARAMETERS.flatMap((each) => ['-p', each])];
  const ends = [background(SUPERVISOR_NODE, args), background('follower.ts')];
  return (
    await measured<{ ages: number[] }>('robot.ts', [String(DURATION_S)]).finally(() =>
      Promise.all(ends.map((end) => end())),
    )
  ).ages;
}

async function bareEcho(): Promise<readonly number[]> {
  const ends = [0, 1].map((hop) => background('echo.ts', [String(hop)]));
  return (
    await measured<{ ages: number[] }>('ping.ts', [String(DURATION_S)]).finally(() =>
      Promise.all(ends.map((end) => end())),
    )
  ).ages;
}
