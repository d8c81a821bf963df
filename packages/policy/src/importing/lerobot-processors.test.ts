import { InputError } from '@praxis/core';
import { describe, expect, it } from 'vitest';
import { linearNormalisation, normalised } from '../numbers/normalisation.ts';
import { type LerobotFolderOptions, type LerobotStatistics, lerobotFolder } from '../testing/lerobot.ts';
import { type LerobotProcessors, lerobotProcessors } from './lerobot-processors.ts';

const statistics: LerobotStatistics = {
  'observation.state': {
    mean: [0.1, -2, 3, 0, 0, 0.03],
    std: [0.5, 1, 2, 1, 0, 0.01],
    min: [-1, -2, -3, 0, 5, 0],
    max: [1, 2, 3, 4, 5, 0.06],
    q01: [-0.9, -1.9, -2.9, 0, 5, 0],
    q99: [0.9, 1.9, 2.9, 3, 5, 0.05],
  },
  action: {
    mean: [0, 1, 2, 3, 4, 5],
    std: [1, 2, 3, 4, 5, 6],
    min: [0, 0, 0, 0, 0, 0],
    max: [1, 1, 1, 1, 1, 1],
    q01: [0, 0, 0, 0, 0, 0],
    q99: [2, 2, 2, 2, 2, 2],
  },
  'observation.images.front': { mean: [0.5, 0.4, 0.3], std: [0.2, 0.25, 0.3] },
  'observation.images.wrist': { mean: [0.1, 0.2, 0.3], std: [0.4, 0.5, 0.6] },
};

const json = (files: ReadonlyMap<string, Uint8Array>, name: string): unknown =>
  JSON.parse(new TextDecoder().decode(files.get(name)));

function read(
  options: Partial<LerobotFolderOptions> = {},
  edit?: (files: Map<string, Uint8Array>) => void,
): LerobotProcessors {
  const files = lerobotFolder({ statistics, ...options });
  edit?.(files);
  const of = (name: string): readonly [string, unknown] => [name, json(files, name)];
  return lerobotProcessors(
    { before: of('policy_preprocessor.json'), after: of('policy_postprocessor.json') },
    (name) => files.get(name)!,
    'act',
  );
}

const modes = (mode: string): Partial<LerobotFolderOptions> => ({
  modes: { VISUAL: 'MEAN_STD', STATE: mode, ACTION: mode },
});

/** What LeRobot's NormalizerProcessorStep computes (normalize_processor.py, eps = 1e-8). */
const theirs: Readonly<Record<string, (x: number, i: number) => number>> = {
  MEAN_STD: (x, i) => (x - statistics['observation.state'].mean[i]) / (statistics['observation.state'].std[i] + 1e-8),
  MIN_MAX: (x, i) => between(x, i, 'min', 'max'),
  QUANTILES: (x, i) => between(x, i, 'q01', 'q99'),
  IDENTITY: (x) => x,
};
function between(x: number, i: number, lowKey: string, highKey: string): number {
  const [low, high] = [statistics['observation.state'][lowKey][i], statistics['observation.state'][highKey][i]];
  return (2 * (x - low)) / (high - low || 1e-8) - 1;
}

