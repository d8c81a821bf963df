import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFile, MP4BoxBuffer } from 'mp4box';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { runMain } from './run-main.ts';

const folder = mkdtempSync(join(tmpdir(), 'praxis-film-'));
afterAll(() => rmSync(folder, { recursive: true }));
const films = join(folder, 'films');
const SEED = '2000000';
/** A drawer is open after six seconds. */
const args = ['film', '--task', 'drawer', '--policy', 'expert', '--seed', SEED, '--size', '64x48', '--out', films];

/** The pictures of a film, found by an independent reader. */
function picturesOf(path: string): readonly Uint8Array[] {
  const bytes = readFileSync(path);
  const file = createFile(true);
  file.appendBuffer(MP4BoxBuffer.fromArrayBuffer(bytes.buffer.slice(0) as ArrayBuffer, 0));
  file.flush();
  return file.getTrackSamplesInfo(1).map(({ offset, size }) => bytes.subarray(offset, offset + size));
}

const meanDifference = (a: Uint8Array, b: Uint8Array): number =>
  a.reduce((sum, value, i) => sum + Math.abs(value - b[i]), 0) / a.length;

describe('praxis film', () => {
  it('writes a film of 25 pictures a second and a strip, and says success, instruction and time', async () => {
    const { status, out } = await runMain([...args, '--strip', '3', '--json']);
    expect(status).toBe(0);
    const { policy, films: written } = JSON.parse(out);
    expect(policy).toBe('expert');
    const [film] = written;
    expect(film).toMatchObject({ task: 'drawer', seed: 2_000_000, success: true, outcome: 'success' });
    expect(film.instruction).toContain('drawer');
    expect(film.pictures).toBe(Math.floor(25 * film.timeS) + 1);
    expect(readdirSync(films).sort()).toEqual([`drawer-${SEED}.jpg`, `drawer-${SEED}.mp4`]);
    expect(film.bytes).toBe(readFileSync(film.film).length);
    const pictures = picturesOf(film.film);
    expect(pictures).toHaveLength(film.pictures);
    const decoded = await Promise.all([pictures[0], pictures.at(-1)!].map((each) => sharp(each).raw().toBuffer()));
    expect(decoded[0]).toHaveLength(3 * 64 * 48);
    // Arm and drawer have moved.
    expect(meanDifference(decoded[0], decoded[1])).toBeGreaterThan(1);
    const strip = await sharp(film.strip).metadata();
    expect(strip.width).toBeGreaterThanOrEqual(3 * 32);
    expect(strip.height).toBeGreaterThan(24);
  });

  it('does not overwrite a film, and replaces it where it may', async () => {
    const path = join(films, `drawer-${SEED}.mp4`);
    mkdirSync(films, { recursive: true });
    writeFileSync(path, 'old');
    const { status, err } = await runMain(args);
    expect(status).toBe(2);
    expect(err).toContain(`${path}: exists already, expected a new file or --overwrite`);
    expect(readFileSync(path, 'utf8')).toBe('old');
    const { status: replaced } = await runMain([...args, '--overwrite']);
    expect(replaced).toBe(0);
    expect(picturesOf(path).length).toBeGreaterThan(100);
  });

  it('leaves no half film behind when it is interrupted', async () => {
    const out = join(folder, 'interrupted');
    const { status, out: text } = await runMain([...args.slice(0, -1), out, '--json'], /film drawer \d/);
    expect(status).toBe(130);
    expect(JSON.parse(text)).toEqual({ policy: 'expert', films: [], partial: true });
    expect(readdirSync(out)).toEqual([]);
  });

  it.each([
    [['--size', '640'], '--size 640: expected WIDTHxHEIGHT such as 640x480'],
    [['--size', '8x8'], 'each from 16 to 4096'],
    [['--strip', '1'], '--strip 1: expected a whole number from 2 to 24'],
    [['--task', 'juggle'], '--task juggle: unknown; known are'],
    [['--out', join(folder, 'file', 'films')], 'cannot be written'],
  ])('with %j is refused in one line', async (options, message) => {
    writeFileSync(join(folder, 'file'), '');
    const { status, err } = await runMain([...args, ...options]);
    expect(status).toBe(2);
    expect(err).toContain(message);
    expect(err.trim()).not.toContain('\n');
  });
});
