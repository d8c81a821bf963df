import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '@praxis/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkWritable, createFolder, writeAtomically } from './write.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'praxis-write-'));
  writeFileSync(join(folder, 'file'), '');
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a file that a command will write', () => {
  it('is checked before the work, which leaves nothing behind', () => {
    checkWritable(join(folder, 'new/table.md'));
    checkWritable(join(folder, 'file'));
    expect(readdirSync(folder)).toEqual(['file']);
  });

  it.each([
    ['file/table.md', /^--out x: cannot be written: ENOTDIR/],
    ['', /^--out x: expected a file, not a folder$/],
  ])('at %j is refused', (name, message) => {
    expect(() => checkWritable(join(folder, name), '--out x')).toThrow(message);
    expect(() => checkWritable(join(folder, name), '--out x')).toThrow(InputError);
  });

  it.skipIf(process.platform !== 'linux')(
    'is no device, which a rename would replace, and lies in no folder that takes no file',
    () => {
      expect(() => checkWritable('/dev/full')).toThrow('/dev/full: expected a file, not a device or pipe');
      expect(() => writeAtomically('/dev/full', '')).toThrow('/dev/full: expected a file, not a device or pipe');
      expect(statSync('/dev/full').isCharacterDevice()).toBe(true);
      expect(() => checkWritable('/proc/praxis/table.md')).toThrow('/proc/praxis/table.md: cannot be written');
    },
  );

  it('is written with the folders that are missing', () => {
    const path = join(folder, 'a/b/table.md');
    writeAtomically(path, 'table');
    expect(readFileSync(path, 'utf8')).toBe('table');
    expect(readdirSync(join(folder, 'a/b'))).toEqual(['table.md']);
  });
});

describe('a folder that a command will fill', () => {
  it('is made, or is there', () => {
    createFolder(join(folder, 'x/y'));
    createFolder(join(folder, 'x/y'));
    mkdirSync(join(folder, 'x/y/z'));
  });

  it('is refused in one line where it cannot be made', () => {
    expect(() => createFolder(join(folder, 'file'))).toThrow(InputError);
    expect(() => createFolder(join(folder, 'file'))).toThrow('file: cannot be made a folder: EEXIST');
    if (process.platform === 'linux')
      expect(() => createFolder('/proc/x/y')).toThrow('cannot be made a folder: ENOENT');
  });
});