describe('lerobotProcessors', () => {
  it.each(Object.keys(theirs))('normalises the state by %s as LeRobot does', (mode) => {
    const state = read(modes(mode)).inputs.get('observation.state')!;
    const line = linearNormalisation(state, 1, 6);
    for (const x of [-1.5, 0, 0.02, 5]) {
      for (let i = 0; i < 6; i++) {
        const expected = theirs[mode](x, i);
        // The statistics are float32.
        const relative = Math.abs(normalised(x, line, i) - expected) / Math.max(1, Math.abs(expected));
        expect(relative).toBeLessThan(1e-6);
      }
    }
  });

  it('an element that never changed in the training is -1 at its value, as in LeRobot', () => {
    const line = linearNormalisation(read(modes('MIN_MAX')).inputs.get('observation.state')!, 1, 6);
    expect(normalised(5, line, 4)).toBeCloseTo(-1, 6);
  });

  it('reads the statistics of each image, and those of the action without what is added to a deviation', () => {
    const { inputs, action } = read();
    expect(inputs.get('observation.images.wrist')).toEqual({
      type: 'mean_std',
      mean: [0.1, 0.2, 0.3].map((x) => Number(Math.fround(x).toPrecision(9))),
      std: [0.4, 0.5, 0.6].map((x) => Number(Math.fround(x).toPrecision(9)) + 1e-8),
    });
    expect(action).toEqual({ type: 'mean_std', mean: [0, 1, 2, 3, 4, 5], std: [1, 2, 3, 4, 5, 6] });
    expect([...inputs.keys()]).toEqual(['observation.state', 'observation.images.front', 'observation.images.wrist']);
  });

  it('leaves an input as it is without statistics, and one that the normaliser is told to leave out', () => {
    const { 'observation.images.front': _, ...without } = statistics;
    expect(read({ statistics: without }).inputs.get('observation.images.front')).toEqual({ type: 'none' });
    const only = read({}, (files) => {
      const text = new TextDecoder().decode(files.get('policy_preprocessor.json'));
      const changed = text.replace('"eps": 1e-8', '"eps": 1e-8, "normalize_observation_keys": ["observation.state"]');
      files.set('policy_preprocessor.json', new TextEncoder().encode(changed));
    });
    expect(only.inputs.get('observation.images.front')).toEqual({ type: 'none' });
    expect(only.inputs.get('observation.state')?.type).toBe('mean_std');
  });

  it('knows the name that an input had before it was renamed', () => {
    const rename_map = { 'observation.images.top': 'observation.images.front' };
    const steps = [{ registry_name: 'rename_observations_processor', config: { rename_map } }];
    expect([...read({ steps }).renamed]).toEqual([['observation.images.front', 'observation.images.top']]);
  });

  it.each<[string, Partial<LerobotFolderOptions>, RegExp]>([
    [
      'tokens of which only the longest text has all',
      { steps: [{ registry_name: 'tokenizer_processor', config: { padding: 'longest' } }] },
      /^act\/policy_preprocessor.json: step tokenizer_processor: padding is "longest", expected "max_length"/,
    ],
    [
      'a step that it does not know',
      { steps: [{ registry_name: 'relative_actions_processor', config: {} }] },
      /^act\/policy_preprocessor.json: step relative_actions_processor: not known, expected rename_observations_processor/,
    ],
    ['a step of a class of its own', { steps: [{ class: 'my.Step' }] }, /step my.Step: not known/],
    ['an unknown normalisation', modes('SQUARE'), /step normalizer_processor: norm_map.STATE is "SQUARE"/],
    [
      'statistics that lack a number',
      { statistics: { ...statistics, 'observation.state': { mean: [1, 2, 3, 4, 5, 6] } } },
      /its statistics have no observation.state.std/,
    ],
    [
      'statistics of another size',
      { statistics: { ...statistics, action: { ...statistics.action, std: [1, 2] } } },
      /action.std has 2 numbers, expected 6/,
    ],
    [
      'statistics that are not finite',
      { statistics: { ...statistics, action: { ...statistics.action, mean: [1, 2, 3, 4, 5, Number.NaN] } } },
      /action.mean has NaN, expected finite numbers/,
    ],
  ])('refuses %s by name', (_, options, line) => {
    expect(() => read(options)).toThrow(InputError);
    expect(() => read(options)).toThrow(line);
  });

  it('names the file whose statistics are broken', () => {
    const name = 'policy_preprocessor_step_3_normalizer_processor.safetensors';
    const broken = (files: Map<string, Uint8Array>): void => void files.set(name, new Uint8Array(3));
    expect(() => read({}, broken)).toThrow(`act/${name}: 3 bytes, expected a safetensors file`);
  });
});
