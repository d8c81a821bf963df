import type { Command } from 'commander';

export interface VoiceStopLatencyOptions {
  readonly trials: string;
  readonly seed: string;
  readonly policy?: string;
  readonly model?: string;
  readonly voices?: string;
  readonly resume?: string;
  readonly out?: string;
  readonly json?: true;
}

export function addVoiceStopLatency(voice: Command): void {
  voice
    .command('stop-latency')
    .description('how long it takes from the end of a stop word until the simulated arm is at rest')
    .option('--trials <n>', 'stop words, each without noise and with it at 20 and 10 dB', '50')
    .option('--seed <s>', 'which words, voices, motions and noises', '1')
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
    .action(async (options: VoiceStopLatencyOptions) => {
      const { run } = await import('../speech/voice-stop-latency.ts');
      process.exitCode = await run(options);
    });
}
