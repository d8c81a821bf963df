import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root of the repository. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = join(root, 'packages', 'cli', 'bin', 'praxis.mjs');

/** Exit status and output of a `praxis` command. */
export interface PraxisExit {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/**
 * Runs `praxis` as a shell does, and sends SIGINT once for each of `interrupts`, in their order, when it matches standard error. Resolves
 * when the command and the processes that it started have ended.
 */
export function praxis(args: readonly string[], ...interrupts: readonly RegExp[]): Promise<PraxisExit> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [bin, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let err = '';
    let sent = 0;
    child.stdout.on('data', (data) => {
      out += data;
    });
    child.stderr.on('data', (data) => {
      err += data;
      if (interrupts[sent]?.test(err)) {
        sent++;
        child.kill('SIGINT');
      }
    });
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, out, err }));
  });
}
