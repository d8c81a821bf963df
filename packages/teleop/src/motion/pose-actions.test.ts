import {
  ACTION_SPACES,
  type ActionChunk,
  type ActionSpec,
  armBlocks,
  DEFAULT_ACTIONS,
  type PolicySpec,
} from '@praxis/core';
import { describe, expect, it } from 'vitest';
import { PoseActions } from './pose-actions.ts';

const HORIZON = 4;
const compliance = (name: string, space: 'stiffness' | 'wrench'): ActionSpec => {
  const { names = [], unit = '' } = ACTION_SPACES[space];
  return { name, space, names, unit, frame: '' };
};
const specOf = (actions: readonly ActionSpec[]): PolicySpec => ({
  ...{ name: 'learned', inputs: [], actions },
  ...{ horizon: HORIZON, actionPeriod: 0.05, inferencePeriod: 0.1 },
});
const chunk: ActionChunk = {
  ...{ stamp: 1, period: 0.05, horizon: HORIZON, gates: {} },
  blocks: armBlocks(new Float64Array(7 * HORIZON).fill(0.5), new Float64Array(HORIZON).fill(0.04)),
};
const compliant = new PoseActions(
  specOf([...DEFAULT_ACTIONS, compliance('springs', 'stiffness'), compliance('push', 'wrench')]),
  'demonstrations',
);

describe('poses for a policy with a compliant tool', () => {
  it('make the tool stiff without force', () => {
    const { blocks } = compliant.translate(chunk);
    expect(Object.keys(blocks)).toEqual(['arm', 'gripper', 'springs', 'push']);
    expect([...blocks.springs.data]).toEqual(Array(3 * HORIZON).fill(5000));
    expect([...blocks.push.data]).toEqual(Array(3 * HORIZON).fill(0));
  });

  it('keep the stiffness and the force of an expert', () => {
    const stiffness = { space: 'stiffness', data: new Float64Array(3 * HORIZON).fill(300) } as const;
    const force = { space: 'wrench', data: new Float64Array(3 * HORIZON).fill(-4) } as const;
    const { blocks } = compliant.translate({ ...chunk, blocks: { ...chunk.blocks, stiffness, force } });
    expect(blocks.springs).toBe(stiffness);
    expect(blocks.push).toBe(force);
  });

  it('are still refused for an action of another kind', () => {
    const twist: ActionSpec = {
      name: 'base',
      space: 'base_twist',
      names: ['vx', 'wz'],
      unit: ['m/s', 'rad/s'],
      frame: '',
    };
    expect(() => new PoseActions(specOf([...DEFAULT_ACTIONS, twist]), 'demonstrations')).toThrow(
      'policy learned: action base (base_twist), expected one arm and its gripper for demonstrations',
    );
  });
});
