/**
 * Drives a robot of your own without the simulator: robot, supervisor, control loop and policy against the wall clock.
 *
 *   npx praxis run examples/own-robot/run.ts [seconds]
 */
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { ControlLoop, SystemClock } from '@praxis/core';
import { chainKinematics, parseUrdf } from '@praxis/model';
import { RecedingHorizon } from '@praxis/policy';
import { DEFAULT_SAFETY, parseSafetyConfig, SupervisedRobot, Supervisor } from '@praxis/safety';
import { BenchArm } from './bench-arm.ts';
import { CirclePolicy } from './circle-policy.ts';
import { ImitatedDriver } from './driver.ts';

/** Time between two ticks of loop and supervisor (s). */
const PERIOD_S = 0.002;
const durationS = Number(process.argv[2] ?? 8);

const driver = new ImitatedDriver();
const robot = new BenchArm(driver, new SystemClock());
const model = parseUrdf(readFileSync(new URL('arm.urdf', import.meta.url), 'utf8'));
const kinematics = chainKinematics(model, 'base_link', 'tool0');

// The supervisor stands between the loop and the robot. Its limits are those of your arm.
const supervisor = new Supervisor({
  names: driver.joints,
  streams: robot.spec.streams,
  model,
  kinematics,
  config: parseSafetyConfig({
    ...DEFAULT_SAFETY,
    filter: { ...DEFAULT_SAFETY.filter, limits: { acceleration: 20, jerk: 10_000 }, cartesian: { speed: 0.25 } },
  }),
  period: PERIOD_S,
  fingerJoints: [],
});
const supervised = new SupervisedRobot(robot, supervisor);
supervisor.events$.subscribe(({ from, to, message }) => console.log(`${from} -> ${to}: ${message}`));

const loop = new ControlLoop({
  robot: supervised,
  policy: new CirclePolicy(),
  kinematics,
  scheduler: new RecedingHorizon(),
  inference: { kind: 'measured' },
  fingerJoints: [],
  workspace: { minimum: [0.1, -0.5, 0.05], maximum: [0.9, 0.5, 1] },
});
loop.start();
await supervised.start();

const ticks = setInterval(() => {
  driver.step(PERIOD_S);
  loop.tick();
  supervisor.beat('loop', robot.clock.now());
  supervised.tick();
  // Once the arm is measured, an operator's decision lets it move. Here the program decides, once.
  if (supervisor.state === 'ready' && supervisor.log.length < 2) supervisor.start(robot.clock.now());
}, 1000 * PERIOD_S);

for (let second = 1; second <= durationS; second++) {
  await sleep(1000);
  const [x, y, z] = loop.derived.endEffector.pose;
  console.log(`${second} s  ${supervisor.state}  tool at ${[x, y, z].map((metres) => metres.toFixed(3)).join(' ')} m`);
}
clearInterval(ticks);
loop.stop();
await supervised.stop();
