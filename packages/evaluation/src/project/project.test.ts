import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError, type Policy, PolicyError } from '@praxis/core';
import { afterAll, describe, expect, it } from 'vitest';
import { servePolicy } from '../serving/serve-policy.ts';
import { openPolicy, policyIdentity, policyName, policySource } from './policy-source.ts';
import { findConfig, loadProject, openProject } from './project.ts';

const folder = mkdtempSync(join(tmpdir(), 'praxis-project-'));
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;
/** Writes files into a new folder and returns its path. */
function write(files: Readonly<Record<string, string>>): string {
  const path = join(folder, String(count++));
  mkdirSync(path);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  return path;
}

const HOVER = `const spec: { name: string; inputs: []; horizon: number; actionPeriod: number; inferencePeriod: number } =
  { name: 'hover', inputs: [], horizon: 1, actionPeriod: 0.1, inferencePeriod: 0.1 };
export default () => ({ spec, infer: async () => ({}), reset() {}, close: async () => {} });
`;

describe('a project', () => {
  it('is the configuration file in the working directory, or the one that is named', async () => {
    const path = write({ 'praxis.config.ts': 'export default { policies: { own: "./model" as string } };' });
    expect(findConfig(path)).toBe(join(path, 'praxis.config.ts'));
    const { registry, config } = await openProject(undefined, path);
    expect(config).toBe(join(path, 'praxis.config.ts'));
    expect(registry.policies.names).toEqual(['default', 'own']);
    expect((await openProject(undefined, write({}))).config).toBeUndefined();
  });

  it.each([
    ['is missing', undefined, /^--config .*gone.ts: not found, expected a file such as praxis.config.ts$/],
    ['does not compile', 'export default {', /c.ts: cannot be imported, /],
    ['throws', 'throw new Error("boom");', /c.ts: cannot be imported, boom$/],
    ['exports nothing', 'export const tasks = [];', /^c.ts: no default export/],
  ])('that %s is refused in one line that names the file', async (_, text, line) => {
    const path = write(text === undefined ? {} : { 'c.ts': text });
    const failure = loadProject(join(path, text === undefined ? 'gone.ts' : 'c.ts'));
    await expect(failure).rejects.toThrow(InputError);
    await expect(failure).rejects.toThrow(line);
  });
});

describe('a policy', () => {
  it('is a module, whose name and digest identify its results', async () => {
    const path = write({ 'hover.ts': HOVER });
    const source = policySource(join(path, 'hover.ts'), await loadProject());
    expect(source.kind).toBe('module');
    expect(((await openPolicy(source)) as Policy).spec.name).toBe('hover');
    expect(await policyName(source)).toBe('hover');
    expect((await policyIdentity(source)).sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is a name of the configuration: a module beside it, or a function', async () => {
    const config = `import make from './hover.ts';
export default { policies: { beside: './hover.ts', made: make, broken: () => { throw new Error('no weights'); } } };`;
    const project = await loadProject(
      join(write({ 'hover.ts': HOVER, 'praxis.config.ts': config }), 'praxis.config.ts'),
    );
    expect(await policyName(policySource('beside', project))).toBe('hover');
    expect(await policyName(policySource('made', project))).toBe('hover');
    await expect(openPolicy(policySource('broken', project))).rejects.toThrow(
      new PolicyError('policy broken: no weights'),
    );
  });

  it('is the shipped one by default, and a folder by its path', async () => {
    const project = await loadProject();
    expect(policySource(undefined, project)).toEqual({ kind: 'folder', directory: 'models/default' });
    expect(policySource('models/default', project)).toEqual(policySource('default', project));
    expect(policySource('expert', project)).toEqual({ kind: 'expert' });
  });

  it('is on a server, by its address, with a file that says what goes over the wire', async () => {
    const project = await loadProject();
    const address = 'wss://gpu-machine:8000';
    expect(policySource(address, project)).toEqual({ kind: 'remote', address, spec: undefined });
    expect(policySource(address, project, 'a.yaml')).toEqual({ kind: 'remote', address, spec: 'a.yaml' });
    expect(() => policySource('default', project, 'a.yaml')).toThrow(
      '--policy-spec a.yaml: expected --policy ws://host:port with it',
    );
    const server = await servePolicy({ policy: 'recording', project, port: 0 });
    const source = policySource(server.url, project);
    expect(await policyName(source)).toBe('scripted');
    expect((await policyIdentity(source)).sha256).toMatch(/^[0-9a-f]{64}$/);
    await server.close();
    await expect(policyName(source)).rejects.toThrow(/^ws:.*ECONNREFUSED/);
  });

  it('is refused in one line otherwise', async () => {
    const project = await loadProject();
    expect(() => policySource('nowhere', project)).toThrow(
      'policy nowhere: expected a directory with a manifest.json, a module, ws://host:port, expert, or one of default',
    );
    const path = write({ 'none.mjs': 'export default 7;' });
    await expect(openPolicy(policySource(join(path, 'none.mjs'), project))).rejects.toThrow(
      /none.mjs: expected a Policy/,
    );
    const own = write({ 'class.mjs': 'export default class { spec = {}; infer() {} }' });
    await expect(openPolicy(policySource(join(own, 'class.mjs'), project))).rejects.toThrow(
      /class.mjs: is a class, expected a function that makes a policy/,
    );
  });
});
