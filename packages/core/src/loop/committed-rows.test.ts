import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ActionRows } from '../actions/rows.ts';
import { type ActionChunk, type ActionSpec, ARM_POSE, armBlocks, GRIPPER_WIDTH } from '../actions/specs.ts';
import * as quaternion from '../math/quaternion.ts';
import type { ChunkScheduler, Observation, Policy, PolicySpec } from '../ports/policy.ts';
import { MemoryRobot } from '../testing/memory-robot.ts';
import { constantChunk, FunctionPolicy } from '../testing/policies.ts';
import { HOME_JOINTS_RAD, sevenJointArm } from '../testing/serial-arm.ts';
import { bindActions } from './bind-actions.ts';
import { CommittedRows } from './committed-rows.ts';
import { ControlLoop } from './control-loop.ts';
import type { ControlLoopOptions } from './options.ts';

/** Follows the newest chunk from its stamp to its end, interpolated. */
class NewestRows implements ChunkScheduler {
  chunk: ActionChunk | undefined;

  addChunk(chunk: ActionChunk): void {
    this.chunk = chunk;
  }

  sample(now: number, out: Float64Array): boolean {
    if (!this.chunk) return false;
    const { stamp, horizon, period } = this.chunk;
    if (now < stamp || now > stamp + horizon * period + 1e-9) return false;
    new ActionRows(this.chunk).interpolate(now, out);
    return true;
  }

  reset(): void {
    this.chunk = undefined;
  }
}

const RANGE = [0, 0.08] as const;
const PERIOD_S = 0.05;

function committed(scheduler: ChunkScheduler, change: Partial<PolicySpec> = {}): CommittedRows {
  const spec: PolicySpec = {
    ...{ name: 'p', inputs: [], horizon: 8, actionPeriod: PERIOD_S, inferencePeriod: 0.1, committedRows: 6 },
    ...change,
  };
  const arm = { kinematics: sevenJointArm(), baseFrame: 'base_link', compliant: false };
  const bound = bindActions(spec, new MemoryRobot(HOME_JOINTS_RAD).spec, new Map([['arm', arm]]), 'arm');
  const contexts = bound.map((each) => ({
    ...{ bound: each, workspace: undefined, kinematics: undefined, gripperRange: RANGE },
  }));
  return new CommittedRows(scheduler, spec, contexts);
}

const number = fc.double({ min: -1, max: 1, noNaN: true });
/** A chunk of 8 rows at time 1 s. */
const chunks = fc
  .array(fc.tuple(fc.array(number, { minLength: 6, maxLength: 6 }), fc.double({ min: 0, max: 0.08, noNaN: true })), {
    ...{ minLength: 8, maxLength: 8 },
  })
  .map((rows): ActionChunk => {
    const poses = new Float64Array(7 * rows.length);
    for (const [k, [numbers]] of rows.entries()) {
      poses.set(numbers.slice(0, 3), 7 * k);
      quaternion.fromRotationVector(numbers, poses, 3, 7 * k + 3);
    }
    const blocks = armBlocks(
      poses,
      Float64Array.from(rows, ([, width]) => width),
    );
    return { stamp: 1, period: PERIOD_S, horizon: rows.length, blocks, gates: {} };
  });

