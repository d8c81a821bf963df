import { resolve } from 'node:path';
import type { Command } from '@commander-js/extra-typings';
import { InputError } from '@praxis/core';
import { again } from '../../options/parsers.ts';
import { interruptible } from '../../terminal/interrupt.ts';
import { print, printJson } from '../../terminal/output.ts';

/** Parses `EPISODES:TEXT`. */
function edit(option: string, text: string): readonly [episodes: string, text: string] {
  const [, episodes, words] = /^([^:]+):(.*\S.*)$/s.exec(text) ?? [];
  if (episodes === undefined)
    throw new InputError(`${option} ${text}: expected EPISODES:TEXT, such as 0,3-5:"pick up the red cube"`);
  return [episodes, words.trim()];
}

/** Parses `NAME=SHARE,...`, whose shares add up to 1. */
function splitParts(text: string): readonly { readonly name: string; readonly share: number }[] {
  const parts = text.split(',').map((part) => {
    const [, name, share] = /^([\w-]+)=([\d.]+)$/.exec(part.trim()) ?? [];
    return { name, share: Number(share) };
  });
  const sum = parts.reduce((total, { share }) => total + share, 0);
  const unique = new Set(parts.map(({ name }) => name)).size === parts.length;
  if (parts.length > 1 && unique && parts.every(({ share }) => share > 0) && Math.abs(sum - 1) < 1e-6) return parts;
  throw new InputError(`--split ${text}: expected names with shares that add up to 1, such as train=0.9,val=0.1`);
}

export function addEdit(dataset: Command): void {
  dataset
    .command('edit')
    .description('write a changed copy of a dataset to a new folder, as v3')
    .argument('<dir>', 'folder of a LeRobotDataset, v3 or v2.1')
    .requiredOption('--out <dir>', 'new folder')
    .option('--drop <episodes>', 'leave episodes out: numbers and ranges, such as 0,3-5')
    .option('--relabel <episodes:text>', 'give episodes another task; may be given again', again)
    .option('--flag <episodes:reason>', 'put a reason into the column flag of the episodes; may be given again', again)
    .option('--merge <dir>', 'add the episodes of a dataset of the same structure; may be given again', again)
    .option('--split <parts>', 'write parts as datasets of their own, such as train=0.9,val=0.1')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Episodes have the numbers that they have in DIR. The source stays as it is. Pictures and videos keep their bytes, and missing statistics are
computed. Without any change it writes the dataset anew: a dataset of v2.1 or v2.0 is converted to v3 by that.

Examples:
  $ npx praxis dataset edit data/pick --out data/clean --drop 3,7-9
  $ npx praxis dataset edit data/pick --out data/words --relabel "0-4:pick up the red cube" --flag 2:slow
  $ npx praxis dataset edit data/pick --out data/all --merge data/sort
  $ npx praxis dataset edit data/all --out data/parts --split train=0.9,val=0.1`,
    )
    .action(async (dir, { out, drop, relabel = [], flag = [], merge, split, json }) => {
      const { editDataset, parseSelection } = await import('@praxis/evaluation');
      const edits = (option: string, texts: readonly string[]) =>
        texts.map((text) => {
          const [episodes, words] = edit(option, text);
          return { episodes: parseSelection(option, episodes), text: words };
        });
      const written = await interruptible(
        (signal) =>
          editDataset({
            ...{ source: dir, out: resolve(out), merge, signal },
            drop: drop === undefined ? undefined : parseSelection('--drop', drop),
            ...{ relabel: edits('--relabel', relabel), flag: edits('--flag', flag) },
            split: split === undefined ? undefined : splitParts(split),
          }),
        'nothing is written',
      );
      if (json) printJson({ datasets: written });
      else
        for (const { folder, episodes, frames } of written) print(`${folder}: ${episodes} episodes, ${frames} frames`);
    });
}
