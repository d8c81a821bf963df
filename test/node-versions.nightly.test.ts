import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { needs, SHIPPED_POLICY } from './needs.ts';
import { root } from './run-praxis.ts';

const run = promisify(execFile);

/** Major versions of Node that Praxis supports. */
const VERSIONS = [20, 22, 24, 26];
/** npm's package with Node for this machine. */
const PACKAGE = `node-${process.platform}-${process.arch}`;
/** The programs stay here, so that a later run downloads nothing. */
const CACHE = join(root, 'node_modules', '.cache', 'praxis-node-versions');

const nodeOf = (version: number): string => join(CACHE, 'node_modules', `node-v${version}`, 'bin', 'node');

describe('every supported version of Node', { timeout: 600_000, ...needs(SHIPPED_POLICY) }, () => {
  beforeAll(async () => {
    mkdirSync(CACHE, { recursive: true });
    const dependencies = VERSIONS.map((version) => [`node-v${version}`, `npm:${PACKAGE}@${version}`]);
    // A package of its own keeps npm from writing to the checkout's.
    writeFileSync(
      join(CACHE, 'package.json'),
      JSON.stringify({ private: true, dependencies: Object.fromEntries(dependencies) }),
    );
    await run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'], { cwd: CACHE });
  }, 600_000);

  it('gives the same evaluation, bit for bit', async () => {
    const traces: Record<string, string> = {};
    for (const version of VERSIONS) {
      const { stdout } = await run(nodeOf(version), ['--version']);
      expect(stdout).toMatch(new RegExp(`^v${version}\\.`));
      const args = ['eval', '--task', 'pick', '--episodes', '2', '--seed', '2000000', '--json'];
      const evaluation = await run(nodeOf(version), [join(root, 'packages', 'cli', 'bin', 'praxis.mjs'), ...args], {
        cwd: root,
      });
      traces[version] = JSON.parse(evaluation.stdout).trace_sha256;
    }
    expect(new Set(Object.values(traces)).size, JSON.stringify(traces)).toBe(1);
  });
});
