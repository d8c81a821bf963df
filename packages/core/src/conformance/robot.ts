import { sampleFault } from '../signals/sample-fault.ts';
import { TIME_TOLERANCE_S } from '../signals/stamped.ts';
import type { StreamValue } from '../signals/values.ts';
import { claim, claimThrows } from './check.ts';
import { Arm, Recording, type RobotUnderTest } from './recording.ts';
import { buffersOf } from './sample.ts';

export { ConformanceError, claim } from './check.ts';
export type { RobotUnderTest } from './recording.ts';

/** One promise of the port. `run` rejects with a {@link ConformanceError} that says what was wrong. */
export interface ConformanceTest {
  readonly name: string;
  run(): Promise<void>;
}

interface Context extends RobotUnderTest {
  readonly recording: Recording;
  readonly arm: Arm;
}

/** Seconds for which streams are watched. */
const WATCHED = 1;
/** Share by which a stream's rate may differ from its spec, on top of one sample at each end. */
const RATE_TOLERANCE = 0.1;
/** Seconds for an arm to come to rest, then to hold. */
const SETTLING = 2;
/** rad, by which a joint may drift or sag while it holds. */
const DRIFT = 0.02;
/** rad, a step that every arm can make from where it starts. */
const STEP = 0.1;

const furthest = (a: Float64Array, b: Float64Array) => a.reduce((most, q, i) => Math.max(most, Math.abs(q - b[i])), 0);

