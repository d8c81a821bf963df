import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { packageOf, unnamedIn } from '../packages/studio/build/licences.ts';
import { isFree, licenceFaults, productionPackages } from '../scripts/licences.mjs';

interface LockEntry {
  readonly link?: boolean;
  readonly inBundle?: boolean;
  readonly integrity?: string;
}

it('every package of a registry has a digest in package-lock.json', () => {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, LockEntry> };
  const fetched = Object.entries(lock.packages).filter(
    ([path, { link, inBundle }]) => path.includes('node_modules/') && !link && !inBundle,
  );
  expect(fetched.length).toBeGreaterThan(500);
  expect(fetched.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')).map(([path]) => path)).toEqual([]);
});

describe('licences', () => {
  it('every dependency has a free one, and NOTICE is up to date', () => {
    expect(licenceFaults()).toEqual([]);
  });

  it.each([
    ['MIT', true],
    ['(MIT OR CC0-1.0)', true],
    ['GPL-3.0-only OR MIT', true],
    ['Apache-2.0 AND LGPL-3.0-or-later AND MIT', true],
    ['Apache-2.0 AND GPL-3.0-only', false],
    ['SEE LICENSE IN EULA.txt', false],
    ['unknown', false],
  ])('%s: free is %s', (licence, free) => {
    expect(isFree(licence)).toBe(free);
  });

  it('the report has the dependencies of the packages, not the tools of the checkout', () => {
    const packages = productionPackages({
      'packages/core': { version: '1.0.0', license: 'Apache-2.0' },
      'node_modules/@praxis/core': { link: true },
      'node_modules/vite': { version: '8.3.0', license: 'MIT', dev: true },
      'node_modules/zod': { version: '4.6.7', license: 'MIT' },
      'node_modules/a/node_modules/walk': { version: '2.3.15', licenses: [{ type: 'Apache2' }] },
      'node_modules/nobody-knows': { version: '1.0.0' },
    });
    expect(packages).toEqual([
      { name: 'nobody-knows', version: '1.0.0', licence: 'unknown' },
      { name: 'walk', version: '2.3.15', licence: 'Apache-2.0' },
      { name: 'zod', version: '4.6.7', licence: 'MIT' },
    ]);
  });

  it('a package in the page that NOTICE does not name is found', () => {
    expect(packageOf('/a/node_modules/three/build/three.module.js')).toBe('three');
    expect(packageOf('C:\\a\\node_modules\\x\\node_modules\\@scope\\name\\index.js')).toBe('@scope/name');
    expect(packageOf('/a/packages/core/src/index.ts')).toBeUndefined();
    expect(unnamedIn('Praxis\n\nthree 0.187.0 (MIT)\n', ['three', 'zod', 'thre'])).toEqual(['thre', 'zod']);
  });
});
