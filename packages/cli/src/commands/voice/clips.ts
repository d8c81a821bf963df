import type { Command } from '@commander-js/extra-typings';
import { commandLine } from '../../options/parsers.ts';
import { print, printJson } from '../../terminal/output.ts';

export function addVoiceClips(voice: Command): void {
  voice
    .command('clips')
    .description('measure the recognition of recorded speakers')
    .argument('<folder>', 'folder with NAME.wav and its transcript in NAME.txt, or subfolders named by the transcript')
    .option('--policy <dir>', 'policy that adds words to the language (default: the shipped policy)')
    .option('--model <dir>', 'sherpa-onnx model for commands (default: PocketSphinx)')
    .option('--each', 'print the result of each recording')
    .option('--from <text>', 'source of the recordings, for the Markdown page')
    .option('--out <file>', 'write the table as Markdown to this file')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Needs PocketSphinx (apt-get install libpocketsphinx3 pocketsphinx-en-us). People are harder to recognise than synthetic voices:
record the operators of the robot and measure them.

Examples:
  $ npx praxis voice clips recordings/ --each
  $ npx praxis voice clips recordings/ --from "four operators, headset" --out operators.md`,
    )
    .action(async (folder, { policy, model, each, from, out, json }) => {
      const { checkWritable, clipPage, clipTable, studyClips, writeAtomically } = await import('@praxis/evaluation');
      const { extensionFor } = await import('../../options/vocabulary.ts');
      const { progress } = await import('../../terminal/progress.ts');
      if (out !== undefined) checkWritable(out, `--out ${out}`);
      const clips = await studyClips(folder, { extension: extensionFor(policy), model, startProgress: progress });
      const command = commandLine('voice clips FOLDER', { model, out });
      if (out !== undefined) writeAtomically(out, clipPage(clips, command, from));
      if (json) {
        printJson({ clips });
        return;
      }
      if (each)
        for (const { name, text, recognisedText, outcome } of clips)
          print(`${outcome}: ${name}: "${text}" -> "${recognisedText}"`);
      print(clipTable(clips));
    });
}
