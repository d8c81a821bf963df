import { sampleFault } from '../signals/sample-fault.ts';
import { TIME_TOLERANCE_S } from '../signals/stamped.ts';
import type { StreamValue } from '../signals/values.ts';
import { assertHolds, assertThrows } from './check.ts';
import { Arm, buffersOf, Recording, type RobotUnderTest } from './recording.ts';

export { assertHolds, ConformanceError } from './check.ts';
export type { RobotUnderTest } from './recording.ts';

/**
 * One requirement of the `Robot` port. `run` rejects with a {@link ConformanceError} that names the violation.
 */
export interface ConformanceTest {
  readonly name: string;
  run(): Promise<void>;
}

interface Context extends RobotUnderTest {
  readonly recording: Recording;
  readonly arm: Arm;
}

/** Time for which a test records the streams (s). */
const OBSERVATION_S = 1;
/** Largest relative difference between a stream's rate and its spec. One sample at each end is allowed on top. */
const RATE_TOLERANCE_RATIO = 0.1;
/** Time in which an arm must come to rest (s). */
const SETTLING_TIME_S = 2;
/** Largest motion of a joint that holds its target (rad), for example by sag. */
const DRIFT_TOLERANCE_RAD = 0.02;
/** A step that every arm can make from its start (rad). */
const TEST_STEP_RAD = 0.1;

const largestDifference = (a: Float64Array, b: Float64Array) =>
  a.reduce((most, q, i) => Math.max(most, Math.abs(q - b[i])), 0);

