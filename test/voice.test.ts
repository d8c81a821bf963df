import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseManifest, vocabularyExtension, wordsOf } from '@praxis/policy';
import { pick, sort } from '@praxis/sim';
import { Language, languageDocument } from '@praxis/teleop';
import { describe, expect, it } from 'vitest';
import { withoutFillers, wordsIn } from '../packages/teleop/src/language/normalise.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const manifest = join(root, 'models', 'default', 'manifest.json');

describe('docs/voice-commands.md', () => {
  it('is up to date: npx praxis interpret --document > docs/voice-commands.md', () => {
    expect(readFileSync(join(root, 'docs', 'voice-commands.md'), 'utf8')).toBe(languageDocument(new Language()));
  });
});

const languages: (readonly [string, Language])[] = [['the command table alone', new Language()]];
if (existsSync(manifest)) {
  const json: unknown = JSON.parse(readFileSync(manifest, 'utf8'));
  languages.push(['the shipped policy', new Language(vocabularyExtension(parseManifest(json, manifest)))]);
}

describe.each(languages)('with %s', (_, language) => {
  it('every wording of every task is an instruction and keeps its significant words', () => {
    for (const task of [pick, sort]) {
      for (const set of ['train', 'validation', 'report'] as const) {
        for (const { texts } of task.goals(set)) {
          for (const text of texts) {
            const intent = language.interpret(text);
            expect(intent, text).toMatchObject({ kind: 'instruct' });
            if (intent.kind !== 'instruct') continue;
            const words = intent.text.split(' ');
            const dropped = wordsOf(text).filter((word) => !words.includes(word));
            const polite = 'please could can would will you now and go just simply kindly i want to';
            expect(
              dropped.filter((word) => !polite.split(' ').includes(word)),
              text,
            ).toEqual([]);
          }
        }
      }
    }
  });

  it('every wording of every task is in the table that the recogniser uses as grammar', () => {
    for (const task of [pick, sort]) {
      for (const set of ['train', 'validation', 'report'] as const) {
        for (const { texts } of task.goals(set)) {
          for (const text of texts) {
            const words = withoutFillers(wordsIn(text));
            const ends = language.rows.flatMap(({ nodes }) =>
              nodes.flatMap((node) => language.grammar.parse(node, words, 0).map(({ end }) => end)),
            );
            expect(ends, text).toContain(words.length);
          }
        }
      }
    }
  });
});
