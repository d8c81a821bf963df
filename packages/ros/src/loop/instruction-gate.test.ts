import type { PolicyInputSpec } from '@praxis/core';
import { describe, expect, it } from 'vitest';
import { type NodePolicy, nodePolicy, openProject } from '../project/project.ts';
import { InstructionGate } from './instruction-gate.ts';

const project = await openProject({ config: '' });
const shipped = nodePolicy('', project);
const TEXT: PolicyInputSpec = {
  name: 'instruction',
  modality: 'language',
  dtype: 'string',
  shape: [],
  unit: '1',
  frame: '',
  rateHz: 0,
  maximumAge: Number.POSITIVE_INFINITY,
  window: 1,
};

function setUp(words: NodePolicy['words'] = 'listed', inputs: readonly PolicyInputSpec[] = [TEXT]) {
  const requests: string[] = [];
  const gate = new InstructionGate(
    { ...shipped, words },
    { inputs },
    {
      requestStop: (word) => requests.push(`stop: ${word}`),
      hold: () => requests.push('hold'),
    },
  );
  return { gate, requests };
}

describe('InstructionGate', () => {
  it('stops on a stop word and holds on a negation; the policy gets neither', () => {
    const { gate, requests } = setUp();
    expect(() => gate.admit('stop')).toThrow('"stop" is a stop word');
    expect(() => gate.admit("don't pick up the red cube")).toThrow('forbids a motion');
    expect(() => gate.admit("you mustn't pick up the red cube")).toThrow('forbids a motion');
    expect(requests).toEqual(['stop: stop', 'hold', 'hold']);
  });

  it.each([
    ['pick up the banana', "I don't know banana"],
    ['banana', "I don't know banana"],
    ['', 'the instruction is empty'],
    ['hello', 'hello'],
    ['move left 5 cm', 'command of another kind'],
  ])('refuses "%s" and says why', (text, reason) => {
    const { gate, requests } = setUp();
    expect(() => gate.admit(text)).toThrow(reason);
    expect(requests).toEqual([]);
  });

  it('passes an instruction on as the policy has learnt it, and its own result again', () => {
    const { gate } = setUp();
    const admitted = gate.admit('Please pick up the red cube!');
    expect(admitted).toBe('pick up the red cube');
    expect(gate.admit(admitted)).toBe(admitted);
    expect(gate.admit('no, the blue one')).toBe('pick up the blue cube');
  });

  it('passes the instructions of the tasks that the policy has learnt, in all of their wordings', () => {
    const { gate, requests } = setUp();
    const learnt = project.registry.policyTasks.filter(({ name }) => ['pick', 'sort'].includes(name));
    for (const task of learnt) {
      for (const wordings of ['train', 'validation', 'report'] as const) {
        // Each goal in one wording, and each wording in several goals.
        const texts = task.goals(wordings).map(({ texts: all }, i) => all[i % all.length]);
        expect(texts.length).toBeGreaterThan(0);
        for (const text of texts) {
          const admitted = gate.admit(text);
          expect(gate.admit(admitted), text).toBe(admitted);
        }
      }
    }
    expect(requests).toEqual([]);
  });

  it('lets any task start a policy that does not read the instruction', () => {
    const { gate } = setUp('listed', []);
    expect(gate.admit('bring the motor to its side')).toBe('bring the motor to its side');
    expect(() => gate.admit('stop')).toThrow('stop word');
  });

  it('lets a policy in code have words that nothing lists, but no stop word, negation or empty text', () => {
    const { gate, requests } = setUp('open');
    expect(gate.admit('frobnicate the banana')).toBe('frobnicate the banana');
    for (const text of ['', 'halt', 'do not pick up the red cube']) expect(() => gate.admit(text)).toThrow();
    expect(requests).toEqual(['stop: halt', 'hold']);
  });
});
