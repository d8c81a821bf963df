import { execFile, execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { execArgvOf } from '@praxis/core';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from './run-praxis.ts';

const IMPORT_MODULE = 'packages/policy/src/node/import-module.ts';
const TSX = import.meta.resolve('tsx/esm/api');
/** User and group `nobody`. */
const NOBODY = 65_534;

/** Temporary folder of the programs of these tests. */
let folder: string;
let program: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'praxis-loader-'));
  writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
  program = join(folder, 'program.ts');
  writeFileSync(program, "const word: string = 'own';\nconsole.log(word);\n");
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs Node with the temporary folder of these tests, and returns what it prints. */
async function node(args: readonly string[], cwd = folder): Promise<string> {
  const { TSX_DISABLE_CACHE: _, ...env } = process.env;
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd, env: { ...env, TMPDIR: folder } });
  return stdout.trim();
}
const inline = (text: string) => ['--input-type=module', '--eval', text];
const viaTsx = (options: string) =>
  inline(`import { register } from ${JSON.stringify(TSX)};
register(${options});
await import(${JSON.stringify(program)});
await new Promise((resolve) => setTimeout(resolve, 200));`);

describe('code that another user left in the temporary folder', () => {
  beforeAll(async () => {
    expect(await node(viaTsx('{ tsconfig: false }'))).toBe('own');
    const cache = join(folder, readdirSync(folder).find((name) => name.startsWith('tsx-'))!);
    for (const name of readdirSync(cache)) {
      const compiled = JSON.parse(readFileSync(join(cache, name), 'utf8'));
      writeFileSync(join(cache, name), JSON.stringify({ ...compiled, code: "console.log('planted');" }));
    }
    if (process.getuid?.() === 0) chownSync(cache, NOBODY, NOBODY);
    chmodSync(cache, 0o777);
    expect(await node(viaTsx('{ tsconfig: false }')), 'the planted code fits this tsx').toBe('planted');
  });

  it('does not run in programs of the checkout, which compile into no folder', async () => {
    const before = readdirSync(folder, { recursive: true });
    expect(await node([...execArgvOf(program), program])).toBe('own');
    expect(readdirSync(folder, { recursive: true })).toEqual(before);
    const otherLoader =
      'data:text/javascript,import { register } from "node:module"; register("data:text/javascript,");';
    expect(await node(['--import', otherLoader, ...execArgvOf(program), program])).toBe('own');
  });

  it('does not run where a built package imports a module of the user', async () => {
    const { outputFiles } = await build({
      ...{ entryPoints: [IMPORT_MODULE], bundle: true, write: false, format: 'esm', platform: 'node' },
      ...{ conditions: ['praxis-source'], external: ['tsx'], tsconfigRaw: {}, absWorkingDir: root },
    });
    const built = join(folder, 'import-module.mjs');
    writeFileSync(built, outputFiles[0].text.replaceAll('"tsx/esm/api"', JSON.stringify(TSX)));
    const text = `const { importFile } = await import(${JSON.stringify(built)});
await importFile(${JSON.stringify(program)});`;
    expect(await node(inline(text))).toBe('own');
  });
});

it('a tsconfig.json above the working directory gives the imports of the sources no other meaning', async () => {
  const [parent, child] = [join(folder, 'shared'), join(folder, 'shared', 'work')];
  mkdirSync(child, { recursive: true });
  const paths = { '@praxis/core': [program] };
  writeFileSync(join(parent, 'tsconfig.json'), JSON.stringify({ compilerOptions: { paths } }));
  const core = join(root, 'packages/core/src/index.ts');
  const importing = join(root, IMPORT_MODULE);
  expect(await node([...execArgvOf(core), importing], child)).toBe('');
});

it('tsx is used by the two places that switch its cache off, and by no command or page', () => {
  const pattern = 'npx tsx|import tsx|"tsx |.tsx/(esm|cjs)';
  const lines = execFileSync('git', ['grep', '-nE', pattern, '--', ':!*.jsonl'], { cwd: root, encoding: 'utf8' });
  const files = lines
    .trim()
    .split('\n')
    .map((line) => line.split(':')[0]);
  expect([...new Set(files)].filter((file) => file !== `test/${basename(import.meta.filename)}`)).toEqual([
    'packages/core/source-loader.mjs',
    IMPORT_MODULE,
  ]);
});
