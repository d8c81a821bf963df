import { RecedingHorizon } from '@praxis/policy';
import { pick } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import { type GoalResult, Language } from '@praxis/teleop';
import { afterEach, expect } from 'vitest';
import { DrivenArm, type DrivenArmOptions } from '../packages/evaluation/src/teleoperation/driven-arm.ts';
import { taskState } from '../sim/src/episode/task-state.ts';

/** Seed of the scene. */
export const SEED = 2_000_000;
const open: DrivenArm[] = [];
afterEach(async () => {
  for (const arm of open.splice(0)) await arm.close();
});

/** Opens the simulated arm with a command line; `tool` and `expectSafe` read the physics, not the sensors. */
export async function openDrivenArm(options: Partial<DrivenArmOptions> = {}) {
  const arm = await DrivenArm.create({
    task: pick,
    seed: SEED,
    urdf: armUrdf(),
    policy: 'expert',
    scheduler: new RecedingHorizon(),
    language: new Language(),
    ...options,
  });
  open.push(arm);
  const replies: string[] = [];
  const results: GoalResult[] = [];
  arm.pilot.events$.subscribe((event) => {
    if (event.kind === 'say' || event.kind === 'confirm') replies.push(event.text);
    if (event.kind === 'result') results.push(event.result);
  });
  const run = async (seconds: number) => {
    for (const end = arm.time + seconds; arm.time < end; ) await arm.step();
  };
  const tool = () => {
    const { tool, rotation, width } = taskState(arm.episode.world, arm.episode.robot);
    return { position: tool, rotation, width };
  };
  await run(0.3);
  return {
    arm,
    /** Asks for the block that the task names. */
    request: arm.episode.instance.goal.key.replace(/^pick/, 'pick up the'),
    replies,
    results,
    run,
    tool,
    command: async (text: string, seconds: number) => {
      arm.acceptText(text);
      await run(seconds);
    },
    expectSafe: () => {
      expect(arm.episode.result().safety!.limitViolations).toEqual({ commands: 0, joints: 0 });
      const { emptyQueueTicks, policyErrors } = arm.episode.loop.stats;
      expect({ emptyQueueTicks, policyErrors }).toEqual({ emptyQueueTicks: 0, policyErrors: 0 });
    },
  };
}

/** Reads the tool's state. */
type Tool = Awaited<ReturnType<typeof openDrivenArm>>['tool'];
/** Change between two tool states: position (m), rotation about each axis of the base frame (rad), width (m). */
export function change(from: ReturnType<Tool>, to: ReturnType<Tool>) {
  const of = (a: readonly number[], b: readonly number[]) => a.map((value, i) => b[i] - value);
  return {
    moved: of(from.position, to.position),
    turned: of(from.rotation, to.rotation),
    width: to.width - from.width,
  };
}
