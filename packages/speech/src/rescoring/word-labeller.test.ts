import { readFile } from 'node:fs/promises';
import { PolicyError } from '@praxis/core';
import { nodeBackend } from '@praxis/policy/node';
import { describe, expect, it } from 'vitest';
import { WordLabeller } from './word-labeller.ts';

describe('WordLabeller', () => {
  it('rejects another graph, and a graph with another number of words', async () => {
    const load = async (name: string, words: number) =>
      WordLabeller.load(
        nodeBackend(),
        await readFile(new URL(`../../weights/${name}`, import.meta.url)),
        Array.from({ length: words }, (_, i) => `word ${i}`),
      );
    await expect(load('stop-words/head.onnx', 377)).rejects.toThrow(PolicyError);
    await expect(load('words/words.onnx', 12)).rejects.toThrow(
      /to \[1,steps,379\], expected \[1,steps,96\] to \[1,steps,14\]/,
    );
  });
});
