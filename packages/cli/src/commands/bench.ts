import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Command } from '@commander-js/extra-typings';
import { InputError } from '@praxis/core';
import { checkoutRoot } from '../options/paths.ts';
import { note, print, printJson } from '../terminal/output.ts';

/** Result of a benchmark: the default export of `bench/NAME.ts` resolves to it. Further fields are printed unchanged. */
export interface BenchResult {
  /** Quantity and unit of `ours` and `baseline`. */
  readonly unit: string;
  readonly ours: number;
  readonly baseline: number;
  /** `ours / baseline`. */
  readonly ratio: number;
  /** Required range of the ratio in words, such as 'at least 0.9'. */
  readonly target?: string;
  readonly [detail: string]: unknown;
}

const benchFolder = join(checkoutRoot ?? '', 'bench');

export function addBench(praxis: Command): void {
  praxis
    .command('bench')
    .description('run a benchmark against its baseline')
    .argument('<name>', 'benchmark: sim, policy, cameras, filter, studio, cli or ros')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Each benchmark measures Praxis and the baseline in the same run and prints both, their ratio and the required ratio.

Examples:
  $ npx praxis bench sim
  $ npx praxis bench policy --json`,
    )
    .action(async (name, { json }) => {
      if (checkoutRoot === undefined) throw new InputError('bench: the benchmarks are in a checkout of Praxis only');
      const known = benchmarks();
      if (!known.includes(name)) {
        throw new InputError(`bench ${name}: unknown; known are ${known.join(', ') || 'none'}`);
      }
      note(`praxis bench ${name}: measuring ...`);
      const { default: measure }: { default: () => Promise<BenchResult> } = await import(
        pathToFileURL(join(benchFolder, `${name}.ts`)).href
      );
      const result = await measure();
      if (json) printJson({ bench: name, ...result });
      else for (const [key, value] of Object.entries(result)) print(`${key.padEnd(24)} ${formatValue(value)}`);
    });
}

/** Names of the benchmarks: the files `bench/NAME.ts`. */
const benchmarks = (): readonly string[] =>
  existsSync(benchFolder)
    ? readdirSync(benchFolder)
        .filter((file) => /^[a-z]+\.ts$/.test(file) && file !== 'index.ts')
        .map((file) => file.slice(0, -3))
        .sort()
    : [];

const formatValue = (value: unknown): string =>
  typeof value === 'number'
    ? String(Number(value.toPrecision(4)))
    : typeof value === 'string'
      ? value
      : JSON.stringify(value);
