import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Audio } from '@praxis/speech';
import { readWav } from '@praxis/speech';

/** Returns true when a program is installed on this machine. */
export const hasProgram = (program: string): boolean =>
  spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined;

/**
 * Synthesizes speech with a program that writes a WAV file.
 * @param args returns the program's arguments for the path of the WAV file
 * @param input text to speak, for the program's standard input
 */
export function synthesizeWithProgram(
  program: string,
  args: (file: string) => readonly string[],
  input: string,
): Audio {
  const folder = mkdtempSync(join(tmpdir(), 'praxis-voice-'));
  try {
    const file = join(folder, 'speech.wav');
    execFileSync(program, [...args(file)], { input, stdio: ['pipe', 'ignore', 'ignore'] });
    return readWav(readFileSync(file), file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
