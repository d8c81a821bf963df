import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '@praxis/core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readInputFile } from './input-file.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'praxis-input-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const reading = (path: string) => () => readInputFile(path, 'a URDF file');

it('a file is read, also behind a link', () => {
  const [file, link] = [join(folder, 'arm.urdf'), join(folder, 'link.urdf')];
  writeFileSync(file, '<robot/>');
  symlinkSync(file, link);
  expect(reading(file)().toString()).toBe('<robot/>');
  expect(reading(link)().toString()).toBe('<robot/>');
});

it.skipIf(process.platform === 'win32')(
  'a named pipe is refused, also behind a link: opening it would wait for a writer',
  () => {
    const [pipe, link] = [join(folder, 'pipe'), join(folder, 'link')];
    execFileSync('mkfifo', [pipe]);
    symlinkSync(pipe, link);
    expect(reading(pipe)).toThrow(InputError);
    expect(reading(pipe)).toThrow(`${pipe}: is a named pipe, expected a URDF file`);
    expect(reading(link)).toThrow('is a named pipe');
  },
);

it('a folder and a missing file are named with what was expected', () => {
  expect(reading(folder)).toThrow(`${folder}: is a folder, expected a URDF file`);
  if (process.platform === 'linux')
    expect(reading('/dev/zero')).toThrow('/dev/zero: is a device, expected a URDF file');
  expect(reading(join(folder, 'none'))).toThrow(/none: cannot be read \(ENOENT\), expected a URDF file$/);
});
