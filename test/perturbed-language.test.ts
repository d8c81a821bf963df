import { RecedingHorizon } from '@praxis/policy';
import { Episode, type EpisodeOptions, pick, runEpisode } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import { expect, it } from 'vitest';

const SEED = 2_000_003;
const scene = (more: Partial<EpisodeOptions> = {}): EpisodeOptions => ({
  ...{ task: pick, seed: SEED, urdf: armUrdf(), policy: 'expert', scheduler: new RecedingHorizon() },
  ...more,
});

it('an episode with another wording is that of its seed: the expert, who needs no words, moves as without', async () => {
  const usual = await runEpisode(scene());
  for (const language of [1, 2] as const) {
    const reworded = await runEpisode(scene({ perturbations: { language } }));
    expect(reworded.instruction).not.toBe(usual.instruction);
    // The words are no goal of the task by its own wordings, and are judged all the same.
    expect(reworded).toMatchObject({ success: true, outcome: 'success', actionsSha256: usual.actionsSha256 });
    expect(reworded.wordingKind === undefined).toBe(language === 1);
  }
  expect(usual).not.toHaveProperty('wordingKind');
});

it('an instruction of the caller and another wording exclude each other', async () => {
  const options = scene({ perturbations: { language: 1 }, instruction: 'lift the red cube' });
  await expect(Episode.create(options)).rejects.toThrow(
    'perturbation language: cannot be used with an instruction, which it replaces',
  );
});
