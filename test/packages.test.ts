import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkVersions, packages, version } from '../scripts/packages.mjs';
import { readmeExample } from './readme-example.ts';
import { root } from './run-praxis.ts';

describe('the published packages', () => {
  it('have the version of the root, and depend on that version of each other', () => {
    expect(checkVersions).not.toThrow();
    expect(readFileSync(join(root, 'package.xml'), 'utf8')).toContain(`<version>${version}</version>`);
  });

  it.each(packages)('$manifest.name says what it is and what it needs', ({ folder, manifest }) => {
    expect(manifest.description).toMatch(/^[A-Z].*\.$/);
    expect(manifest).toMatchObject({ license: 'Apache-2.0', type: 'module', repository: { directory: folder } });
    expect(manifest.engines).toEqual({ node: '>=20.19' });
    expect(manifest.sideEffects).toBeDefined();
  });

  it.each(packages)('$manifest.name runs no script when it is installed', ({ manifest }) => {
    expect(manifest.scripts).toBeUndefined();
    // Its install script downloads CUDA, which fails without a network.
    expect(Object.keys(manifest.dependencies ?? {})).not.toContain('onnxruntime-node');
  });

  it.each(packages)(
    '$manifest.name runs from source in a checkout: each entry point names a file',
    ({ folder, manifest }) => {
      for (const entry of Object.values(manifest.exports)) {
        if (typeof entry === 'string') continue;
        expect(existsSync(join(root, folder, entry['praxis-source'] ?? entry.default)), JSON.stringify(entry)).toBe(
          true,
        );
        if (entry.default?.startsWith('./dist/')) {
          const built = entry['praxis-source'].replace('./src/', './dist/').replace(/\.ts$/, '');
          expect(entry).toMatchObject({ types: `${built}.d.ts`, default: `${built}.js` });
        }
      }
    },
  );

  it.each(packages)('$manifest.name has a README with one example', ({ folder }) => {
    const readme = readFileSync(join(root, folder, 'README.md'), 'utf8');
    expect(readmeExample(readme)).toMatch(/^import /);
  });
});
