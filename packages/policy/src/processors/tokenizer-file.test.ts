import { readFileSync } from 'node:fs';
import { PolicyError } from '@praxis/core';
import { describe, expect, it } from 'vitest';
import { nodeBackend } from '../node/index.ts';
import { echoPolicy, loadGraphFromMemory } from '../testing/index.ts';
import { fileTokenizer } from './tokenizer-file.ts';

interface Case {
  readonly text: string;
  readonly ids: readonly number[];
  /** Tokens without those that the file adds. */
  readonly plain: readonly number[];
}

/** Small tokenizers of each model, trained and asked by the library `tokenizers` 0.23.3. */
const models = JSON.parse(readFileSync(new URL('./tokenizer-cases.json', import.meta.url), 'utf8')) as Record<
  'bpe' | 'wordpiece' | 'unigram',
  { readonly file: Record<string, unknown>; readonly cases: readonly Case[] }
>;
/** More tokens than any of the texts has. */
const MOST = 100;
const bytesOf = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

describe('fileTokenizer', () => {
  it.each(Object.entries(models))('gives the tokens of the library that wrote the file: %s', (_, { file, cases }) => {
    const whole = fileTokenizer(bytesOf(file), 'tokenizer.json', true);
    const plain = fileTokenizer(bytesOf(file), 'tokenizer.json', false);
    for (const { text, ids, plain: expected } of cases) {
      expect(whole.encode(text, MOST), text).toEqual(ids);
      expect(plain.encode(text, MOST), text).toEqual(expected);
    }
  });

  it('keeps the tokens that it adds around a text that is cut', () => {
    const { file, cases } = models.wordpiece;
    const [{ text, ids, plain }] = cases;
    const whole = fileTokenizer(bytesOf(file), 'tokenizer.json', true);
    expect(whole.encode(text, ids.length)).toEqual(ids);
    expect(whole.encode(text, 4)).toEqual([ids[0], plain[0], plain[1], ids.at(-1)]);
    expect(whole.encode(text, 1)).toEqual([ids[0]]);
    expect(fileTokenizer(bytesOf(file), 'tokenizer.json', false).encode(text, 2)).toEqual(plain.slice(0, 2));
  });

  it('reads a file without the parts that it does not use', () => {
    const { normalizer: _, decoder: __, post_processor: ___, added_tokens: ____, ...file } = models.bpe.file;
    const { text, plain } = models.bpe.cases[0];
    expect(fileTokenizer(bytesOf(file), 'tokenizer.json', true).encode(text, MOST)).toEqual(plain);
  });

  it.each([
    ['no JSON', 'tokenizer.json: is not JSON', new TextEncoder().encode('{"model":')],
    ['no model', 'tokenizer.json: has no model, expected a tokenizer.json', bytesOf({ vocab: {} })],
    [
      'another model',
      'tokenizer.json: model.type is WordLevel, expected BPE',
      bytesOf({ model: { type: 'WordLevel' } }),
    ],
    [
      'a part that is not known',
      'tokenizer.json: cannot be used (',
      bytesOf({ ...models.bpe.file, pre_tokenizer: { type: 'Fancy' } }),
    ],
    ['no vocabulary', 'tokenizer.json: cannot be used (', bytesOf({ model: { type: 'BPE' } })],
  ])('refuses %s in one line', (_, message, bytes) => {
    let error: unknown;
    try {
      fileTokenizer(bytes, 'tokenizer.json', true);
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(PolicyError);
    expect((error as Error).message).toContain(message);
    expect((error as Error).message).not.toContain('\n');
  });

  it('feeds a graph with tokens and mask, cut and padded', async () => {
    const { file, cases } = models.wordpiece;
    const [{ text, ids }] = cases;
    const length = ids.length + 2;
    const files = await echoPolicy({
      graph: { input_ids: ['int32', [1, length]], attention_mask: ['int64', [1, length]] },
      inputs: [
        {
          ...{ type: 'text', name: 'input_ids', length, dtype: 'int32', mask: { name: 'attention_mask' } },
          tokenizer: { type: 'file', file: 'tokenizer.json' },
        },
      ],
      files: { 'tokenizer.json': bytesOf(file) },
    });
    const policy = await loadGraphFromMemory(files, nodeBackend());
    const [spec] = policy.spec.inputs;
    const input = { spec, present: true, age: 0, stamp: 1, samples: [text] };
    const { blocks } = await policy.infer({ stamp: 1, inputs: new Map([['instruction', input]]) });
    expect([...blocks.echo.data]).toEqual([...ids, 0, 0, ...ids.map(() => 1), 0, 0]);
    await policy.close();
  });
});