const requirements: Record<string, (context: Context) => Promise<void>> = {
  'samples have the shape, size and names of their spec': async ({ robot, advance, recording }) => {
    await advance(OBSERVATION_S);
    for (const spec of robot.spec.streams) {
      assertHolds(
        !recording.errors.has(spec.name),
        `${spec.name}: failed with ${String(recording.errors.get(spec.name))}`,
      );
      for (const { value } of recording.samplesOf(spec.name)) {
        const fault = sampleFault(value, spec);
        assertHolds(fault === undefined, fault ?? '');
      }
    }
  },

  'streams come at the rate of their spec': async ({ robot, advance, recording }) => {
    await advance(OBSERVATION_S);
    for (const { name, rateHz } of robot.spec.streams) {
      if (rateHz === 0) continue;
      const stamps = recording.samplesOf(name).map(({ stamp }) => stamp);
      assertHolds(
        stamps.length > 1,
        `${name}: ${stamps.length} samples in ${OBSERVATION_S} s, the spec says ${rateHz} Hz`,
      );
      const rate = (stamps.length - 1) / (stamps[stamps.length - 1] - stamps[0]);
      const tolerance = RATE_TOLERANCE_RATIO * rateHz + 1 / OBSERVATION_S;
      assertHolds(Math.abs(rate - rateHz) <= tolerance, `${name}: ${rate} Hz, the spec says ${rateHz} Hz`);
    }
  },

  'stamps increase, and each sample is received after its stamp and not after now': async ({
    robot,
    advance,
    recording,
  }) => {
    await advance(OBSERVATION_S);
    const now = robot.clock.now();
    for (const { name } of robot.spec.streams) {
      let last = Number.NEGATIVE_INFINITY;
      for (const { stamp, received } of recording.samplesOf(name)) {
        assertHolds(
          Number.isFinite(stamp) && Number.isFinite(received),
          `${name}: stamp ${stamp}, received ${received}`,
        );
        assertHolds(stamp > last, `${name}: stamp ${stamp} after ${last}, expected a later one`);
        assertHolds(received >= stamp, `${name}: received ${received} before its stamp ${stamp}`);
        assertHolds(received <= now + TIME_TOLERANCE_S, `${name}: received ${received} after now, ${now}`);
        last = stamp;
      }
    }
  },

  'streams are hot: a late subscriber gets only later samples': async ({ robot, advance, recording }) => {
    await advance(OBSERVATION_S / 2);
    const start = robot.clock.now();
    const late = new Recording(robot);
    for (const { name } of robot.spec.streams)
      assertHolds(late.samplesOf(name).length === 0, `${name}: replays old samples`);
    await advance(OBSERVATION_S / 2);
    for (const { name } of robot.spec.streams) {
      const fresh = recording.samplesOf(name).filter(({ received }) => received > start + TIME_TOLERANCE_S).length;
      assertHolds(
        late.samplesOf(name).length >= fresh,
        `${name}: a second subscriber got ${late.samplesOf(name).length} of ${fresh}`,
      );
    }
  },

  'a published buffer is never written again': async ({ robot, advance, recording }) => {
    await advance(OBSERVATION_S / 2);
    const kept = robot.spec.streams.flatMap(({ name }) =>
      recording
        .samplesOf(name)
        .map(({ value }) => ({ name, value, copy: buffersOf(value).map((buffer) => buffer.slice()) })),
    );
    const buffers = kept.flatMap(({ value }) => buffersOf(value));
    assertHolds(new Set(buffers).size === buffers.length, 'two samples share a buffer');
    await advance(OBSERVATION_S / 2);
    for (const { name, value, copy } of kept)
      assertHolds(equalsCopy(value, copy), `${name}: an old sample was written to`);
  },

  'an unknown stream is refused': async ({ robot }) => {
    assertThrows(() => robot.stream('no such stream'), 'UnknownStreamError', 'stream("no such stream")');
  },

  'a command of a wrong name, size or number is refused and moves nothing': async ({ advance, arm }) => {
    await advance(0.1);
    const start = arm.measuredJoints();
    arm.send(start);
    await advance(SETTLING_TIME_S);
    const before = arm.measuredJoints();
    const far = before.map((q) => q + 5 * TEST_STEP_RAD);
    const broken = far.slice();
    broken[0] = Number.NaN;
    const refused: [string, () => void][] = [
      ['an unknown name', () => arm.send(far, 0.04, 'no such command')],
      ['one number too few', () => arm.send(far.subarray(1))],
      ['NaN', () => arm.send(broken)],
      ['an infinite gripper width', () => arm.send(far, Number.POSITIVE_INFINITY)],
    ];
    for (const [what, act] of refused) assertThrows(act, 'CommandError', `a command with ${what}`);
    await advance(0.5);
    const moved = largestDifference(before, arm.measuredJoints());
    assertHolds(moved <= DRIFT_TOLERANCE_RAD, `the arm moved by ${moved} rad on commands that it refused`);
  },

  'the arm reaches its last target and holds it, even if the caller overwrites the buffer': async ({
    advance,
    arm,
  }) => {
    await advance(0.1);
    const target = arm.measuredJoints();
    target[0] += TEST_STEP_RAD;
    const buffer = target.slice();
    arm.send(buffer);
    buffer.fill(0);
    await advance(SETTLING_TIME_S);
    const reached = arm.measuredJoints();
    const off = largestDifference(reached, target);
    assertHolds(off <= TEST_STEP_RAD / 2, `the arm is ${off} rad from its target after ${SETTLING_TIME_S} s`);
    await advance(OBSERVATION_S);
    const drift = largestDifference(reached, arm.measuredJoints());
    assertHolds(
      drift <= DRIFT_TOLERANCE_RAD,
      `the arm drifted by ${drift} rad in ${OBSERVATION_S} s without a new command`,
    );
  },

  'stop completes every stream and ends motion, and a second stop is allowed': async ({
    robot,
    advance,
    recording,
  }) => {
    await advance(0.1);
    await robot.stop();
    await robot.stop();
    for (const { name } of robot.spec.streams)
      assertHolds(recording.completed.has(name), `${name}: not completed by stop`);
    const counts = robot.spec.streams.map(({ name }) => recording.samplesOf(name).length);
    await advance(0.1);
    robot.spec.streams.forEach(({ name }, i) => {
      assertHolds(recording.samplesOf(name).length === counts[i], `${name}: a sample came after stop`);
    });
  },
};

const equalsCopy = (value: StreamValue, copy: readonly ArrayLike<number>[]) =>
  buffersOf(value).every((buffer, i) => buffer.every((x, k) => Object.is(x, copy[i][k])));

/**
 * The conformance suite of the `Robot` port, for any test runner. `make` returns a new robot that has not been
 * started and whose first joint can move by 0.1 rad.
 *
 * @example
 * for (const { name, run } of robotConformance(makeMyRobot)) it(name, run);
 */
export function robotConformance(make: () => Promise<RobotUnderTest>): ConformanceTest[] {
  return Object.entries(requirements).map(([name, check]) => ({
    name,
    run: async () => {
      const underTest = await make();
      const { robot } = underTest;
      const recording = new Recording(robot);
      const arm = new Arm(robot, recording);
      try {
        await robot.start();
        await check({ robot, advance: (seconds) => underTest.advance(seconds), recording, arm });
      } finally {
        await robot.stop();
      }
    },
  }));
}
