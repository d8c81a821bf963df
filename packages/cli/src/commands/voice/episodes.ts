import type { Command } from '@commander-js/extra-typings';
import { commandLine, episodes, knownName, numberIn, seed, seedRange, workers } from '../../options/parsers.ts';
import { policyDirectory } from '../../options/paths.ts';
import { interruptSignal, resumeHint } from '../../terminal/interrupt.ts';
import { EXIT, print, printJson } from '../../terminal/output.ts';

export function addVoiceEpisodes(voice: Command): void {
  voice
    .command('episodes')
    .description('the same episodes with the instruction written and spoken: what speech costs in successes')
    .option('--task <name>', 'whose episodes', 'pick')
    .option('--episodes <n>', 'how many', episodes, 100)
    .option('--seed <s>', 'first seed; reported results start at 2000000', seed, 2_000_000)
    .option('--decibels <d>', 'by which the noise lies below what is said', numberIn('--decibels', -10, 60), 20)
    .option('--policy <dir>', 'directory with a manifest.json (default: the shipped policy)')
    .option('--model <dir>', 'speech model for sherpa-onnx that hears the commands (default: PocketSphinx does)')
    .option('--voices <names>', 'voices whose names hold one of these (default: those that nothing was tuned with)')
    .option('--workers <k>', 'processes that play episodes', workers, 2)
    .option('--resume <file>', 'keeps what was heard and played there, and goes on from it')
    .option('--out <file>', 'writes the result as Markdown')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Needs PocketSphinx (apt-get install libpocketsphinx3 pocketsphinx-en-us). Every wish is said by one of the voices in one of
three noises, and goes the whole way of a microphone's sound; what is rejected is said once more. Where the same words come
of it as of the text it is one episode, since an episode in lock step is a function of task, seed, policy and instruction.
What --resume keeps was heard by the recogniser of that day: begin a new file when that has changed.

Examples:
  $ npx praxis voice episodes --episodes 10 --json
  $ npx praxis voice episodes --resume runs/voice-episodes.json --out docs/voice-episodes.md
  $ npx praxis voice episodes --decibels 10 --voices "flite rms"`,
    )
    .action(async ({ resume, workers, json, ...given }) => {
      const { policyName, testVoicesOrHeldOut, spokenPage, spokenTable, studySpokenEpisodes, writeAtomically } =
        await import('@praxis/evaluation');
      const { TASK_NAMES } = await import('@praxis/sim');
      const { extensionFor } = await import('../../options/vocabulary.ts');
      const { progress } = await import('../../terminal/progress.ts');
      const { model, decibels, out } = given;
      const task = knownName('--task', given.task, TASK_NAMES);
      const seeds = seedRange(given.seed, given.episodes);
      const policy = policyDirectory(given.policy);
      const extension = extensionFor(given.policy);
      const speakers = await testVoicesOrHeldOut(given.voices);
      const { signal, release } = interruptSignal(resumeHint(resume));
      const report = await studySpokenEpisodes({
        ...{ task, seeds, decibels, policy, extension, model, voices: speakers, workers, resume, signal },
        startProgress: progress,
      }).finally(release);
      if (!report) {
        process.exitCode = EXIT.interrupted;
        return;
      }
      const voices = speakers.map(({ name }) => name);
      const command = commandLine('voice episodes', given);
      const facts = { task, policy: policyName(policy), seed: seeds[0], decibels, voices, command };
      if (out !== undefined) writeAtomically(out, spokenPage(report, facts));
      if (json) printJson({ ...facts, ...report });
      else print(spokenTable(report));
    });
}
