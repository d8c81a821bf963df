import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
// @ts-expect-error the start of a checkout is plain JavaScript: it runs before TypeScript can be imported
import { findBundle } from '../packages/cli/checkout/bundle-cache.mjs';
import { praxis, root } from './run-praxis.ts';

/** A checkout with the start of the command line and sources of a few lines. */
let checkout: string;
beforeEach(() => {
  checkout = mkdtempSync(join(tmpdir(), 'praxis-bundle-'));
  for (const path of ['packages/cli/bin', 'packages/cli/checkout', 'packages/core/source-loader.mjs']) {
    cpSync(join(root, path), join(checkout, path), { recursive: true });
  }
  mkdirSync(join(checkout, 'node_modules'));
  for (const name of ['esbuild', 'tsx'])
    symlinkSync(join(root, 'node_modules', name), join(checkout, 'node_modules', name));
  mkdirSync(join(checkout, 'packages/cli/src'));
  write('package.json', '{"workspaces": ["packages/*"]}');
  write('packages/cli/package.json', '{"type": "module"}');
  writeMain('one');
});
afterEach(() => rmSync(checkout, { recursive: true }));

const write = (path: string, text: string) => writeFileSync(join(checkout, path), text);
const main = () => join(checkout, 'packages/cli/src/main.ts');
/** Writes a command line that prints a word, its place, and where it runs. */
const writeMain = (word: string) =>
  write(
    'packages/cli/src/main.ts',
    `const place: string = import.meta.url;
    export const main = async () => console.log('${word}', place, new Error().stack?.includes('.cache') ? 'bundled' : 'sources');`,
  );
const cache = () => join(checkout, 'node_modules/.cache/praxis');

function run(env: NodeJS.ProcessEnv = {}): Promise<{ status: number; out: readonly string[]; err: string }> {
  return new Promise((resolve) => {
    const options = { cwd: checkout, env: { ...process.env, ...env } };
    execFile(process.execPath, ['packages/cli/bin/praxis.mjs'], options, (error, out, err) =>
      resolve({ status: Number(error?.code ?? 0), out: out.trim().split(' '), err }),
    );
  });
}

describe('the start of the command line', () => {
  it('finds a bundle of this checkout after a command', async () => {
    await praxis(['--version']);
    expect(findBundle()).toContain(join(root, 'node_modules', '.cache'));
  });

  it('bundles the sources once, and import.meta.url still names the source', async () => {
    const place = `file://${main()}`;
    expect(await run()).toEqual({ status: 0, out: ['one', place, 'bundled'], err: '' });
    const { mtimeMs } = statSync(join(cache(), 'bundle.json'));
    expect((await run()).out).toEqual(['one', place, 'bundled']);
    expect(statSync(join(cache(), 'bundle.json')).mtimeMs).toBe(mtimeMs);
  });

  it('runs an edited source, even if the edit keeps its size and time of modification', async () => {
    expect((await run()).out[0]).toBe('one');
    const { atime, mtime } = statSync(main());
    writeMain('two');
    utimesSync(main(), atime, mtime);
    expect((await run()).out).toEqual(['two', `file://${main()}`, 'bundled']);
  });

  it('reports a source that does not compile instead of running an older one', async () => {
    await run();
    write('packages/cli/src/main.ts', 'export const main = (;');
    const { status, out, err } = await run();
    expect([status, out]).toEqual([1, ['']]);
    expect(err).toContain('main.ts');
  });

  it('runs the sources where it cannot write', async () => {
    // Root may write anywhere, so a file is in the place of the folder.
    write('node_modules/.cache', '');
    expect((await run()).out).toEqual(['one', `file://${main()}`, 'sources']);
  });

  it('runs the sources if the bundle is damaged, and bundles them again at the next start', async () => {
    await run();
    const [folder] = readdirSync(cache()).filter((name) => name.startsWith('bundle-'));
    rmSync(join(cache(), folder, 'main.js'));
    expect((await run()).out).toEqual(['one', `file://${main()}`, 'sources']);
    expect((await run()).out[2]).toBe('bundled');
    write('node_modules/.cache/praxis/bundle.json', '{"format":');
    expect((await run()).out).toEqual(['one', `file://${main()}`, 'bundled']);
  });

  it('runs the sources with PRAXIS_DEBUG', async () => {
    expect((await run({ PRAXIS_DEBUG: '1' })).out).toEqual(['one', `file://${main()}`, 'sources']);
  });

  it('is safe for processes that start at the same time', async () => {
    const runs = await Promise.all([run(), run(), run()]);
    for (const { status, out } of runs) expect([status, out[0], out[2]]).toEqual([0, 'one', 'bundled']);
    const { folder } = JSON.parse(readFileSync(join(cache(), 'bundle.json'), 'utf8'));
    expect(readdirSync(cache())).toEqual(expect.arrayContaining([folder, 'bundle.json']));
    expect((await run()).out[2]).toBe('bundled');
  });

  it('removes bundles that were replaced more than an hour ago', async () => {
    await run();
    const [old] = readdirSync(cache()).filter((name) => name.startsWith('bundle-'));
    writeMain('two');
    await run();
    expect(readdirSync(cache())).toContain(old);
    const twoHoursAgo = Date.now() / 1000 - 7200;
    utimesSync(join(cache(), old), twoHoursAgo, twoHoursAgo);
    writeMain('three');
    await run();
    expect(readdirSync(cache())).not.toContain(old);
  });
});
