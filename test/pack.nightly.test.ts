import { execFile, spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packages, version } from '../scripts/packages.mjs';
import { tutorialFiles } from './documents/tutorial-files.ts';
import { checkoutFiles, InstalledPackages } from './installed-packages.ts';
import { installNodes, NODE_VERSIONS, nodeOf } from './node-versions.ts';
import { readmeExample } from './readme-example.ts';
import { root } from './run-praxis.ts';

/** Time of a build, an installation or an episode on a busy machine (ms). */
const timeout = 600_000;

/** Examples that need more than an installation: a sourced ROS 2, a page. They are type-checked. */
const NOT_RUN = ['@praxis/ros', '@praxis/studio'];

const names = packages.map(({ manifest }) => manifest.name);
const exampleName = (name: string): string => name.replace('@praxis/', 'example-');

let user: InstalledPackages;
let before: ReadonlyMap<string, number>;
beforeAll(async () => {
  await promisify(execFile)(process.execPath, ['scripts/build-packages.mjs'], { cwd: root });
  before = checkoutFiles();
  user = new InstalledPackages();
  await user.install();
  for (const name of names) user.write(`${exampleName(name)}.mjs`, readmeExample(user.read(`${name}/README.md`)));
  const loop = readFileSync(join(root, 'examples', 'closed-loop.ts'), 'utf8');
  const { outputText } = ts.transpileModule(loop, {
    compilerOptions: { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true },
  });
  user.write('closed-loop.mjs', outputText);
}, timeout);
afterAll(() => rmSync(user.folder, { recursive: true }));

