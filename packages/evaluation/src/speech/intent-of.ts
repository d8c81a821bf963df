import type { Intent, Language } from '@praxis/teleop';
import type { Heard } from './hearing.ts';

/** A stop goes before everything; of several commands the last one counts, as when they are said to the robot. */
export function intentOf({ utterances, stops }: Heard, language: Language): Intent {
  if (stops.length > 0) return { kind: 'stop', word: stops[0].word };
  const last = utterances.findLast(({ accepted }) => accepted === 'yes');
  return last ? language.interpret(last.text) : { kind: 'unknown', text: utterances.at(-1)?.text ?? '' };
}
