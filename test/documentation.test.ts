import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const workspaces = [...readdirSync(join(root, 'packages')).map((name) => `packages/${name}`), 'sim', 'training/voice'];

/** Source files of a package's entry points. */
const entriesOf = (home: string): readonly string[] => {
  const { exports } = JSON.parse(readFileSync(join(root, home, 'package.json'), 'utf8')) as {
    exports: Readonly<Record<string, string | { readonly 'praxis-source': string }>>;
  };
  return Object.values(exports).flatMap((entry) =>
    typeof entry === 'string' ? [] : [join(root, home, entry['praxis-source'])],
  );
};

const program = ts.createProgram(workspaces.flatMap(entriesOf), {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  customConditions: ['praxis-source'],
  allowImportingTsExtensions: true,
  noEmit: true,
  skipLibCheck: true,
  types: ['node'],
});
const checker = program.getTypeChecker();

/** Public exports that a package declares itself, by file and name; of a namespace its members. */
function exportsOf(home: string): ReadonlyMap<string, ts.Symbol> {
  const found = new Map<string, ts.Symbol>();
  const addExports = (module: ts.Symbol, prefix: string): void => {
    for (const symbol of checker.getExportsOfModule(module)) {
      const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
      const [declaration] = target.declarations ?? [];
      const file = declaration?.getSourceFile().fileName ?? '';
      if (!file.startsWith(join(root, home))) continue;
      if (ts.isSourceFile(declaration)) addExports(target, `${prefix}${symbol.name}.`);
      else found.set(`${relative(root, file)}: ${prefix}${symbol.name}`, target);
    }
  };
  for (const entry of entriesOf(home)) {
    const source = program.getSourceFile(entry);
    const module = source && checker.getSymbolAtLocation(source);
    if (module) addExports(module, '');
  }
  return found;
}

describe.each(workspaces)('%s', (home) => {
  const exported = [...exportsOf(home)];

  it('documents each public export', () => {
    const undocumented = exported.filter(([, symbol]) => symbol.getDocumentationComment(checker).length === 0);
    expect(undocumented.map(([name]) => name)).toEqual([]);
  });

  it('has an @example', () => {
    const folder = join(root, home, 'src');
    const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    expect(sources.some((name) => readFileSync(join(folder, name), 'utf8').includes('@example'))).toBe(true);
  });
});
