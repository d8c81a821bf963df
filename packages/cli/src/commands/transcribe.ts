import { readFileSync } from 'node:fs';
import type { Command } from '@commander-js/extra-typings';
import { InputError } from '@praxis/core';
import { intentInWords, print, printJson } from '../terminal/output.ts';

export function addTranscribe(praxis: Command): void {
  praxis
    .command('transcribe')
    .description('what is said in a WAV file, and what it means to the robot')
    .argument('<file.wav>', 'WAV file, any rate and number of channels, two minutes at most')
    .option('--policy <dir>', 'policy whose words count as well (default: the shipped policy)')
    .option('--model <dir>', 'speech model for sherpa-onnx that hears the commands (default: PocketSphinx does)')
    .option('--wake-word <word>', 'only what begins with it, or comes soon after it, is for the robot')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Needs PocketSphinx (apt-get install libpocketsphinx3 pocketsphinx-en-us). Times are in seconds from the start of the file.
What is probably no command is unknown; a stop word counts whatever stands around it.

Examples:
  $ npx praxis transcribe command.wav --json
  $ npx praxis transcribe command.wav --model data/voice/whisper-tiny.en`,
    )
    .action(async (file, { policy, model, wakeWord, json }) => {
      const { transcribe } = await import('@praxis/evaluation');
      const { readWav } = await import('@praxis/speech');
      const { extensionFor } = await import('../options/vocabulary.ts');
      const audio = readWav(readAudioFile(file), file);
      const heard = await transcribe(audio, file, { extension: extensionFor(policy, wakeWord), model });
      if (json) {
        printJson(heard);
        return;
      }
      const { text, intent, confidence, audio_s, compute_s } = heard;
      print(text || '(nothing)');
      print(
        `${intentInWords(intent)}  (confidence ${confidence.toFixed(2)}, ${audio_s.toFixed(1)} s in ${compute_s.toFixed(2)} s)`,
      );
    });
}

function readAudioFile(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new InputError(`${file}: expected a WAV file that can be read`, { cause });
  }
}
