import { InputError } from '@praxis/core';
import type { PolicySource } from '@praxis/evaluation';

/**
 * Checks texts that people give a policy, which would move the arm after any text: a stop word, a negation, another command and an unknown
 * object are refused.
 * @param origin where the texts come from, such as `--instruction`, for the errors
 * @returns a function that returns the text that the policy receives, and throws an InputError that says why no policy should have the text
 */
export async function instructionCheck(source: PolicySource, origin: string): Promise<(text: string) => string> {
  if (source.kind === 'expert') {
    return () => {
      throw new InputError(`${origin}: the expert does not read it, it knows the goal of the task; expected a policy`);
    };
  }
  const { judgeInstruction } = await import('@praxis/teleop');
  const { languageOf } = await import('./vocabulary.ts');
  const language = languageOf(source.kind === 'folder' ? source.directory : undefined);
  return (text) => {
    const judged = judgeInstruction(language, text);
    switch (judged.verdict) {
      case 'instruct':
        return judged.text;
      case 'stop':
        throw new InputError(`${origin} "${text}": "${judged.word}" is a stop word, expected a task`);
      case 'hold':
        throw new InputError(`${origin} "${text}": it forbids or holds a motion, expected a task`);
      case 'refuse':
        // A policy in code has words of its own, which no manifest lists.
        if (source.kind !== 'folder' && text.trim() !== '') return text;
        throw new InputError(`${origin} "${text}": ${judged.why}`);
    }
  };
}

/** Checks the text of `--instruction`, see {@link instructionCheck}. @returns the text that the policy receives */
export const checkedInstruction = async (text: string, source: PolicySource): Promise<string> =>
  (await instructionCheck(source, '--instruction'))(text);
