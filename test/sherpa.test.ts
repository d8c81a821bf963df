import { cpSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError, Random } from '@praxis/core';
import { commandGrammar } from '@praxis/teleop/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SPEECH_SAMPLE_RATE_HZ } from '../packages/speech/src/audio/audio.ts';
import { pinkNoise } from '../packages/speech/src/audio/noise.ts';
import { recogniserConformance } from '../packages/speech/src/conformance/recogniser.ts';
import { loadSherpa } from '../packages/speech/src/node/sherpa/library.ts';
import { SherpaOnnx } from '../packages/speech/src/node/sherpa/recogniser.ts';
import { needs, SHERPA } from './needs.ts';

/** A model without speech recognition that reads letters from samples. Everything around it is real. */
const letters = fileURLToPath(new URL('../packages/speech/src/node/sherpa/testing/letters', import.meta.url));
/** A streaming model that outputs HALF SPEED when the sound is loud. */
const loud = fileURLToPath(new URL('../packages/speech/src/node/sherpa/testing/loud', import.meta.url));
const synthesize = (text: string): Float32Array =>
  Float32Array.from({ length: SPEECH_SAMPLE_RATE_HZ / 2 }, (_, i) => (i < text.length ? text.charCodeAt(i) / 128 : 0));

let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'praxis-sherpa-'));
});
afterAll(() => rmSync(scratch, { recursive: true }));

it('without the package an error names the command that installs it', () => {
  const elsewhere = join(scratch, 'module.js');
  expect(() => loadSherpa(elsewhere)).toThrow(InputError);
  expect(() => loadSherpa(elsewhere)).toThrow(/needs? the package sherpa-onnx-node.*npm install sherpa-onnx-node/);
});

it('without a model an error names the folder', async () => {
  await expect(SherpaOnnx.start(join(scratch, 'nowhere'), commandGrammar())).rejects.toThrow(
    /nowhere: expected the folder/,
  );
});

describe('sherpa-onnx as a recogniser', needs(SHERPA), () => {
  const make = async () => ({ recogniser: await SherpaOnnx.start(letters, commandGrammar()), synthesize });
  for (const { name, run } of recogniserConformance(make)) it(name, run);
});

describe('sherpa-onnx', needs(SHERPA), () => {
  it('normalises the capitals and full stops of a model to the words of the language', async () => {
    const recogniser = await SherpaOnnx.start(letters, commandGrammar({ words: ['gearwheel'], instructions: [] }));
    try {
      const result = await recogniser.recognise(synthesize('Move left five centimetres.'));
      expect(result).toMatchObject({ text: 'move left five centimeters', accepted: 'yes', confidence: 1, stops: [] });
      expect(await recogniser.recognise(synthesize('Pick up the gearwheel'))).toMatchObject({ accepted: 'yes' });
      expect(await recogniser.recognise(synthesize('Thank you.'))).toMatchObject({ text: 'thank you', accepted: 'no' });
    } finally {
      await recogniser.close();
    }
  });

  it('decodes each utterance to its end with a streaming model, independent of the one before', async () => {
    const recogniser = await SherpaOnnx.start(loud, commandGrammar());
    const noise = pinkNoise(SPEECH_SAMPLE_RATE_HZ, SPEECH_SAMPLE_RATE_HZ, new Random(1, 'loud')).samples;
    const late = Float32Array.from(noise, (sample, i) => (i < 0.95 * SPEECH_SAMPLE_RATE_HZ ? 0 : sample));
    try {
      for (const sound of [noise, late, noise]) {
        expect(await recogniser.recognise(sound)).toMatchObject({ text: 'half speed', accepted: 'yes' });
      }
      expect(await recogniser.recognise(new Float32Array(SPEECH_SAMPLE_RATE_HZ))).toMatchObject({
        text: '',
        accepted: 'no',
      });
      expect(await recogniser.recognise(new Float32Array(4))).toMatchObject({ text: '', accepted: 'no' });
    } finally {
      await recogniser.close();
    }
  });

  it('accepts the wake word alone and before a command', async () => {
    const recogniser = await SherpaOnnx.start(
      letters,
      commandGrammar({ words: [], instructions: [], wakeWord: 'jarvis' }),
    );
    try {
      for (const text of ['Jarvis.', 'Hey Jarvis, half speed.']) {
        expect(await recogniser.recognise(synthesize(text)), text).toMatchObject({ accepted: 'yes' });
      }
      expect(await recogniser.recognise(synthesize('Travis, half speed.'))).toMatchObject({ accepted: 'no' });
    } finally {
      await recogniser.close();
    }
  });

  const copyAndBreak = (name: string, breakFile: (folder: string) => void): string => {
    const folder = join(scratch, name);
    cpSync(letters, folder, { recursive: true });
    breakFile(folder);
    return folder;
  };

  it.each([
    [
      'whisper',
      ['tiny.en-encoder.onnx', 'tiny.en-decoder.onnx', 'tiny.en-tokens.txt'],
      /whisper exited: .*tiny\.en-encoder/,
    ],
    [
      'merged moonshine',
      ['encoder_model.ort', 'decoder_model_merged.ort', 'tokens.txt'],
      /moonshine exited: .*ORT model/,
    ],
  ])(
    'passes the files of a %s model to the library, whose error names the broken one',
    async (name, files, message) => {
      const folder = join(scratch, name);
      mkdirSync(folder);
      for (const file of files) writeFileSync(join(folder, file), file.endsWith('tokens.txt') ? 'a 0\n' : 'no model');
      const start = SherpaOnnx.start(folder, commandGrammar());
      await expect(start).rejects.toThrow(message);
    },
  );

  it('an error names the broken file, and this process continues', async () => {
    const cut = copyAndBreak('cut', (folder) => truncateSync(join(folder, 'cached_decode.onnx'), 100));
    await expect(SherpaOnnx.start(cut, commandGrammar())).rejects.toThrow(
      /sherpa-onnx with .*cut exited: .*cached_decode\.onnx/,
    );
    const noise = copyAndBreak('noise', (folder) => writeFileSync(join(folder, 'encode.onnx'), 'no model'));
    await expect(SherpaOnnx.start(noise, commandGrammar())).rejects.toThrow(
      /sherpa-onnx with .*noise exited: .*encode\.onnx/,
    );
  });
});
