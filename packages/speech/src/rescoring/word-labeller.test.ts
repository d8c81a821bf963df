import { readFile } from 'node:fs/promises';
import { PolicyError } from '@praxis/core';
import { nodeBackend } from '@praxis/policy/node';
import { describe, expect, it } from 'vitest';
import { WordLabeller } from './word-labeller.ts';

describe('WordLabels', () => {
  it('refuses another graph, and one of other words', async () => {
    const load = async (name: string, words: number) =>
      WordLabeller.load(
        nodeBackend(),
        await readFile(new URL(`../../weights/${name}`, import.meta.url)),
        Array.from({ length: words }, (_, i) => `word ${i}`),
      );
    await expect(load('stop-words/head.onnx', 377)).rejects.toThrow(PolicyError);
    await expect(load('words/words.onnx', 12)).rejects.toThrow(
      /gives \[1,steps,379\], expected \[1,steps,96\] and \[1,steps,14\]/,
    );
  });
});
