import type { Command } from '@commander-js/extra-typings';
import { intentInWords, print, printJson } from '../terminal/output.ts';

export function addTranscribe(praxis: Command): void {
  praxis
    .command('transcribe')
    .description('transcribe a WAV file and print its intent')
    .argument('<file.wav>', 'WAV file of any rate and number of channels, at most two minutes')
    .option('--policy <dir>', 'policy that adds words to the language (default: the shipped policy)')
    .option('--model <dir>', 'sherpa-onnx model for commands (default: PocketSphinx)')
    .option('--wake-word <word>', 'accept only stop words and commands that follow this word')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Needs PocketSphinx (apt-get install libpocketsphinx3 pocketsphinx-en-us). Times are in seconds from the start of the file.
Speech that is probably no command has the intent "unknown"; a stop word counts within any sentence.

Examples:
  $ npx praxis transcribe command.wav --json
  $ npx praxis transcribe command.wav --model data/voice/whisper-tiny.en`,
    )
    .action(async (file, { policy, model, wakeWord, json }) => {
      const { transcribe } = await import('@praxis/evaluation');
      const { readWav } = await import('@praxis/speech');
      const { extensionFor } = await import('../options/vocabulary.ts');
      const { readInputFile } = await import('@praxis/policy/node');
      const audio = readWav(readInputFile(file, 'a WAV file'), file);
      const transcription = await transcribe(audio, file, { extension: extensionFor(policy, wakeWord), model });
      if (json) {
        printJson(transcription);
        return;
      }
      const { text, intent, confidence, audio_s, compute_s } = transcription;
      print(text || '(nothing)');
      print(
        `${intentInWords(intent)}  (confidence ${confidence.toFixed(2)}, ${audio_s.toFixed(1)} s in ${compute_s.toFixed(2)} s)`,
      );
    });
}
