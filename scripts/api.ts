/**
 * Builds the API reference of all packages with typedoc into `docs/api`, which git ignores. A warning fails the build.
 *
 *   npm run docs:api                    writes the pages
 *   npm run docs:api -- --check         only looks for warnings
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  Application,
  type Context,
  Converter,
  type DeclarationReflection,
  MinimalSourceFile,
  normalizePath,
  type ProjectReflection,
  ReflectionKind,
} from 'typedoc';

const root = fileURLToPath(new URL('..', import.meta.url));

/** One entry point of a package. */
interface Entry {
  readonly packageName: string;
  readonly folder: string;
  /** Path by which programs import it. */
  readonly specifier: string;
  readonly source: string;
}

/** An entry of `exports`: the path of a source, or conditions of which `praxis-source` gives that path. */
type Target = string | Readonly<Record<string, string>>;

/** Entry points that a package.json exports as TypeScript. */
function entriesOf(folder: string): readonly Entry[] {
  const { name, exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    name: string;
    exports?: Readonly<Record<string, Target>>;
  };
  return Object.entries(exports ?? {}).flatMap(([path, target]) => {
    const file = typeof target === 'string' ? target : (target['praxis-source'] ?? '');
    if (!/(?<!\.d)\.ts$/.test(file)) return [];
    return [{ packageName: name, folder, specifier: path.replace('.', name), source: join(folder, file) }];
  });
}

/** Types that a package refers to and keeps to itself, by package. The type of a manifest is inferred from its schema. */
const INTERNAL: Readonly<Record<string, readonly string[]>> = {
  '@praxis/policy': [
    ...[
      ...['manifest.ts:manifestSchema', 'graph-manifest.ts:graphManifestSchema', 'graph-inputs.ts:graphInput'],
      ...['fusion-manifest.ts:fusionManifestSchema', 'graph-inputs.ts:encoderInput'],
    ].map((each) => `@praxis/policy/src/manifest/${each}`),
    '@praxis/policy/src/importing/lerobot-config.ts:lerobotFeature',
  ],
};

const packages = [
  ...readdirSync(join(root, 'packages')).map((name) => join(root, 'packages', name)),
  join(root, 'sim'),
];
const entries = packages.filter((folder) => existsSync(join(folder, 'package.json'))).flatMap(entriesOf);

const app = await Application.bootstrap({
  name: 'Praxis',
  readme: 'none',
  entryPoints: entries.map(({ source }) => relative(root, source).split(sep).join('/')),
  tsconfig: join(root, 'tsconfig.api.json'),
  out: join(root, 'docs', 'api'),
  // `tsc -b` checks the types.
  skipErrorChecking: true,
  excludePrivate: true,
  excludeInternal: true,
  excludeExternals: true,
  // A link to the source needs the address of a remote, which not every copy of the repository has.
  disableSources: true,
  validation: { notExported: true, invalidLink: true, invalidPath: true, notDocumented: false },
});

/** Names each module by its import path. */
app.converter.on(Converter.EVENT_CREATE_DECLARATION, (context: Context, reflection: DeclarationReflection) => {
  if (!reflection.kindOf(ReflectionKind.Module)) return;
  const file = context.getSymbolFromReflection(reflection)?.declarations?.[0]?.getSourceFile().fileName;
  const entry = entries.find(({ source }) => source === file);
  if (entry) reflection.name = entry.specifier;
});

/** Shows the README of each package above its main module. */
app.converter.on(Converter.EVENT_RESOLVE_BEGIN, (context: Context) => {
  for (const { packageName, folder, specifier } of entries) {
    const file = join(folder, 'README.md');
    const module = context.project.children?.find(({ name }) => name === specifier);
    if (!module || specifier !== packageName || !existsSync(file)) continue;
    // The title is that of the page, and the last lines lead to files that the reference does not contain.
    const text = readFileSync(file, 'utf8')
      .replace(/^# .*\n/, '')
      .replace(/^Part of \[Praxis\][\s\S]*$/m, '');
    const source = new MinimalSourceFile(text, normalizePath(file));
    module.readme = app.converter.parseRawComment(source, context.project.files).content;
  }
});

/** Reports types that a package refers to but does not export. typedoc does this for the project's own package alone. */
function checkExports(project: ProjectReflection): void {
  const { packageName } = project;
  app.options.setValue('validation', false);
  app.options.setValue('validation', { notExported: true });
  for (const name of new Set(entries.map((entry) => entry.packageName))) {
    project.packageName = name;
    app.options.setValue('intentionallyNotExported', [...(INTERNAL[name] ?? [])]);
    app.validate(project);
  }
  project.packageName = packageName;
}

const project = await app.convert();
if (!project) process.exit(1);
app.validate(project);
checkExports(project);
if (app.logger.hasErrors() || app.logger.hasWarnings()) process.exit(1);
if (!process.argv.includes('--check')) await app.generateOutputs(project);
