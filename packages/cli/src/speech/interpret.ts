import { InputError } from '@praxis/core';
import { documentOf, type Intent, jsgfOf, Language, wordsIn } from '@praxis/teleop';
import type { InterpretOptions } from '../commands/interpret.ts';
import { languageOf } from '../options/vocabulary.ts';
import { EXIT, print, printJson } from '../terminal/output.ts';

/** @returns exit status. @throws {InputError} without a text, or when the policy is none. */
export function run(words: readonly string[], options: InterpretOptions): number {
  if (options.document) process.stdout.write(documentOf(new Language()));
  else if (options.grammar) process.stdout.write(jsgfOf(languageOf(options.policy, options.wakeWord)));
  else {
    const text = words.join(' ');
    if (text.trim() === '')
      throw new InputError(
        `${words.length > 0 ? `"${text}": ` : ''}expected a text such as "move left five centimetres"`,
      );
    const intent = meant(text, options);
    if (options.json) printJson({ intent });
    else print(inWords(intent));
  }
  return EXIT.ok;
}

function meant(text: string, { policy, wakeWord, after }: InterpretOptions): Intent {
  const language = languageOf(policy, wakeWord);
  const intent = language.interpret(text, { instruction: after });
  const called = language.wakeWord === undefined || language.wakeWord.after(wordsIn(text)) !== undefined;
  return called || intent.kind === 'stop' ? intent : { kind: 'unknown', text };
}

/** `move  frame base  axis y  metres 0.05`. */
export function inWords(intent: Intent): string {
  const { kind, ...rest } = intent;
  return [kind, ...Object.entries(rest).map(([name, value]) => `${name} ${value}`)].join('  ');
}
