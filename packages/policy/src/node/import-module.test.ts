import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { execArgvOf } from '@praxis/core';
import { afterAll, expect, it } from 'vitest';

const SOURCE = new URL('import-module.ts', import.meta.url);

const folder = mkdtempSync(join(tmpdir(), 'praxis-import-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Imports a file in a process with the loader of a checkout, as the commands and nodes do. Vitest has a loader of its own. */
async function defaultOf(path: string): Promise<unknown> {
  const program = `import { importDefault } from ${JSON.stringify(SOURCE.href)};
console.log(JSON.stringify(await importDefault(${JSON.stringify(path)})));`;
  const args = [...execArgvOf(SOURCE), '--input-type=module', '--eval', program];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout);
}

it.each([
  ['without a package.json', undefined],
  ['of type commonjs', { type: 'commonjs' }],
  ['of type module', { type: 'module' }],
])(
  'a user’s TypeScript with imports and exports loads from a folder %s',
  async (_, manifest) => {
    const path = join(folder, manifest?.type ?? 'none');
    mkdirSync(path);
    if (manifest) writeFileSync(join(path, 'package.json'), JSON.stringify(manifest));
    writeFileSync(join(path, 'part.ts'), 'export const part: number = 7;\n');
    writeFileSync(
      join(path, 'whole.ts'),
      "import { part } from './part.ts';\nexport default { part: part as number };\n",
    );
    expect(await defaultOf(join(path, 'whole.ts'))).toEqual({ part: 7 });
  },
  30_000,
);
