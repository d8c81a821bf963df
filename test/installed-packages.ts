import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { pack } from '../scripts/pack.mjs';
import { packages } from '../scripts/packages.mjs';
import { root } from './run-praxis.ts';

const run = promisify(execFile);

/** The environment of a user's shell: without the settings that npm gives to the scripts of this repository. */
const userEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(npm_|node_options$|vite|vitest|init_cwd$)/i.test(name)),
  );

/** Output of a program. */
export interface Output {
  readonly stdout: string;
  readonly stderr: string;
}

/** An empty folder outside the checkout in which a user installs the packed packages. */
export class InstalledPackages {
  /** The user's folder. */
  readonly folder = mkdtempSync(join(tmpdir(), 'praxis-installed-'));
  /** Paths of the tarballs. */
  readonly tarballs: readonly string[];

  /** Packs what `npm run build` made. */
  constructor() {
    this.tarballs = pack(join(this.folder, 'tarballs'));
    this.write('package.json', JSON.stringify({ name: 'user', private: true, type: 'module' }));
  }

  /** Writes a file of the user's. @returns its path */
  write(name: string, text: string): string {
    const path = join(this.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  }

  /** Reads an installed file. */
  read(name: string): string {
    return readFileSync(join(this.folder, 'node_modules', name), 'utf8');
  }

  /**
   * Runs a program in the user's folder.
   * @param node folder of the Node that comes first in PATH. Default: the Node of this test
   * @throws with its output when it fails
   */
  async run(
    program: string,
    args: readonly string[],
    { node = dirname(process.execPath), variables = {} as NodeJS.ProcessEnv } = {},
  ): Promise<Output> {
    const environment = userEnvironment();
    const env = { ...environment, PATH: `${node}:${environment.PATH}`, ...variables };
    return run(program, args, { cwd: this.folder, env, maxBuffer: 64 * 1024 * 1024 });
  }

  /** Starts `praxis studio` on a free port. @returns the address of the page, and a function that ends the program */
  async startStudio(): Promise<{ readonly url: string; close(): Promise<void> }> {
    const bin = join(this.folder, 'node_modules', '.bin', 'praxis');
    const child = spawn(process.execPath, [bin, 'studio', '--port', '0'], {
      cwd: this.folder,
      env: userEnvironment(),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await Promise.race([once(child.stdout, 'data'), once(child, 'exit')])) as [unknown];
    const url = /http:\S+/.exec(String(line))?.[0];
    if (url === undefined) throw new Error(`praxis studio: ended or printed ${line}, expected its address`);
    return {
      url,
      async close() {
        child.kill('SIGINT');
        if (child.exitCode === null) await once(child, 'exit');
      },
    };
  }

  /** Plain `npm install` of all tarballs. */
  async install(): Promise<void> {
    await this.run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', ...this.tarballs]);
  }
}

/** Time of the last change (ms) of each file of a package in the checkout, by path. */
export function checkoutFiles(): ReadonlyMap<string, number> {
  const files = new Map<string, number>();
  const add = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.name === 'node_modules') continue;
      if (entry.isDirectory()) add(path);
      else files.set(path, statSync(path).mtimeMs);
    }
  };
  for (const { folder } of packages) add(join(root, folder));
  return files;
}
