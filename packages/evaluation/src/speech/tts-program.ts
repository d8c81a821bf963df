import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Audio } from '@praxis/speech';
import { readWav } from '@praxis/speech';

/** Whether this machine has a program. */
export const hasProgram = (program: string): boolean =>
  spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined;

/**
 * Runs a program that writes a WAV file.
 * @param args of the file that it has to write
 * @param input what it is to say
 */
export function synthesizeWithProgram(
  program: string,
  args: (file: string) => readonly string[],
  input: string,
): Audio {
  const folder = mkdtempSync(join(tmpdir(), 'praxis-voice-'));
  try {
    const file = join(folder, 'said.wav');
    execFileSync(program, [...args(file)], { input, stdio: ['pipe', 'ignore', 'ignore'] });
    return readWav(readFileSync(file), file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