const promises: Record<string, (context: Context) => Promise<void>> = {
  'samples have the shape, size and names of their spec': async ({ robot, advance, recording }) => {
    await advance(WATCHED);
    for (const spec of robot.spec.streams) {
      claim(!recording.errors.has(spec.name), `${spec.name}: failed with ${String(recording.errors.get(spec.name))}`);
      for (const { value } of recording.of(spec.name)) {
        const fault = sampleFault(value, spec);
        claim(fault === undefined, fault ?? '');
      }
    }
  },

  'streams come at the rate of their spec': async ({ robot, advance, recording }) => {
    await advance(WATCHED);
    for (const { name, rateHz } of robot.spec.streams) {
      if (rateHz === 0) continue;
      const stamps = recording.of(name).map(({ stamp }) => stamp);
      claim(stamps.length > 1, `${name}: ${stamps.length} samples in ${WATCHED} s, the spec says ${rateHz} Hz`);
      const rate = (stamps.length - 1) / (stamps[stamps.length - 1] - stamps[0]);
      const tolerance = RATE_TOLERANCE * rateHz + 1 / WATCHED;
      claim(Math.abs(rate - rateHz) <= tolerance, `${name}: ${rate} Hz, the spec says ${rateHz} Hz`);
    }
  },

  'stamps rise, and nothing is received before it happened or after now': async ({ robot, advance, recording }) => {
    await advance(WATCHED);
    const now = robot.clock.now();
    for (const { name } of robot.spec.streams) {
      let last = Number.NEGATIVE_INFINITY;
      for (const { stamp, received } of recording.of(name)) {
        claim(Number.isFinite(stamp) && Number.isFinite(received), `${name}: stamp ${stamp}, received ${received}`);
        claim(stamp > last, `${name}: stamp ${stamp} after ${last}, expected a later one`);
        claim(received >= stamp, `${name}: received ${received} before its stamp ${stamp}`);
        claim(received <= now + TIME_TOLERANCE_S, `${name}: received ${received} after now, ${now}`);
        last = stamp;
      }
    }
  },

  'streams are hot: a late subscriber sees only what comes later': async ({ robot, advance, recording }) => {
    await advance(WATCHED / 2);
    const since = robot.clock.now();
    const late = new Recording(robot);
    for (const { name } of robot.spec.streams) claim(late.of(name).length === 0, `${name}: replays old samples`);
    await advance(WATCHED / 2);
    for (const { name } of robot.spec.streams) {
      const fresh = recording.of(name).filter(({ received }) => received > since + TIME_TOLERANCE_S).length;
      claim(late.of(name).length >= fresh, `${name}: a second subscriber got ${late.of(name).length} of ${fresh}`);
    }
  },

  'buffers that were handed out are not written again': async ({ robot, advance, recording }) => {
    await advance(WATCHED / 2);
    const kept = robot.spec.streams.flatMap(({ name }) =>
      recording.of(name).map(({ value }) => ({ name, value, copy: buffersOf(value).map((buffer) => buffer.slice()) })),
    );
    const buffers = kept.flatMap(({ value }) => buffersOf(value));
    claim(new Set(buffers).size === buffers.length, 'two samples share a buffer');
    await advance(WATCHED / 2);
    for (const { name, value, copy } of kept) claim(same(value, copy), `${name}: an old sample was written to`);
  },

  'an unknown stream is refused': async ({ robot }) => {
    claimThrows(() => robot.stream('no such stream'), 'UnknownStreamError', 'stream("no such stream")');
  },

  'a command of a wrong name, size or number is refused and moves nothing': async ({ advance, arm }) => {
    await advance(0.1);
    const start = arm.measured();
    arm.send(start);
    await advance(SETTLING);
    const before = arm.measured();
    const far = before.map((q) => q + 5 * STEP);
    const broken = far.slice();
    broken[0] = Number.NaN;
    const refused: [string, () => void][] = [
      ['an unknown name', () => arm.send(far, 0.04, 'no such command')],
      ['one number too few', () => arm.send(far.subarray(1))],
      ['NaN', () => arm.send(broken)],
      ['an infinite gripper width', () => arm.send(far, Number.POSITIVE_INFINITY)],
    ];
    for (const [what, act] of refused) claimThrows(act, 'CommandError', `a command with ${what}`);
    await advance(0.5);
    const moved = furthest(before, arm.measured());
    claim(moved <= DRIFT, `the arm moved by ${moved} rad on commands that it refused`);
  },

  'the arm goes to its last target and holds it, whatever becomes of the buffer': async ({ advance, arm }) => {
    await advance(0.1);
    const target = arm.measured();
    target[0] += STEP;
    const buffer = target.slice();
    arm.send(buffer);
    buffer.fill(0);
    await advance(SETTLING);
    const reached = arm.measured();
    const off = furthest(reached, target);
    claim(off <= STEP / 2, `the arm is ${off} rad from its target after ${SETTLING} s`);
    await advance(WATCHED);
    const drift = furthest(reached, arm.measured());
    claim(drift <= DRIFT, `the arm drifted by ${drift} rad in ${WATCHED} s without a new command`);
  },

  'stop completes every stream, ends motion, and may be called twice': async ({ robot, advance, recording }) => {
    await advance(0.1);
    await robot.stop();
    await robot.stop();
    for (const { name } of robot.spec.streams) claim(recording.completed.has(name), `${name}: not completed by stop`);
    const counts = robot.spec.streams.map(({ name }) => recording.of(name).length);
    await advance(0.1);
    robot.spec.streams.forEach(({ name }, i) => {
      claim(recording.of(name).length === counts[i], `${name}: a sample came after stop`);
    });
  },
};

const same = (value: StreamValue, copy: readonly ArrayLike<number>[]) =>
  buffersOf(value).every((buffer, i) => buffer.every((x, k) => Object.is(x, copy[i][k])));

/**
 * What every {@link Robot} must keep, to be run by any test runner on a robot of one's own. `make` gives a new robot
 * that has not been started, free to move by 0.1 rad in its first joint.
 *
 * @example
 * for (const { name, run } of robotConformance(makeMyRobot)) it(name, run);
 */
export function robotConformance(make: () => Promise<RobotUnderTest>): ConformanceTest[] {
  return Object.entries(promises).map(([name, keep]) => ({
    name,
    run: async () => {
      const underTest = await make();
      const { robot } = underTest;
      const recording = new Recording(robot);
      const arm = new Arm(robot, recording);
      try {
        await robot.start();
        await keep({ robot, advance: (seconds) => underTest.advance(seconds), recording, arm });
      } finally {
        await robot.stop();
      }
    },
  }));
}
