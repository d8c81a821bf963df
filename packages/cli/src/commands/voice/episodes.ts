import type { Command } from '@commander-js/extra-typings';
import { commandLine, episodes, knownName, numberIn, seed, seedRange, workers } from '../../options/parsers.ts';
import { policyDirectory } from '../../options/paths.ts';
import { endWithoutReport, interruptible, resumeHint } from '../../terminal/interrupt.ts';
import { print, printJson } from '../../terminal/output.ts';

export function addVoiceEpisodes(voice: Command): void {
  voice
    .command('episodes')
    .description('compare success rates of written and spoken instructions')
    .option('--task <name>', 'task', 'pick')
    .option('--episodes <n>', 'number of episodes', episodes, 100)
    .option('--seed <s>', 'first seed; reported results use seeds from 2000000 on', seed, 2_000_000)
    .option('--decibels <d>', 'signal-to-noise ratio in dB', numberIn('--decibels', -10, 60), 20)
    .option('--policy <dir>', 'directory with a manifest.json (default: the shipped policy)')
    .option('--model <dir>', 'sherpa-onnx model for commands (default: PocketSphinx)')
    .option('--voices <names>', 'parts of voice names, separated by commas (default: the held-out voices)')
    .option('--workers <k>', 'number of processes that run episodes', workers, 2)
    .option('--resume <file>', 'file of intermediate results; a later run continues from it')
    .option('--out <file>', 'write the result as Markdown to this file')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Needs PocketSphinx (apt-get install libpocketsphinx3 pocketsphinx-en-us). A synthetic voice speaks each instruction in one of three
noises, and the sound takes the path of a microphone signal; a rejected utterance is repeated once. When the recognised instruction
equals the written one, one episode counts for both, since an episode in lock step depends only on task, seed, policy and
instruction. Start a new --resume file after a change of the recogniser.

Examples:
  $ npx praxis voice episodes --episodes 10 --json
  $ npx praxis voice episodes --resume runs/voice-episodes.json --out docs/reports/voice-episodes.md
  $ npx praxis voice episodes --decibels 10 --voices "flite rms"`,
    )
    .action(async ({ resume, workers, json, ...given }) => {
      const evaluation = await import('@praxis/evaluation');
      const { checkWritable, spokenPage, spokenTable, studySpokenEpisodes, testVoicesOrHeldOut, writeAtomically } =
        evaluation;
      const project = await evaluation.loadProject();
      const { extensionFor } = await import('../../options/vocabulary.ts');
      const { progress } = await import('../../terminal/progress.ts');
      const { model, decibels, out } = given;
      if (out !== undefined) checkWritable(out, `--out ${out}`);
      const task = knownName('--task', given.task, project.registry.policyTaskNames);
      const seeds = seedRange(given.seed, given.episodes);
      const policy = policyDirectory(given.policy);
      const extension = extensionFor(given.policy);
      const testVoices = await testVoicesOrHeldOut(given.voices);
      const report = await interruptible(
        (signal) =>
          studySpokenEpisodes({
            ...{ task, seeds, decibels, policy, extension, model, voices: testVoices, workers, resume, signal },
            startProgress: progress,
          }),
        resumeHint(resume),
      );
      if (!report) {
        endWithoutReport('voice episodes', { json });
        return;
      }
      const voices = testVoices.map(({ name }) => name);
      const command = commandLine('voice episodes', given);
      const facts = {
        task,
        policy: await evaluation.policyName(evaluation.policySource(policy, project)),
        seed: seeds[0],
        decibels,
        voices,
        command,
      };
      if (out !== undefined) writeAtomically(out, spokenPage(report, facts));
      if (json) printJson({ ...facts, ...report });
      else print(spokenTable(report));
    });
}
