import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findModel } from './model.ts';

let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'praxis-model-'));
});
afterAll(() => rmSync(scratch, { recursive: true }));

/** A folder with files of these names. */
function folderWith(...names: readonly string[]): string {
  const folder = mkdtempSync(join(scratch, 'model-'));
  for (const name of names) writeFileSync(join(folder, name), '');
  return folder;
}

/** File names of the published archives. */
const transducer = ['encoder', 'decoder', 'joiner'].flatMap((part) => [
  `${part}-epoch-99-avg-1-chunk-16-left-128.int8.onnx`,
  `${part}-epoch-99-avg-1-chunk-16-left-128.onnx`,
]);
const whisper = ['encoder', 'decoder'].flatMap((part) => [`tiny.en-${part}.onnx`, `tiny.en-${part}.int8.onnx`]);
const moonshine = ['preprocess.onnx', 'encode.int8.onnx', 'uncached_decode.int8.onnx', 'cached_decode.int8.onnx'];

describe('the kind of a model', () => {
  it.each([
    ['transducer', [...transducer, 'tokens.txt', 'README.md', 'bpe.model']],
    ['transducer', ['encoder.onnx', 'decoder.onnx', 'joiner.onnx', 'tokens.txt']],
    ['whisper', [...whisper, 'tiny.en-tokens.txt']],
    ['moonshine', [...moonshine, 'tokens.txt', 'LICENSE']],
    ['merged moonshine', ['encoder_model.ort', 'decoder_model_merged.ort', 'tokens.txt', 'LICENSE']],
  ])('%s is identified by its files', (kind, names) => {
    const folder = folderWith(...names);
    const model = findModel(folder);
    expect(model.kind).toBe(kind);
    for (const path of Object.values(model.files)) expect(names.map((name) => join(folder, name))).toContain(path);
  });

  it('prefers files of 8 bits', () => {
    const folder = folderWith(...whisper, 'tiny.en-tokens.txt');
    expect(findModel(folder).files).toEqual({
      encoder: join(folder, 'tiny.en-encoder.int8.onnx'),
      decoder: join(folder, 'tiny.en-decoder.int8.onnx'),
      tokens: join(folder, 'tiny.en-tokens.txt'),
    });
  });
});

describe('a folder without a complete model', () => {
  it.each([
    [transducer, /a streaming transducer \(zipformer\) model without its tokens: fetch it again/],
    [['joiner.onnx'], /without its encoder, decoder, tokens/],
    [['tiny.en-encoder.onnx'], /a Whisper model without its decoder, tokens/],
    [moonshine.slice(1), /a Moonshine model without its preprocessor, tokens/],
    [[], /expected the files of a speech model for sherpa-onnx: streaming transducer/],
    [['model.onnx', 'tokens.txt'], /expected the files of a speech model/],
  ])('%j is named together with the missing files', (names, message) => {
    const folder = folderWith(...names);
    expect(() => findModel(folder)).toThrow(message);
    expect(() => findModel(folder)).toThrow(folder);
  });

  it('that is missing is named together with the command that downloads a model', () => {
    expect(() => findModel(join(scratch, 'nowhere'))).toThrow(/nowhere: expected the folder .*praxis voice fetch/);
  });
});
