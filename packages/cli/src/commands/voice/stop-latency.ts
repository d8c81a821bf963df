import type { Command } from '@commander-js/extra-typings';
import { commandLine, wholeNumber } from '../../options/parsers.ts';
import { policyDirectory } from '../../options/paths.ts';
import { endWithoutReport, interruptible, resumeHint } from '../../terminal/interrupt.ts';
import { print, printJson } from '../../terminal/output.ts';

const MAX_TRIAL_COUNT = 10_000;
const MAX_TRIAL_SEED = 1_000_000;

export function addVoiceStopLatency(voice: Command): void {
  voice
    .command('stop-latency')
    .description('measure the time from the end of a stop word to rest of the simulated arm')
    .option(
      '--trials <n>',
      'number of stop words, each without noise and at 20 and 10 dB signal-to-noise ratio',
      wholeNumber('--trials', 1, MAX_TRIAL_COUNT),
      50,
    )
    .option('--seed <s>', 'seed of words, voices, motions and noises', wholeNumber('--seed', 0, MAX_TRIAL_SEED), 1)
    .option('--policy <dir>', 'policy that moves the arm in half of the trials (default: the shipped policy)')
    .option('--model <dir>', 'sherpa-onnx model for commands (default: PocketSphinx)')
    .option('--voices <names>', 'parts of voice names, separated by commas (default: the held-out voices)')
    .option('--resume <file>', 'file of intermediate results; a later run continues from it')
    .option('--out <file>', 'write the table as Markdown to this file')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Needs PocketSphinx (apt-get install libpocketsphinx3 pocketsphinx-en-us). The arm moves by the policy or by "keep going". The listener
receives the sound in simulated time and sends detected stops to the supervisor. The result includes the CPU time of the detection,
but not the latency of microphone and browser.

Examples:
  $ npx praxis voice stop-latency --out docs/reports/voice-stop-latency.md
  $ npx praxis voice stop-latency --trials 5 --voices "flite slt" --json`,
    )
    .action(async ({ resume, json, ...given }) => {
      const { checkWritable, latencyPage, latencyTable, testVoicesOrHeldOut, studyStopLatency, writeAtomically } =
        await import('@praxis/evaluation');
      const { extensionFor } = await import('../../options/vocabulary.ts');
      const { progress } = await import('../../terminal/progress.ts');
      const { trials, seed, model, out } = given;
      if (out !== undefined) checkWritable(out, `--out ${out}`);
      const policy = policyDirectory(given.policy);
      const testVoices = await testVoicesOrHeldOut(given.voices);
      const extension = extensionFor(given.policy);
      const rows = await interruptible(
        (signal) =>
          studyStopLatency({
            ...{ trials, seed, policy, extension, model, voices: testVoices, resume, signal },
            startProgress: progress,
          }),
        resumeHint(resume),
      );
      if (!rows) {
        endWithoutReport('voice stop-latency', { json });
        return;
      }
      const voices = testVoices.map(({ name }) => name);
      const command = commandLine('voice stop-latency', given);
      if (out !== undefined) writeAtomically(out, latencyPage(rows, command, voices));
      if (json) printJson({ seed, voices, command, rows });
      else print(latencyTable(rows));
    });
}
