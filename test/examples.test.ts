import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { evaluate } from '@praxis/evaluation';
import { RecedingHorizon } from '@praxis/policy';
import { loadPolicyFromDirectory } from '@praxis/policy/node';
import { type EpisodeOptions, runEpisode } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import { describe, expect, it } from 'vitest';
import { drawMotor, type Motor, motorTask } from '../examples/own-modality/motor.ts';
import { vibrationOf } from '../examples/own-modality/sensor.ts';
import { needs, SHIPPED_POLICY } from './needs.ts';

const root = new URL('..', import.meta.url);

/** Runs a program of `examples/` from the root of the checkout, as a user does, and returns the lines that it prints. */
async function run(example: string, ...values: string[]): Promise<string[]> {
  const command = ['packages/cli/bin/praxis.mjs', 'run', `examples/${example}`, ...values];
  const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: root });
  return stdout.trim().split('\n');
}

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

  it('own-task: the expert drags the block past the line', async () => {
    const config = 'examples/own-task/praxis.config.ts';
    const { tasks } = await evaluate({ config, policy: 'expert', tasks: ['drag'], seeds: [0, 1], workers: 1 });
    expect(tasks[0]).toMatchObject({ task: 'drag', episodes: 2, successes: 2 });
  });

  it('own-skill: a request is planned by rules, checked and run', async () => {
    const lines = await run('own-skill/plan.ts', 'move up 5 centimetres');
    expect(lines).toEqual(['Done: move up 0.05.']);
  });

  it('own-modality: the policy succeeds with vibration, and not every time without it', async () => {
    const config = 'examples/own-modality/praxis.config.ts';
    const run = { config, policy: 'vibration', tasks: ['motor'], seeds: [2_000_000, 2_000_001], workers: 1 };
    const [withVibration] = (await evaluate(run)).tasks;
    const [masked] = (await evaluate({ ...run, seeds: run.seeds.slice(1), mask: ['vibration'] })).tasks;
    expect(withVibration).toMatchObject({ task: 'motor', episodes: 2, successes: 2 });
    expect(masked).toMatchObject({ episodes: 1, successes: 0 });
  });

  it('own-modality: with vibration masked the actions do not depend on the motor, otherwise they do', async () => {
    const policy = await loadPolicyFromDirectory(fileURLToPath(new URL('examples/own-modality/model', root)));
    const seed = 2_000_000;
    const actions = async (motor: Motor, mask: readonly string[]): Promise<string> => {
      const modalities = [vibrationOf(() => motor)];
      const scheduler = new RecedingHorizon();
      const options: EpisodeOptions = { task: motorTask, seed, urdf: armUrdf(), policy, scheduler, mask, modalities };
      return (await runEpisode(options)).actionsSha256;
    };
    const slow: Motor = { ...drawMotor(seed), frequencyHz: 12 };
    const fast: Motor = { ...slow, frequencyHz: 27 };
    expect(await actions(slow, ['vibration'])).toBe(await actions(fast, ['vibration']));
    expect(await actions(slow, [])).not.toBe(await actions(fast, []));
    await policy.close();
  });
});
