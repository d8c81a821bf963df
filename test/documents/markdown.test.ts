import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { anchorsOf, linksOf, shellWords, splitPage } from './markdown.ts';
import { tutorialFiles } from './tutorial-files.ts';

describe('splitPage', () => {
  it('finds fenced blocks with their source, and indented blocks', () => {
    const page = 'a\n<!-- x.ts -->\n```ts\nconst a = 1;\n```\n\n    npx praxis sim\n\nb';
    expect(splitPage(page).blocks).toEqual([
      { language: 'ts', lines: ['const a = 1;'], source: 'x.ts' },
      { language: '', lines: ['npx praxis sim', ''], source: undefined },
    ]);
    expect(splitPage(page).prose).toContain('b');
  });
});

describe('anchorsOf', () => {
  it('makes anchors as GitHub does', () => {
    expect([...anchorsOf(['# manifest.json', '## What it is, and what it is not', '## `a` b', '## `a` b'])]).toEqual([
      'manifestjson',
      'what-it-is-and-what-it-is-not',
      'a-b',
      'a-b-1',
    ]);
  });
});

describe('linksOf', () => {
  it('finds links and pictures, but none in code', () => {
    expect(linksOf(['see [a](b.md#c) and ![p](d.png), not `[x](y)`'])).toEqual(['b.md#c', 'd.png']);
  });
});

describe('shellWords', () => {
  it('removes quotes, and ends at a comment, a redirection or another command', () => {
    expect(shellWords('interpret "move left" --json > out.json')).toEqual(['interpret', 'move left', '--json']);
    expect(shellWords("sim --fast   # it's fast")).toEqual(['sim', '--fast']);
    expect(shellWords('sim; npx praxis eval')).toEqual(['sim']);
  });
});

describe('tutorialFiles', () => {
  it('gives whole files: the blocks of a page leave nothing out', () => {
    for (const [name, text] of tutorialFiles()) {
      expect(text, name).toBe(readFileSync(new URL(`../../examples/tutorial/${name}`, import.meta.url), 'utf8'));
    }
    expect([...tutorialFiles().keys()]).toEqual([
      'hover-task.ts',
      'praxis.config.ts',
      'hover-policy.ts',
      'range-sensor.ts',
      'range-policy.ts',
    ]);
  });
});
