import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { InputError } from '@praxis/core';
import { readInputFile } from '@praxis/policy/node';
import { readWav } from '@praxis/speech';
import type { Clip } from './score-clip.ts';

/**
 * Reads the recordings in a folder and its subfolders, sorted by name. The transcript of NAME.wav is NAME.txt beside it, or else the
 * name of the subfolder.
 * @throws {InputError} when there are none, or when one cannot be read or has no transcript
 */
export function readClips(folder: string): readonly Clip[] {
  const files = filesIn(folder).filter((name) => name.toLowerCase().endsWith('.wav'));
  if (files.length === 0) throw new InputError(`${folder}: no WAV file in it`);
  return files.sort().map((name) => {
    const file = join(folder, name);
    return { name, text: textOf(folder, file), audio: readWav(readInputFile(file, 'a WAV file'), file) };
  });
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch (cause) {
    throw new InputError(`${folder}: expected a folder of recordings`, { cause });
  }
}

function textOf(folder: string, file: string): string {
  const beside = file.replace(/\.wav$/i, '.txt');
  if (existsSync(beside)) return readInputFile(beside, 'a transcript').toString().trim().toLowerCase();
  if (relative(folder, dirname(file)) !== '') return basename(dirname(file)).replaceAll('_', ' ').toLowerCase();
  throw new InputError(`${file}: expected its transcript in ${basename(beside)}`);
}
