import type { Command } from '@commander-js/extra-typings';
import { InputError } from '@praxis/core';
import { intentInWords, print, printJson, printText } from '../terminal/output.ts';

export function addInterpret(praxis: Command): void {
  praxis
    .command('interpret')
    .description('print the intent of a command in words')
    .argument('[text...]', 'command')
    .option('--after <text>', 'previous instruction, for corrections such as "no, the blue one"')
    .option('--policy <dir>', 'policy that adds words to the language (default: the shipped policy)')
    .option('--wake-word <word>', 'accept only stop words and commands that begin with this word')
    .option('--document', 'print the reference of the command language instead')
    .option('--grammar', 'print the grammar of the recogniser (JSGF) instead')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
docs/voice-commands.md lists the commands. Other text has the intent "unknown" and exit status 0.

Examples:
  $ npx praxis interpret "move left five centimetres" --json
  $ npx praxis interpret "no, the blue one" --after "pick up the red cube"
  $ npx praxis interpret "robot, half speed" --wake-word robot
  $ npx praxis interpret --document > docs/voice-commands.md`,
    )
    .action(async (words, { after, policy, wakeWord, document, grammar, json }) => {
      const { languageDocument, jsgfOf, Language, wordsIn } = await import('@praxis/teleop');
      const { languageOf } = await import('../options/vocabulary.ts');
      if (document) {
        printText(languageDocument(new Language()));
        return;
      }
      if (grammar) {
        printText(jsgfOf(languageOf(policy, wakeWord)));
        return;
      }
      const text = words.join(' ');
      if (text.trim() === '') {
        const given = words.length > 0 ? `"${text}": ` : '';
        throw new InputError(`${given}expected a text such as "move left five centimetres"`);
      }
      const language = languageOf(policy, wakeWord);
      const found = language.interpret(text, { instruction: after });
      const called = language.wakeWord === undefined || language.wakeWord.wordsAfter(wordsIn(text)) !== undefined;
      const intent = called || found.kind === 'stop' ? found : { kind: 'unknown', text };
      if (json) printJson({ intent });
      else print(intentInWords(intent));
    });
}
