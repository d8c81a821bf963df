import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const workspaces = [...readdirSync(join(root, 'packages')).map((name) => `packages/${name}`), 'sim', 'training/voice'];

/** For each folder, the folders that it imports from, each with one import as text. */
type Graph = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** Sources of a package without its tests, because a test may import from folders above the code under test. */
function sourcesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sourcesUnder(path);
    return /\.(ts|tsx|mjs)$/.test(entry.name) && !/\.(test|d)\.ts$/.test(entry.name) ? [path] : [];
  });
}

/**
 * Collects the imports between the folders of a package, including type imports.
 * @param folderOf the folder that stands for a file, relative to `src`; undefined leaves the file out
 */
function graphOf(src: string, folderOf: (file: string) => string | undefined): Graph {
  const graph = new Map<string, Map<string, string>>();
  for (const file of sourcesUnder(src)) {
    const from = folderOf(relative(src, file));
    if (from === undefined) continue;
    for (const { fileName } of ts.preProcessFile(readFileSync(file, 'utf8'), true, true).importedFiles) {
      if (!fileName.startsWith('.')) continue;
      const target = relative(src, resolve(dirname(file), fileName.split('?')[0]));
      const to = target.startsWith('..') ? undefined : folderOf(target);
      if (to === undefined || to === from) continue;
      const edges = graph.get(from) ?? new Map<string, string>();
      graph.set(from, edges.set(to, `${relative(src, file)} imports ${target}`));
    }
  }
  return graph;
}

/** The imports of one cycle; empty if there is none. */
function cycleIn(graph: Graph): readonly string[] {
  const finished = new Set<string>();
  const visit = (folder: string, path: readonly string[]): readonly string[] => {
    const first = path.indexOf(folder);
    if (first >= 0) {
      const ring = [...path.slice(first), folder];
      return ring.slice(1).map((to, i) => graph.get(ring[i])?.get(to) ?? '');
    }
    if (finished.has(folder)) return [];
    for (const to of graph.get(folder)?.keys() ?? []) {
      const found = visit(to, [...path, folder]);
      if (found.length > 0) return found;
    }
    finished.add(folder);
    return [];
  };
  for (const folder of graph.keys()) {
    const found = visit(folder, []);
    if (found.length > 0) return found;
  }
  return [];
}

const folder = (file: string): string => dirname(file);
const topFolder = (file: string): string => file.split(sep)[0];

/** Names of a package's exported files and of the start of its page or command. */
function entryPoints(home: string): ReadonlySet<string> {
  const { exports } = JSON.parse(readFileSync(join(root, home, 'package.json'), 'utf8')) as {
    exports: Readonly<Record<string, string | { readonly 'praxis-source': string }>>;
  };
  const sources = Object.values(exports).flatMap((entry) =>
    typeof entry === 'string' ? [] : [entry['praxis-source']],
  );
  return new Set([...sources.map((path) => basename(path)), 'main.ts']);
}

describe.each(workspaces)('%s', (home) => {
  const src = join(root, home, 'src');

  it('has no cycle of imports between folders', () => {
    expect(cycleIn(graphOf(src, folder))).toEqual([]);
  });

  it('has no cycle of imports between its main folders', () => {
    expect(cycleIn(graphOf(src, topFolder))).toEqual([]);
  });

  it('has nothing but entry points directly in src', () => {
    const entries = entryPoints(home);
    const inside = readdirSync(src, { withFileTypes: true });
    // A small package keeps all of its files in one folder.
    if (!inside.some((entry) => entry.isDirectory())) return;
    const files = inside.filter((entry) => entry.isFile() && entry.name.endsWith('.ts'));
    expect(files.map(({ name }) => name).filter((name) => !entries.has(name))).toEqual([]);
  });
});

describe('cycleIn', () => {
  const graph = (edges: Readonly<Record<string, readonly string[]>>): Graph =>
    new Map(Object.entries(edges).map(([from, to]) => [from, new Map(to.map((each) => [each, `${from} -> ${each}`]))]));

  it('finds cycles of any length, and none in a tree', () => {
    expect(cycleIn(graph({ a: ['b'], b: ['c'], c: ['a'] }))).toEqual(['a -> b', 'b -> c', 'c -> a']);
    expect(cycleIn(graph({ a: ['b', 'c'], b: ['d'], c: ['d', 'e'], e: ['f'], f: ['e'] }))).toEqual([
      'e -> f',
      'f -> e',
    ]);
    expect(cycleIn(graph({ a: ['b', 'c'], b: ['c'] }))).toEqual([]);
  });
});
