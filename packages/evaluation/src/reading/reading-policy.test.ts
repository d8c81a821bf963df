import type { ActionChunk, Observation, Policy, PolicyInputSpec, PolicySpec, StreamValue } from '@praxis/core';
import { InstructionReader } from '@praxis/planner';
import { setupOf } from '@praxis/sim';
import { beforeEach, describe, expect, it } from 'vitest';
import type { PictureDetector } from '../planning/context/thing-finder.ts';
import { robotChoice } from '../project/robot.ts';
import { ReadingPolicy } from './reading-policy.ts';

const setup = setupOf(await robotChoice(undefined));
const instruction: PolicyInputSpec = {
  ...{ name: 'instruction', modality: 'language', dtype: 'string', shape: [], unit: '1', frame: '', rateHz: 0 },
  ...{ maximumAge: Infinity, window: 1 },
};

/** A policy that notes what it is told. */
class Listening implements Policy {
  readonly told: unknown[] = [];
  readonly spec: PolicySpec = {
    name: 'listening',
    inputs: [instruction],
    horizon: 1,
    actionPeriod: 0.1,
    inferencePeriod: 0.1,
  };

  async infer({ stamp, inputs }: Observation): Promise<ActionChunk> {
    this.told.push(inputs.get('instruction')?.samples.at(-1));
    return { stamp, period: 0.1, horizon: 1, blocks: {}, gates: {} };
  }

  reset(): void {}

  async close(): Promise<void> {}
}

const observation = (samples: Readonly<Record<string, StreamValue>>): Observation => ({
  stamp: 1,
  inputs: new Map(
    Object.entries(samples).map(([name, sample]) => [
      name,
      { spec: { ...instruction, name }, present: true, age: 0, stamp: 1, samples: [sample] },
    ]),
  ),
});

describe('ReadingPolicy', () => {
  let policy: Listening;
  let reading: ReadingPolicy;
  const reader = new InstructionReader({ tasks: ['pick', 'press'] });
  beforeEach(() => {
    policy = new Listening();
    reading = new ReadingPolicy({ policy, reader, setup });
  });
  const give = (text: string) => reading.infer(observation({ instruction: text }));

  it('asks about a word that nobody knows, and "yes" gives the policy what was asked about, once', async () => {
    expect((await give('pick up the carmine cube')).refused).toBe('By "carmine", do you mean red?');
    expect((await give('yes')).refused).toBeUndefined();
    await give('press the green button');
    await give('yes');
    expect(policy.told).toEqual(['pick up the red cube', 'press the green button', 'yes']);
  });

  it('gives the policy the plain wording of what is meant, and other instructions as they are', async () => {
    expect((await give('not the red button, the green one')).refused).toBeUndefined();
    await give('softer please');
    expect(policy.told).toEqual(['press the green button', 'softer please']);
    expect(reading.reading).toEqual({ kind: 'as it is', text: 'softer please' });
  });

  it('refuses what is not read, and the policy hears nothing of it', async () => {
    expect((await give("don't press the red button")).refused).toContain('says what not to do');
    expect((await give('press the red button, not the green one, the blue one')).refused).toContain('Which one');
    expect(policy.told).toEqual([]);
  });

  it('remembers the kind of what was meant until it is reset', async () => {
    await give('press the red button');
    await give('not that one, the blue one');
    expect(policy.told.at(-1)).toBe('press the blue button');
    reading.reset();
    expect((await give('not that one, the blue one')).refused).toBeDefined();
  });

  it('looks once for each instruction, and places what it finds by the measured joints', async () => {
    let looks = 0;
    const detector: PictureDetector = {
      cameras: ['front'],
      async find() {
        looks++;
        return [
          { x: 0.5, y: 0.5, confidence: 0.9, words: [{ red: 1 }, { cube: 1 }] as Readonly<Record<string, number>>[] },
        ];
      },
    };
    const seeing = new ReadingPolicy({ policy, reader, setup, detector });
    expect(seeing.spec.inputs.map(({ name }) => name)).toEqual(['instruction', 'joints']);
    const { names } = setup.spec.streams.find(({ name }) => name === 'joints')!;
    const joints = { position: Float64Array.from(names!, (name) => setup.home[setup.joints.indexOf(name)] ?? 0.04) };
    const picture = { width: 1, height: 1, data: new Uint8Array(3) };
    const scene = { 'images.front': picture, joints } as unknown as Record<string, StreamValue>;
    const both = (text: string) => seeing.infer(observation({ ...scene, instruction: text }));
    await both('take the thing that is not blue');
    await both('take the thing that is not blue');
    expect(policy.told).toEqual(['pick up the red cube', 'pick up the red cube']);
    expect(looks).toBe(1);
    expect((await both('pick up the blue cube')).refused).toBe('I see no blue cube');
  });

  it('needs a policy that takes instructions', () => {
    const deaf = { ...policy, spec: { ...policy.spec, inputs: [] } } as unknown as Policy;
    expect(() => new ReadingPolicy({ policy: deaf, reader, setup })).toThrow('takes no instruction');
  });
});
