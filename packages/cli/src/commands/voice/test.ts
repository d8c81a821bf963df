import type { Command } from '@commander-js/extra-typings';
import { commandLine, seed, wholeNumber } from '../../options/parsers.ts';
import { print, printJson } from '../../terminal/output.ts';

export function addVoiceTest(voice: Command): void {
  voice
    .command('test')
    .description('speaks commands, chatter and stop words in many voices and noises, and counts what is understood')
    .option('--each <n>', 'wordings of each row of the command table', wholeNumber('--each', 1, 100), 3)
    .option('--seed <s>', 'which wordings, speeds and noises', seed, 1)
    .option('--voices <names>', 'only voices whose names hold one of these, separated by commas')
    .option('--policy <dir>', 'policy whose words count as well (default: the shipped policy)')
    .option('--model <dir>', 'speech model for sherpa-onnx that hears the commands (default: PocketSphinx does)')
    .option('--resume <file>', 'keeps what was counted there, and goes on from it')
    .option('--out <file>', 'writes the table as Markdown')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Needs PocketSphinx (apt-get install libpocketsphinx3 pocketsphinx-en-us). Flite's voices are always there; Festival's
(festival, festvox-kallpc16k, festvox-us-slt-hts, festvox-don) and eSpeak's (espeak-ng) take part where they are installed.

Examples:
  $ npx praxis voice test --out docs/voice-results.md
  $ npx praxis voice test --each 1 --voices slt`,
    )
    .action(async ({ out, json, ...options }) => {
      const { testVoicesNamed, studyUnderstanding, understandingPage, understandingTable, writeAtomically } =
        await import('@praxis/evaluation');
      const { extensionFor } = await import('../../options/vocabulary.ts');
      const { progress } = await import('../../terminal/progress.ts');
      const { each, seed, voices, model } = options;
      const speakers = await testVoicesNamed(voices);
      const extension = extensionFor(options.policy);
      const report = await studyUnderstanding({
        ...{ ...options, extension, wordingsPerRow: each, voices: speakers },
        startProgress: progress,
      });
      const who = speakers.map(({ name, group }) => ({ name, group }));
      const command = commandLine('voice test', { each, seed, voices, model, out });
      if (out !== undefined) writeAtomically(out, understandingPage(report, who, command));
      if (json) printJson({ seed, each, speakers: who, ...report });
      else print(understandingTable(report));
    });
}