describe('the actions to which a robot is committed', () => {
  it('are what the scheduler gives at the times of the rows, up to the end of the chunk in force', () => {
    fc.assert(
      fc.property(chunks, fc.double({ min: 1, max: 1.34, noNaN: true }), (chunk, stamp) => {
        const scheduler = new NewestRows();
        scheduler.addChunk(chunk);
        const given = committed(scheduler).from(stamp, 0.1)!;
        expect(given.rows).toBe(Math.min(6, Math.floor((1.4 - stamp) / PERIOD_S + 1e-7)));
        const row = new Float64Array(8);
        for (let k = 0; k < given.rows; k++) {
          new ActionRows(chunk).interpolate(stamp + (k + 1) * PERIOD_S, row);
          expect(given.blocks.arm.data.subarray(7 * k, 7 * (k + 1))).toEqual(row.subarray(0, 7));
          expect(given.blocks.gripper.data[k]).toBe(row[7]);
        }
        expect(given.blocks.arm).toMatchObject({ space: 'ee_pose' });
        expect(given.blocks.arm.data).toHaveLength(7 * given.rows);
      }),
    );
  });

  it('count as executed as far as the delay reaches, and no further than the chunk', () => {
    const scheduler = new NewestRows();
    scheduler.addChunk({ ...constantChunk(1, new Float64Array(8)) });
    const counts = [0, 0.001, 0.05, 0.1, 0.1001, 0.15 + 1e-12, 10].map((delay) => committed(scheduler).from(1, delay));
    expect(counts.map((each) => each?.count)).toEqual([0, 1, 1, 2, 3, 3, 4]);
    expect(counts.map((each) => each?.rows)).toEqual(Array(7).fill(4));
    expect(committed(scheduler, { committedRows: 2 }).from(1, 10)).toMatchObject({ rows: 2, count: 2 });
  });

  it('are none without a chunk, and at its end', () => {
    const scheduler = new NewestRows();
    expect(committed(scheduler).from(1, 0.1)).toBeUndefined();
    scheduler.addChunk(constantChunk(1, new Float64Array(8)));
    expect(committed(scheduler).from(1.18, 0.1)).toBeUndefined();
  });

  it('have a gripper in the unit of its action', () => {
    const opening: ActionSpec = { ...GRIPPER_WIDTH, names: ['opening'], unit: '1' };
    const scheduler = new NewestRows();
    scheduler.addChunk(constantChunk(1, [0, 0, 0, 0, 0, 0, 1, 0.02]));
    const { blocks } = committed(scheduler, { actions: [ARM_POSE, opening], committedRows: 2 }).from(1, 0.1)!;
    expect([...blocks.gripper.data]).toEqual([0.25, 0.25]);
  });
});

function setUp(inference: ControlLoopOptions['inference'], committedRows: number | undefined, now = () => 0) {
  const robot = new MemoryRobot(HOME_JOINTS_RAD);
  const target = new Float64Array(8);
  sevenJointArm().forward(HOME_JOINTS_RAD, target);
  const inner = new FunctionPolicy(({ stamp }) => constantChunk(stamp, target));
  const policy: Policy = {
    spec: { ...inner.spec, ...(committedRows !== undefined && { committedRows }) },
    infer: (observation) => inner.infer(observation),
    reset: () => {},
    close: async () => {},
  };
  const tool = { toolMass: 0, toolCentreOfMass: [0, 0, 0], ftInTool: [0, 0, 0, 0, 0, 0, 1] } as const;
  const scheduler = new NewestRows();
  const parts = { robot, policy, kinematics: sevenJointArm(), scheduler, tool };
  const loop = new ControlLoop({ ...parts, inference, performanceNow: now });
  const run = async (seconds: number): Promise<readonly Observation[]> => {
    loop.start();
    await robot.start();
    robot.publishInstruction('lift');
    for (let i = Math.round(seconds / 0.002); i > 0; i--) {
      robot.step();
      await loop.pending;
      loop.tick();
    }
    return inner.observations;
  };
  return { loop, scheduler, run };
}

describe('a control loop', () => {
  it('tells a policy that asks for it what is executed during the inference, from the second one on', async () => {
    const observations = await setUp({ kind: 'simulated', delay: 0.06 }, 3).run(0.5);
    expect(observations.length).toBeGreaterThan(3);
    expect(observations.map(({ committed }) => committed?.count)).toEqual([undefined, ...Array(3).fill(2)]);
    // Chunks of 4 rows, 0.2 s; 0.1 s later two of them are left.
    expect(observations[1].committed).toMatchObject({ rows: 2, blocks: { arm: { space: 'ee_pose' } } });
  });

  it('does not ask the scheduler for a policy that does not', async () => {
    const { run, scheduler } = setUp({ kind: 'simulated', delay: 0.06 }, undefined);
    const times: number[] = [];
    const sample = scheduler.sample.bind(scheduler);
    scheduler.sample = (now, out) => {
      times.push(now);
      return sample(now, out);
    };
    const observations = await run(0.5);
    expect(observations.every((each) => !('committed' in each))).toBe(true);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  it('expects the longest of the last ten inferences where it measures them', async () => {
    // Each inference reads the time three times; the second one takes 120 ms, the others 20 ms.
    let inferences = 0;
    let time = 0;
    let reads = 0;
    const { run } = setUp({ kind: 'measured' }, 4, () => {
      if (reads++ % 3 === 2) time += ++inferences === 2 ? 120 : 20;
      return time;
    });
    const observations = await run(1.8);
    const counts = observations.map(({ committed }) => committed?.count);
    expect(counts.slice(0, 3)).toEqual([undefined, 1, 2]);
    expect(counts.slice(2, 12)).toEqual(Array(10).fill(2));
    expect(counts.slice(12)).toEqual(Array(counts.length - 12).fill(1));
    expect(counts.length).toBeGreaterThan(13);
  });
});
