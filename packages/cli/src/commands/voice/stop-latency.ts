import type { Command } from '@commander-js/extra-typings';
import { commandLine, wholeNumber } from '../../options/parsers.ts';
import { policyDirectory } from '../../options/paths.ts';
import { interruptSignal, resumeHint } from '../../terminal/interrupt.ts';
import { EXIT, print, printJson } from '../../terminal/output.ts';

const MAX_TRIALS = 10_000;
const MAX_SEED = 1_000_000;

export function addVoiceStopLatency(voice: Command): void {
  voice
    .command('stop-latency')
    .description('how long it takes from the end of a stop word until the simulated arm is at rest')
    .option(
      '--trials <n>',
      'stop words, each without noise and with it at 20 and 10 dB',
      wholeNumber('--trials', 1, MAX_TRIALS),
      50,
    )
    .option('--seed <s>', 'which words, voices, motions and noises', wholeNumber('--seed', 0, MAX_SEED), 1)
    .option('--policy <dir>', 'policy that moves the arm in half of them (default: the shipped policy)')
    .option('--model <dir>', 'speech model for sherpa-onnx that hears the commands (default: PocketSphinx does)')
    .option('--voices <names>', 'voices whose names hold one of these (default: those that nothing was tuned with)')
    .option('--resume <file>', 'keeps what was measured there, and goes on from it')
    .option('--out <file>', 'writes the table as Markdown')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Needs PocketSphinx (apt-get install libpocketsphinx3 pocketsphinx-en-us). The arm moves, by the policy or by "keep going"; the
sound goes to the listener in the simulation's time as it would be recorded, and what it hears to the supervisor. The CPU time
of what found the word counts as if a processor did nothing else; what microphone and browser take does not.

Examples:
  $ npx praxis voice stop-latency --out docs/voice-stop-latency.md
  $ npx praxis voice stop-latency --trials 5 --voices "flite slt" --json`,
    )
    .action(async ({ resume, json, ...given }) => {
      const { latencyPage, latencyTable, testVoicesOrHeldOut, studyStopLatency, writeAtomically } = await import(
        '@praxis/evaluation'
      );
      const { extensionFor } = await import('../../options/vocabulary.ts');
      const { progress } = await import('../../terminal/progress.ts');
      const { trials, seed, model, out } = given;
      const policy = policyDirectory(given.policy);
      const speakers = await testVoicesOrHeldOut(given.voices);
      const extension = extensionFor(given.policy);
      const { signal, release } = interruptSignal(resumeHint(resume));
      const rows = await studyStopLatency({
        ...{ trials, seed, policy, extension, model, voices: speakers, resume, signal },
        startProgress: progress,
      }).finally(release);
      if (!rows) {
        process.exitCode = EXIT.interrupted;
        return;
      }
      const voices = speakers.map(({ name }) => name);
      const command = commandLine('voice stop-latency', given);
      if (out !== undefined) writeAtomically(out, latencyPage(rows, command, voices));
      if (json) printJson({ seed, voices, command, rows });
      else print(latencyTable(rows));
    });
}
