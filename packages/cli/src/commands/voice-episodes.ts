import type { Command } from 'commander';

export interface VoiceEpisodesOptions {
  readonly task: string;
  readonly episodes: string;
  readonly seed: string;
  readonly decibels: string;
  readonly policy?: string;
  readonly model?: string;
  readonly voices?: string;
  readonly workers: string;
  readonly resume?: string;
  readonly out?: string;
  readonly json?: true;
}

export function addVoiceEpisodes(voice: Command): void {
  voice
    .command('episodes')
    .description('the same episodes with the instruction written and spoken: what speech costs in successes')
    .option('--task <name>', 'whose episodes', 'pick')
    .option('--episodes <n>', 'how many', '100')
    .option('--seed <s>', 'first seed; reported results start at 2000000', '2000000')
    .option('--decibels <d>', 'by which the noise lies below what is said', '20')
    .option('--policy <dir>', 'directory with a manifest.json (default: the shipped policy)')
    .option('--model <dir>', 'speech model for sherpa-onnx that hears the commands (default: PocketSphinx does)')
    .option('--voices <names>', 'voices whose names hold one of these (default: those that nothing was tuned with)')
    .option('--workers <k>', 'processes that play episodes', '2')
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
    .action(async (options: VoiceEpisodesOptions) => {
      const { run } = await import('../speech/voice-episodes.ts');
      process.exitCode = await run(options);
    });
}
