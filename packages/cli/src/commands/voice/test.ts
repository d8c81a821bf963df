import type { Command } from '@commander-js/extra-typings';
import { commandLine, seed, wholeNumber } from '../../options/parsers.ts';
import { print, printJson } from '../../terminal/output.ts';

export function addVoiceTest(voice: Command): void {
  voice
    .command('test')
    .description('measure the recognition of commands, chatter and stop words in many voices and noises')
    .option('--each <n>', 'number of wordings of each row of the command table', wholeNumber('--each', 1, 100), 3)
    .option('--seed <s>', 'seed of wordings, speeds and noises', seed, 1)
    .option('--voices <names>', 'parts of voice names, separated by commas (default: all voices)')
    .option('--policy <dir>', 'policy that adds words to the language (default: the shipped policy)')
    .option('--model <dir>', 'sherpa-onnx model for commands (default: PocketSphinx)')
    .option('--resume <file>', 'file of intermediate results; a later run continues from it')
    .option('--out <file>', 'write the table as Markdown to this file')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Needs PocketSphinx (apt-get install libpocketsphinx3 pocketsphinx-en-us). The voices are those of Flite, which are always available,
and those of Festival (festival, festvox-kallpc16k, festvox-us-slt-hts, festvox-don) and eSpeak (espeak-ng) that are installed.

Examples:
  $ npx praxis voice test --out docs/reports/voice-results.md
  $ npx praxis voice test --each 1 --voices slt`,
    )
    .action(async ({ out, json, ...options }) => {
      const { checkWritable, testVoicesNamed, studyRecognition, recognitionPage, recognitionTable, writeAtomically } =
        await import('@praxis/evaluation');
      const { extensionFor } = await import('../../options/vocabulary.ts');
      const { progress } = await import('../../terminal/progress.ts');
      if (out !== undefined) checkWritable(out, `--out ${out}`);
      const { each, seed, voices, model } = options;
      const selected = await testVoicesNamed(voices);
      const extension = extensionFor(options.policy);
      const report = await studyRecognition({
        ...{ ...options, extension, wordingsPerRow: each, voices: selected },
        startProgress: progress,
      });
      const testVoices = selected.map(({ name, group }) => ({ name, group }));
      const command = commandLine('voice test', { each, seed, voices, model, out });
      if (out !== undefined) writeAtomically(out, recognitionPage(report, testVoices, command));
      if (json) printJson({ seed, each, voices: testVoices, ...report });
      else print(recognitionTable(report));
    });
}
