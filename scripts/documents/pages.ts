import { program } from '@praxis/cli';
import { Language, languageDocument } from '@praxis/teleop';
import type { Command } from 'commander';
import { manifestSchema } from '../../packages/policy/src/manifest/manifest.ts';
import { commandLinePage } from './command-line.ts';
import { manifestPage } from './manifest.ts';

/** Pages of `docs/` that are made from code, by file name: `npm run docs` writes them, and a test holds them to be current. */
export const generatedPages: Readonly<Record<string, () => string>> = {
  'command-line.md': () => commandLinePage(program() as unknown as Command),
  'manifest.md': () => manifestPage(manifestSchema),
  'voice-commands.md': () => languageDocument(new Language()),
};
