import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { needs, SHIPPED_POLICY } from './needs.ts';
import { installNodes, NODE_VERSIONS, nodeOf } from './node-versions.ts';
import { root } from './run-praxis.ts';

const run = promisify(execFile);

describe('every supported version of Node', { timeout: 600_000, ...needs(SHIPPED_POLICY) }, () => {
  beforeAll(installNodes, 600_000);

  it('gives the same evaluation, bit for bit', async () => {
    const traces: Record<string, string> = {};
    for (const version of NODE_VERSIONS) {
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
