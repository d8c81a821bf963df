import { InputError } from '@praxis/core';
import type { PolicySource } from '@praxis/evaluation';

/**
 * Checks the text that `--instruction` gives a policy, which would move the arm after any text: a stop word, a negation, another
 * command and an unknown object are refused.
 * @returns the text that the policy receives
 * @throws {InputError} that says why no policy should have the text
 */
export async function checkedInstruction(text: string, source: PolicySource): Promise<string> {
  if (source.kind === 'expert') {
    throw new InputError(
      '--instruction: the expert does not read it, it knows the goal of the task; expected a policy',
    );
  }
  const { judgeInstruction } = await import('@praxis/teleop');
  const { languageOf } = await import('./vocabulary.ts');
  const judged = judgeInstruction(languageOf(source.kind === 'folder' ? source.directory : undefined), text);
  switch (judged.verdict) {
    case 'instruct':
      return judged.text;
    case 'stop':
      throw new InputError(`--instruction "${text}": "${judged.word}" is a stop word, expected a task`);
    case 'hold':
      throw new InputError(`--instruction "${text}": it forbids or holds a motion, expected a task`);
    case 'refuse':
      // A policy in code has words of its own, which no manifest lists.
      if (source.kind !== 'folder' && text.trim() !== '') return text;
      throw new InputError(`--instruction "${text}": ${judged.why}`);
  }
}
