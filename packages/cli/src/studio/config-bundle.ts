import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { firstLine, InputError } from '@praxis/core';
import { loadProject, type Project, policySource } from '@praxis/evaluation';
import type { BuildFailure } from 'esbuild';

/** Condition of the packages' `exports`: in a checkout a bundle takes the sources, otherwise the built packages. */
const CONDITIONS = import.meta.url.endsWith('.ts') ? ['praxis-source'] : [];

/**
 * Bundles a configuration into one module for the studio's page.
 * @param file path of the `praxis.config.ts`
 * @returns the folder of each URL prefix that the server adds: the module, and the folders of its policies
 * @throws {InputError} in one line when the configuration is not valid, or uses what a browser lacks
 */
export async function configFolders(file: string): Promise<Readonly<Record<string, string>>> {
  const project = await loadProject(file);
  const { entry, folders } = entryModule(project.config!, project);
  const { build } = await import('esbuild');
  const out = mkdtempSync(join(tmpdir(), 'praxis-config-'));
  process.once('exit', () => rmSync(out, { recursive: true, force: true }));
  try {
    const { outputFiles } = await build({
      stdin: { contents: entry, resolveDir: dirname(project.config!), loader: 'js' },
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'browser',
      target: 'es2022',
      conditions: CONDITIONS,
      // A `tsconfig.json` has no effect, as in Node.
      tsconfigRaw: {},
      // MuJoCo's loader imports it where it runs in Node; the bundle contains no physics.
      external: ['module'],
      sourcemap: 'inline',
      logLevel: 'silent',
    });
    writeFileSync(join(out, 'praxis.config.js'), outputFiles[0].contents);
  } catch (cause) {
    const [error] = (cause as BuildFailure).errors ?? [];
    const where = error?.location ? `${basename(error.location.file)}:${error.location.line}: ` : '';
    throw new InputError(`${basename(file)}: the page cannot use it, ${where}${error?.text ?? firstLine(cause)}`, {
      cause,
    });
  }
  return { '/config': out, ...folders };
}

/** Writes the module to bundle: the configuration, with the address of each policy that is a folder and the code of each module. */
function entryModule(config: string, project: Project) {
  const imports = [`import config from ${JSON.stringify(config)};`];
  const policies: string[] = [];
  const folders: Record<string, string> = {};
  for (const name of project.registry.policies.names) {
    const { folder } = project.registry.policies.find(name);
    // What comes with Praxis has addresses of its own.
    if (folder === undefined) continue;
    const key = JSON.stringify(name);
    const source = policySource(name, project);
    if (source.kind === 'folder') {
      const address = `/policies/${encodeURIComponent(name)}`;
      folders[address] = source.directory;
      policies.push(`${key}: ${JSON.stringify(address)}`);
    } else if (source.kind === 'module') {
      const local = `policy${policies.length}`;
      imports.push(`import ${local} from ${JSON.stringify(join(process.cwd(), source.file))};`);
      policies.push(`${key}: ${local}`);
    } else policies.push(`${key}: config.policies[${key}]`);
  }
  const entry = `${imports.join('\n')}\nexport default { ...config, policies: { ${policies.join(', ')} } };\n`;
  return { entry, folders };
}
