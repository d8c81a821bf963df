import type { Command } from '@commander-js/extra-typings';
import { commandLine } from '../../options/parsers.ts';
import { print, printJson } from '../../terminal/output.ts';

export function addVoiceClips(voice: Command): void {
  voice
    .command('clips')
    .description('what is understood of recordings of people')
    .argument('<folder>', 'NAME.wav with what is said in NAME.txt, or in subfolders that are named by it')
    .option('--policy <dir>', 'policy whose words count as well (default: the shipped policy)')
    .option('--model <dir>', 'speech model for sherpa-onnx that hears the commands (default: PocketSphinx does)')
    .option('--each', 'print what became of each recording')
    .option('--from <text>', 'where the recordings come from; stands in the Markdown')
    .option('--out <file>', 'writes the table as Markdown')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Needs PocketSphinx (apt-get install libpocketsphinx3 pocketsphinx-en-us). Synthetic voices are easier than people: record the people
who will speak to the robot, and see how it hears them.

Examples:
  $ npx praxis voice clips recordings/ --each
  $ npx praxis voice clips recordings/ --from "four operators, headset" --out heard.md`,
    )
    .action(async (folder, { policy, model, each, from, out, json }) => {
      const { clipPage, clipTable, studyClips, writeAtomically } = await import('@praxis/evaluation');
      const { extensionFor } = await import('../../options/vocabulary.ts');
      const { progress } = await import('../../terminal/progress.ts');
      const clips = await studyClips(folder, { extension: extensionFor(policy), model, startProgress: progress });
      const command = commandLine('voice clips FOLDER', { model, out });
      if (out !== undefined) writeAtomically(out, clipPage(clips, command, from));
      if (json) {
        printJson({ clips });
        return;
      }
      if (each)
        for (const { name, text, heard, outcome } of clips) print(`${outcome}: ${name}: "${text}" -> "${heard}"`);
      print(clipTable(clips));
    });
}
