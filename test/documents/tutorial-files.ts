import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { splitPage } from './markdown.ts';

const tutorial = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), 'docs', 'tutorial');

/** The page of the task names the first version of the configuration differently, since the last page replaces it. */
const NAMES: Readonly<Record<string, string>> = { 'task-only.config.ts': 'praxis.config.ts' };

/**
 * The files that a reader of the tutorial has after the pages about task, policy and sensor: the code blocks of each file, in
 * order. A later page replaces the configuration of an earlier one.
 */
export function tutorialFiles(): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const page of ['own-task.md', 'own-policy.md', 'own-sensor.md']) {
    const parts = new Map<string, string[]>();
    for (const { language, lines, source = '' } of splitPage(readFileSync(join(tutorial, page), 'utf8')).blocks) {
      if (language !== 'ts') continue;
      const name = NAMES[basename(source)] ?? basename(source);
      parts.set(name, [...(parts.get(name) ?? []), lines.join('\n')]);
    }
    for (const [name, blocks] of parts) files.set(name, `${blocks.join('\n\n')}\n`);
  }
  return files;
}
