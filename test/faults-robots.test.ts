import { fileURLToPath } from 'node:url';
import { RecedingHorizon } from '@praxis/policy';
import type { SafetyCause, SafetyState } from '@praxis/safety';
import { pick, robotSetup, runEpisode, SHIPPED_FAULTS, safetyOf } from '@praxis/sim';
import { openRobotSource } from '@praxis/sim/node';
import { describe, expect, it } from 'vitest';

type Expected = readonly [fault: string, state: SafetyState, causes: readonly SafetyCause[], withinMs: number];

/** Stop, causes and largest time from the fault to the supervisor's stop. */
const EVERY_ARM: readonly Expected[] = [
  ['policy_hangs', 'hold', ['empty_queue'], 402],
  ['loop_blocked', 'hold', ['command_silence', 'loop_silent'], 50],
  ['out_of_range_commands', 'protective_stop', ['command_rejected'], 102],
  ['joints_lost', 'protective_stop', ['stream_lost'], 50],
  ['joints_biased', 'hold', ['joints_implausible'], 10],
];
const WITH_WRIST_SENSOR: readonly Expected[] = [
  ['wrench_lost', 'protective_stop', ['stream_lost'], 50],
  ['sensor_biased', 'protective_stop', ['contact'], 4000],
];

const open = (robot: string) => openRobotSource(fileURLToPath(new URL(`../robots/${robot}`, import.meta.url)));

async function runWith(robot: string, fault: string) {
  return runEpisode({
    robot: await open(robot),
    task: pick,
    seed: 2_000_011,
    policy: 'expert',
    scheduler: new RecedingHorizon(),
    fault: SHIPPED_FAULTS.find(({ name }) => name === fault)!,
  });
}

describe.for([
  ['arm6', [...EVERY_ARM, ...WITH_WRIST_SENSOR]],
  ['arm5', EVERY_ARM],
] as const)('the derived supervisor of %s', ([robot, faults]) => {
  it('comes from its description alone and keeps its links apart', async () => {
    const { filter } = safetyOf(robotSetup(await open(robot)));
    expect((await open(robot)).definition.safety).toBeUndefined();
    expect(Object.values(filter.distance?.linkCapsules ?? {}).flat().length).toBeGreaterThan(4);
  });

  it.for(faults)('stops for %s, and no limit is passed', async ([fault, state, causes, withinMs]) => {
    const { safety, fault: outcome, success } = await runWith(robot, fault);
    expect(success).toBe(false);
    expect(safety?.state).toBe(state);
    expect(causes).toContain(outcome?.cause);
    expect(outcome?.holdMs).toBeLessThanOrEqual(withinMs);
    expect(outcome?.standing).toBe(true);
    expect(safety?.falseStops).toBe(0);
    expect(safety?.limitViolations).toEqual({ commands: 0, joints: 0 });
  });
});

it('a fault of a sensor that the arm does not have is refused in one line', async () => {
  await expect(runWith('arm5', 'wrench_lost')).rejects.toThrow(
    'robot arm5: it has no stream of modality wrench for the fault',
  );
  await expect(runWith('arm5', 'sensor_frozen')).rejects.toThrow(
    'robot arm5: it has no stream "wrench" for the fault, but ',
  );
});
