import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Robot } from '@praxis/core';
import { RecedingHorizon } from '@praxis/policy';
import { loadPolicyFromDirectory } from '@praxis/policy/node';
import { type EpisodeOptions, runEpisode } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import { describe, expect, it } from 'vitest';
import { drawMotor, type Motor, motorTask } from '../examples/own-modality/motor.ts';
import { VibrationRobot } from '../examples/own-modality/sensor.ts';
import { needs, SHIPPED_POLICY } from './needs.ts';

const root = new URL('..', import.meta.url);

/** Runs a program of `examples/` from the root of the checkout, as a user does, and returns the lines that it prints. */
async function run(example: string, ...values: string[]): Promise<string[]> {
  const command = ['--import', 'tsx', `examples/${example}`, ...values];
  const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: root });
  return stdout.trim().split('\n');
}

/** Share of successes in a line such as `drag: 19 of 20`, 0 to 1. */
const share = (line: string): number => {
  const [, part, whole] = /: (\d+) of (\d+)$/.exec(line)!;
  return Number(part) / Number(whole);
};

describe('examples', { timeout: 240_000 }, () => {
  it('closed-loop.ts: the expert succeeds, and the program prints every chunk', async () => {
    const lines = await run('closed-loop.ts', 'expert', '7');
    expect(lines[0]).toMatch(/^seed 7: ".+"$/);
    expect(lines.filter((line) => line.includes('tool to')).length).toBeGreaterThan(20);
    expect(lines.at(-1)).toMatch(/^success after \d+\.\d\d s/);
  });

  it('closed-loop.ts: the shipped policy runs to the end of an episode', needs(SHIPPED_POLICY), async () => {
    const lines = await run('closed-loop.ts');
    expect(lines.at(-1)).toMatch(/^(success|failure) after/);
  });

  it('own-task: the expert drags the block past the line in at least 95 % of 20 episodes', async () => {
    const lines = await run('own-task/run.ts', '20');
    expect(lines).toHaveLength(21);
    expect(share(lines.at(-1)!)).toBeGreaterThanOrEqual(0.95);
  });

  it('own-modality: the policy succeeds with vibration, and half the time without it', async () => {
    const [withVibration, masked] = await run('own-modality/run.ts', '20');
    expect(withVibration).toMatch(/^with vibration/);
    expect(share(withVibration)).toBeGreaterThanOrEqual(0.95);
    expect(masked).toMatch(/^without vibration/);
    // Of 20 fair coin tosses, 1 % fall outside these bounds. The seeds are fixed, so the outcome does not vary.
    expect(share(masked)).toBeGreaterThan(0.2);
    expect(share(masked)).toBeLessThan(0.8);
  });

  it('own-modality: with vibration masked the actions do not depend on the motor, otherwise they do', async () => {
    const policy = await loadPolicyFromDirectory(fileURLToPath(new URL('examples/own-modality/model', root)));
    const seed = 2_000_000;
    const actions = async (motor: Motor, mask: readonly string[]): Promise<string> => {
      const wrapRobot = (arm: Robot): Robot => new VibrationRobot(arm, motor, seed);
      const scheduler = new RecedingHorizon();
      const options: EpisodeOptions = { task: motorTask, seed, urdf: armUrdf(), policy, scheduler, mask, wrapRobot };
      return (await runEpisode(options)).actionsSha256;
    };
    const slow: Motor = { ...drawMotor(seed), frequencyHz: 12 };
    const fast: Motor = { ...slow, frequencyHz: 27 };
    expect(await actions(slow, ['vibration'])).toBe(await actions(fast, ['vibration']));
    expect(await actions(slow, [])).not.toBe(await actions(fast, []));
    await policy.close();
  });
});