describe('a tarball', { timeout }, () => {
  it.each(names)('of %s passes publint', async (name) => {
    const pkgDir = join(user.folder, 'node_modules', name);
    const { messages, pkg } = await publint({ pkgDir, pack: false, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([]);
  });

  it('has types that resolve as its code does, for every package', async () => {
    const attw = join(root, 'node_modules', '@arethetypeswrong', 'cli', 'dist', 'index.js');
    for (const tarball of user.tarballs) {
      const { status, stdout } = spawnSync(process.execPath, [attw, tarball, '--profile', 'esm-only', '--no-color'], {
        encoding: 'utf8',
      });
      expect(status, `${tarball}\n${stdout}`).toBe(0);
    }
  });

  it.each(names)('of %s holds no test, no source and no path of the checkout', (name) => {
    const { stdout } = spawnSync('find', ['.', '-type', 'f'], {
      cwd: join(user.folder, 'node_modules', name),
      encoding: 'utf8',
    });
    const files = stdout.trim().split('\n');
    expect(files.filter((file) => /\.test\.|\/testing\/|\/src\/|tsbuildinfo|(?<!\.d)\.ts$/.test(file))).toEqual([]);
    expect(files).toEqual(expect.arrayContaining(['./package.json', './README.md', './LICENSE', './NOTICE']));
    expect(user.read(`${name}/package.json`)).not.toContain('praxis-source');
  });
});

describe('a user with plain npm install', { timeout }, () => {
  it('gets no package whose install script asks the network', () => {
    expect(() => user.read('onnxruntime-node/package.json')).toThrow('ENOENT');
  });

  it.each(names.filter((name) => !NOT_RUN.includes(name)))('runs the example of %s', async (name) => {
    const { stdout } = await user.run('node', [`${exampleName(name)}.mjs`]);
    expect(stdout).not.toBe('');
  });

  it('runs a closed loop that may read nothing but the folder', async () => {
    const [major] = process.versions.node.split('.').map(Number);
    const flags = [major < 22 ? '--experimental-permission' : '--permission', `--allow-fs-read=${user.folder}/*`];
    const { stdout } = await user.run('node', [...flags, 'closed-loop.mjs', 'node_modules/@praxis/models/default']);
    expect(stdout.trim().split('\n').at(-1)).toMatch(/^(success|failure) after/);
  });

  it('runs the command line', async () => {
    expect((await user.run('npx', ['--no-install', 'praxis', '--version'])).stdout).toBe(`${version}\n`);
    const { stdout } = await user.run('npx', ['--no-install', 'praxis', 'interpret', 'stop']);
    expect(stdout).toContain('stop');
    await expect(user.run('npx', ['--no-install', 'praxis', 'eval', '--task', 'juggle'])).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringMatching(
        /^praxis eval: --task juggle: unknown; known are pick, sort, press, drawer, interrupt\n$/,
      ),
    });
  });

  it('serves the studio', async () => {
    const { url, close } = await user.startStudio();
    const pages = ['', 'models/default/manifest.json', 'urdf/praxis_arm.urdf', 'flite/flite.wasm'];
    try {
      for (const page of pages) expect((await fetch(`${url}${page}`)).status, page).toBe(200);
      expect(await (await fetch(url)).text()).toContain('<title>');
    } finally {
      await close();
    }
  });

  describe.each(NODE_VERSIONS)('on Node %i', (major) => {
    beforeAll(installNodes, timeout);
    const node = dirname(nodeOf(major));

    it('evaluates the shipped policy', async () => {
      expect((await user.run('node', ['--version'], { node })).stdout).toMatch(new RegExp(`^v${major}\\.`));
      const args = [
        '--no-install',
        'praxis',
        'eval',
        '--task',
        'pick',
        '--episodes',
        '1',
        '--seed',
        '2000000',
        '--json',
      ];
      const { stdout } = await user.run('npx', args, { node });
      const [task] = JSON.parse(stdout).tasks;
      expect(task).toMatchObject({ task: 'pick', episodes: 1, successes: 1 });
    });

    it('takes a configuration and a policy in TypeScript', async () => {
      user.write('praxis.config.ts', CONFIG);
      const args = ['--no-install', 'praxis', 'eval', '--task', 'pick', '--policy', 'own', '--episodes', '1', '--json'];
      const { stdout } = await user.run('npx', args, { node });
      rmSync(join(user.folder, 'praxis.config.ts'));
      expect(JSON.parse(stdout).tasks[0]).toMatchObject({ task: 'pick', successes: 1 });
    });

    it('runs what a reader of the tutorial has written', async () => {
      for (const [name, text] of tutorialFiles()) user.write(join('hover', name), text);
      const options = ['--config', 'hover/praxis.config.ts', '--policy', 'hover-by-range', '--episodes', '2', '--json'];
      const { stdout } = await user.run('npx', ['--no-install', 'praxis', 'eval', '--task', 'hover', ...options], {
        node,
      });
      expect(JSON.parse(stdout).tasks[0]).toMatchObject({ task: 'hover', episodes: 2, successes: 2 });
    });
  });

  it.each([
    ['nodenext', ts.ModuleKind.NodeNext, ts.ModuleResolutionKind.NodeNext],
    ['bundler', ts.ModuleKind.ESNext, ts.ModuleResolutionKind.Bundler],
  ])('type-checks under %s, declarations included', (_, module, moduleResolution) => {
    const files = names.map((name) =>
      user.write(`${exampleName(name)}.ts`, readmeExample(user.read(`${name}/README.md`))),
    );
    const entries = packages.flatMap(({ manifest }) =>
      Object.keys(JSON.parse(user.read(`${manifest.name}/package.json`)).exports)
        .filter((path) => !path.includes('*'))
        .map((path) => `${manifest.name}${path.slice(1)}`),
    );
    const all = entries.map(
      (entry, i) => `import * as entry${i} from '${entry}';\nexport type Entry${i} = typeof entry${i};`,
    );
    files.push(user.write('everything.ts', all.join('\n')), user.write('checked.config.ts', CONFIG));
    const program = ts.createProgram(files, {
      ...{ module, moduleResolution, target: ts.ScriptTarget.ES2023, types: ['node'], noEmit: true },
      ...{ strict: true, skipLibCheck: false, typeRoots: [join(user.folder, 'node_modules', '@types')] },
    });
    const lines = ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
      return `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
    expect(lines).toEqual([]);
  });

  it('changes no file of the checkout', () => {
    expect(checkoutFiles()).toEqual(before);
  });
});

/** A user's configuration: the shipped policy, opened by a function of the user's. */
const CONFIG = `import type { Policy } from '@praxis/core';
import { defineConfig } from '@praxis/evaluation/config';
import { DEFAULT_POLICY_FOLDER } from '@praxis/models';
import { loadPolicyFromDirectory } from '@praxis/policy/node';

const own = (): Promise<Policy> => loadPolicyFromDirectory(DEFAULT_POLICY_FOLDER);
export default defineConfig({ policies: { own } });
`;
