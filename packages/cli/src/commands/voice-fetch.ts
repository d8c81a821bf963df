import type { Command } from 'commander';

export interface VoiceFetchOptions {
  readonly to: string;
  readonly url?: string;
  readonly sha256?: string;
  readonly json?: true;
}

export function addVoiceFetch(voice: Command): void {
  voice
    .command('fetch')
    .description(
      'downloads a speech model for sherpa-onnx, checks and unpacks it; run it again to go on where it stopped',
    )
    .argument('[model]', 'its name; without one the known models are listed')
    .option('--to <dir>', 'folder of the models; each gets one of its own in it', 'data/voice')
    .option('--url <url>', 'another archive (.tar.bz2), with --sha256')
    .option('--sha256 <hex>', 'checksum of that archive')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Models come from the releases of k2-fsa/sherpa-onnx. An archive whose checksum is another one is deleted. Needs tar and bzip2.

Examples:
  $ npx praxis voice fetch
  $ npx praxis voice fetch whisper-tiny.en
  $ npx praxis voice fetch mine --url https://example.org/mine.tar.bz2 --sha256 2bd6cf96...`,
    )
    .action(async (model: string | undefined, options: VoiceFetchOptions) => {
      const { run } = await import('../speech/voice-fetch.ts');
      process.exitCode = await run(model, options);
    });
}
