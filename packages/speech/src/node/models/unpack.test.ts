import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { unpack } from './unpack.ts';

const has = (program: string): boolean => spawnSync(program, ['--help'], { stdio: 'ignore' }).error === undefined;
const canUnpack = has('tar') && has('bzip2');

let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'praxis-unpack-'));
  mkdirSync(join(scratch, 'inside'));
  writeFileSync(join(scratch, 'inside', 'tokens.txt'), 'a 0\n');
});
afterAll(() => rmSync(scratch, { recursive: true }));

describe('unpack', () => {
  beforeEach(({ skip }) => skip(!canUnpack, 'no tar or no bzip2'));

  const archive = (name: string, args: readonly string[]): string => {
    const path = join(scratch, name);
    execFileSync('tar', ['-cjf', path, ...args]);
    return path;
  };

  it('turns the single directory of an archive into the folder', async () => {
    const folder = join(scratch, 'one');
    await unpack(archive('one.tar.bz2', ['-C', scratch, 'inside']), folder);
    expect(readFileSync(join(folder, 'tokens.txt'), 'utf8')).toBe('a 0\n');
    expect(existsSync(`${folder}.part`)).toBe(false);
  });

  it('puts files without a directory into the folder', async () => {
    const folder = join(scratch, 'flat');
    await unpack(archive('flat.tar.bz2', ['-C', join(scratch, 'inside'), 'tokens.txt']), folder);
    expect(readdirSync(folder)).toEqual(['tokens.txt']);
  });

  it('rejects an invalid or truncated archive with the message of tar, and leaves no folder', async () => {
    const good = readFileSync(archive('good.tar.bz2', ['-C', scratch, 'inside']));
    for (const [name, bytes] of Object.entries({ text: 'no archive', truncated: good.subarray(0, good.length - 20) })) {
      const path = join(scratch, name);
      writeFileSync(path, bytes);
      const folder = join(scratch, `${name} folder`);
      await expect(unpack(path, folder), name).rejects.toThrow(/cannot be unpacked: .*needs tar and bzip2/);
      expect(existsSync(folder) || existsSync(`${folder}.part`), name).toBe(false);
    }
  });

  it('replaces the files of an interrupted run', async () => {
    const folder = join(scratch, 'again');
    mkdirSync(`${folder}.part`);
    writeFileSync(join(`${folder}.part`, 'half'), '');
    await unpack(archive('again.tar.bz2', ['-C', scratch, 'inside']), folder);
    expect(readdirSync(folder)).toEqual(['tokens.txt']);
  });
});

it('names the required programs where tar is missing', async () => {
  const path = join(scratch, 'any.tar.bz2');
  writeFileSync(path, '');
  const { PATH } = process.env;
  process.env.PATH = scratch;
  try {
    await expect(unpack(path, join(scratch, 'any'))).rejects.toThrow(/needs tar and bzip2: apt-get install/);
  } finally {
    process.env.PATH = PATH;
  }
});
