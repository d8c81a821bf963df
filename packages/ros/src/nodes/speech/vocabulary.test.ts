import { EMPTY_VOCABULARY } from '@praxis/policy';
import type { GrammarModule } from '@praxis/speech';
import { commandGrammar } from '@praxis/teleop/node';
import { describe, expect, it } from 'vitest';
import { heardVocabulary } from './vocabulary.ts';

/** The grammar that the recogniser loads. */
const jsgf = async (planner: string): Promise<string> => {
  const { module, vocabulary } = commandGrammar(heardVocabulary(EMPTY_VOCABULARY, { planner, wake_word: '' }));
  const { createGrammar } = (await import(module)) as GrammarModule;
  return createGrammar(vocabulary, () => true).jsgf;
};

describe('the recogniser of the speech node', () => {
  it('knows requests with a planner, and only then', async () => {
    expect(await jsgf('rules')).toMatch(/instead of/);
    expect(await jsgf('')).not.toMatch(/instead of/);
  });

  it('keeps the wake word and the words of the policy', () => {
    const policy = { ...EMPTY_VOCABULARY, words: ['banana'], instructions: ['peel the banana'] };
    const heard = heardVocabulary(policy, { planner: 'rules', wake_word: 'robot' });
    expect(heard).toMatchObject({ words: ['banana'], wakeWord: 'robot' });
    expect(heard.instructions[0]).toBe('peel the banana');
    expect(heardVocabulary(policy, { planner: '', wake_word: '' })).toEqual({ ...policy, wakeWord: undefined });
  });
});
