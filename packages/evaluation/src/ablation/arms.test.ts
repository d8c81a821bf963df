import { describe, expect, it } from 'vitest';
import { ARMS, armNamed, checkArms, SINGLE_ARMS, STAGED_ARMS, withoutOf } from './arms.ts';
import type { AblationData } from './data.ts';

const data = (wrench: boolean): AblationData => ({
  ...{ path: 'data/pick', weight: 1, sha256: 'a', tasks: ['pick'], episodes: 1, records: 9, wrench },
});

describe('the arms of an ablation', () => {
  it('are every set of the three modalities, and one with another fusion', () => {
    const sets = ARMS.filter(({ fusion }) => fusion === 'gated').map(({ without }) => [...without].sort().join());
    expect(new Set(sets).size).toBe(7);
    expect(ARMS.filter(({ fusion }) => fusion === 'concat')).toEqual([
      { name: 'concat', without: [], fusion: 'concat' },
    ]);
    expect(SINGLE_ARMS).toEqual(['vision', 'force', 'language']);
  });

  it('never have what their names leave out', () => {
    const words = { vision: 'vision', wrench: 'force', language: 'language' } as const;
    for (const { name, without } of ARMS.filter((arm) => arm.fusion === 'gated' && arm.name !== 'all'))
      for (const [modality, word] of Object.entries(words))
        expect(name.split('+').includes(word), `${name} ${word}`).toBe(!without.some((each) => each === modality));
  });

  it('about force are refused with demonstrations that feel none, which the others can use', () => {
    expect(() => checkArms([armNamed('all'), armNamed('force')], [data(true), data(false)])).toThrow(
      '--arms force: no task can use it, since the robot of data/pick has no wrist sensor; expected some of all, concat, vision, language',
    );
    checkArms(ARMS, [data(true)]);
    checkArms(['all', 'concat', 'vision', 'language'].map(armNamed), [data(false)]);
    expect(withoutOf(armNamed('vision'), [data(true)])).toEqual(['wrench', 'language']);
    expect(withoutOf(armNamed('vision'), [data(false)])).toEqual(['language']);
  });

  it('in stages have every modality, and parts that sum to 1', () => {
    for (const { name, without, fusion, stages = '' } of STAGED_ARMS) {
      expect({ without, fusion }, name).toEqual({ without: [], fusion: 'gated' });
      const parts = stages.split(',').map((part) => Number(part.split(':')[1]));
      expect(parts.reduce((sum, part) => sum + part)).toBeCloseTo(1, 9);
      expect(armNamed(name).stages).toBe(stages);
    }
    expect(ARMS.filter(({ stages }) => stages !== undefined)).toEqual([]);
  });

  it('have known names only', () => {
    expect(() => armNamed('smell')).toThrow('--arms smell: unknown; known are all, concat, vision+language');
  });
});
