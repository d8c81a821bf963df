import type { Command } from 'commander';
import { addVoiceEpisodes } from './voice-episodes.ts';
import { addVoiceFetch } from './voice-fetch.ts';
import { addVoiceLessons } from './voice-lessons.ts';
import { addVoiceStopLatency } from './voice-stop-latency.ts';

export interface VoiceTestOptions {
  readonly each: string;
  readonly seed: string;
  readonly voices?: string;
  readonly policy?: string;
  readonly model?: string;
  readonly resume?: string;
  readonly out?: string;
  readonly json?: true;
}

export interface VoiceStopsOptions {
  readonly thresholds: string;
  readonly quiet: string;
  readonly seed: string;
  readonly voices: string;
  readonly resume?: string;
  readonly out?: string;
  readonly json?: true;
}

export interface VoiceClipsOptions {
  readonly policy?: string;
  readonly model?: string;
  readonly from?: string;
  readonly each?: true;
  readonly out?: string;
  readonly json?: true;
}

/** Those that nobody was taught by. */
const DEFAULT_VOICES = 'festival k';

export function addVoice(praxis: Command): void {
  const voice = praxis
    .command('voice')
    .description('what is understood of what people say, and models that understand it');
  voice
    .command('test')
    .description('speaks commands, chatter and stop words in many voices and noises, and counts what is understood')
    .option('--each <n>', 'wordings of each row of the command table', '3')
    .option('--seed <s>', 'which wordings, speeds and noises', '1')
    .option('--voices <names>', 'only voices whose names hold one of these, separated by commas')
    .option('--policy <dir>', 'policy whose words count as well (default: the shipped policy)')
    .option('--model <dir>', 'speech model for sherpa-onnx that hears the commands (default: PocketSphinx does)')
    .option('--resume <file>', 'keeps what was counted there, and goes on from it')
    .option('--out <file>', 'writes the table as Markdown')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Needs PocketSphinx (apt-get install libpocketsphinx3 pocketsphinx-en-us). Flite's voices are always there; Festival's
(festival, festvox-kallpc16k, festvox-us-slt-hts, festvox-don) and eSpeak's (espeak-ng) take part where they are installed.

Examples:
  $ npx praxis voice test --out docs/voice-results.md
  $ npx praxis voice test --each 1 --voices slt`,
    )
    .action(async (options: VoiceTestOptions) => {
      const { run } = await import('../speech/voice-test.ts');
      process.exitCode = await run(options);
    });
  voice
    .command('stops')
    .description('how many stop words are missed, and how many heard where none is, at several thresholds')
    .option('--thresholds <list>', 'how sure the networks have to be for a stop at once', '0.85,0.96')
    .option('--quiet <s>', 'seconds of a motor, and of silence', '300')
    .option('--seed <s>', 'which speeds and noises', '1')
    .option('--voices <names>', 'voices whose names hold one of these, separated by commas', DEFAULT_VOICES)
    .option('--resume <file>', 'keeps what was counted there, and goes on from it')
    .option('--out <file>', 'writes the table as Markdown')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Stop words are heard on two paths: spotted while they are said, and by the grammar when the utterance is over.

Examples:
  $ npx praxis voice stops --out docs/voice-stops.md
  $ npx praxis voice stops --voices "festival ked" --thresholds 0.9 --json`,
    )
    .action(async (options: VoiceStopsOptions) => {
      const { run } = await import('../speech/voice-stops.ts');
      process.exitCode = await run(options);
    });
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
    .action(async (folder: string, options: VoiceClipsOptions) => {
      const { run } = await import('../speech/voice-clips.ts');
      process.exitCode = await run(folder, options);
    });
  addVoiceFetch(voice);
  addVoiceLessons(voice);
  addVoiceEpisodes(voice);
  addVoiceStopLatency(voice);
}
