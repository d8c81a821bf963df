import { InputError } from '@praxis/core';
import fc from 'fast-check';
import { createFile, type Movie, MP4BoxBuffer } from 'mp4box';
import { describe, expect, it } from 'vitest';
import { encodeJpeg } from '../jpeg/encode-jpeg.ts';
import { type FilmFormat, MotionJpegWriter } from './motion-jpeg-writer.ts';

/** A file as its sink got it. */
function film(format: FilmFormat, pictures: readonly Uint8Array[]): Uint8Array {
  const parts: Uint8Array[] = [];
  const writer = new MotionJpegWriter({ write: (bytes) => void parts.push(bytes.slice()) }, format);
  for (const picture of pictures) writer.addPicture(picture);
  writer.finish();
  return Uint8Array.from(Buffer.concat(parts));
}

/** A JPEG of 16 x 8 pixels with so many bytes behind its end, which decoders ignore. */
function jpeg(level: number, padding = 0): Uint8Array {
  const picture = encodeJpeg({ width: 16, height: 8, data: new Uint8Array(3 * 16 * 8).fill(level) });
  const bytes = new Uint8Array(picture.length + padding).fill(level);
  bytes.set(picture);
  return bytes;
}

const SMALL: FilmFormat = { width: 16, height: 8, fps: 10 };

/** Boxes that hold boxes. */
const CONTAINERS = ['moov', 'trak', 'mdia', 'minf', 'dinf', 'stbl'];

interface FoundBox {
  readonly type: string;
  readonly content: Uint8Array;
  readonly inside: readonly FoundBox[];
}

/** The boxes that fill these bytes. @throws {Error} when their sizes do not add up */
function boxesIn(bytes: Uint8Array): readonly FoundBox[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found: FoundBox[] = [];
  for (let at = 0; at < bytes.length; at += view.getUint32(at)) {
    const size = view.getUint32(at);
    if (size < 8 || at + size > bytes.length) throw new Error(`box of ${size} bytes at ${at} of ${bytes.length}`);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const content = bytes.subarray(at + 8, at + size);
    found.push({ type, content, inside: CONTAINERS.includes(type) ? boxesIn(content) : [] });
  }
  return found;
}

/** The part of mp4box's sample entries that is read here. */
interface SampleEntry {
  readonly esds: { readonly esd: { getOTI(): number } };
}

/** What an independent reader finds in a file: its track, the samples, and the object type of MPEG-4. */
function read(bytes: Uint8Array) {
  const file = createFile(true);
  let info: Movie | undefined;
  file.onReady = (movie) => {
    info = movie;
  };
  file.appendBuffer(MP4BoxBuffer.fromArrayBuffer(bytes.slice().buffer, 0));
  file.flush();
  if (!info) throw new Error('no film');
  const [entry] = file.moov.traks[0].mdia.minf.stbl.stsd.entries as unknown as readonly SampleEntry[];
  return { info, samples: file.getTrackSamplesInfo(1), objectType: entry.esds.esd.getOTI() };
}

const pictureList = fc.array(
  fc.record({ level: fc.integer({ min: 0, max: 255 }), padding: fc.oneof(fc.nat(300), fc.constant(400_000)) }),
  { minLength: 1, maxLength: 8 },
);

describe('MotionJpegWriter', () => {
  it('writes boxes whose sizes add up, and an index of exactly the bytes of each picture', () => {
    fc.assert(
      fc.property(pictureList, (list) => {
        const pictures = list.map(({ level, padding }) => jpeg(level, padding));
        const bytes = film(SMALL, pictures);
        const boxes = boxesIn(bytes);
        expect(boxes[0].type).toBe('ftyp');
        expect(boxes.at(-1)?.type).toBe('moov');
        const stored = boxes.filter(({ type }) => type === 'mdat');
        expect(Buffer.compare(Buffer.concat(stored.map(({ content }) => content)), Buffer.concat(pictures))).toBe(0);
        const { samples } = read(bytes);
        expect(samples).toHaveLength(pictures.length);
        for (const [i, { offset, size }] of samples.entries())
          expect(Buffer.compare(bytes.subarray(offset, offset + size), pictures[i])).toBe(0);
      }),
      { numRuns: 15 },
    );
  });

  it('is a film of key frames at a constant rate to an independent reader', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.constantFrom(1, 10, 29.97, 30, 1000), (count, fps) => {
        const { info, samples, objectType } = read(
          film(
            { ...SMALL, fps },
            Array.from({ length: count }, (_, i) => jpeg(i)),
          ),
        );
        expect(info.tracks).toHaveLength(1);
        // JPEG, by ISO/IEC 14496-1.
        expect(objectType).toBe(0x6c);
        expect(info.tracks[0]).toMatchObject({
          ...{ codec: 'mp4v', nb_samples: count, track_width: 16, track_height: 8 },
          video: { width: 16, height: 8 },
        });
        expect(info.duration / info.timescale).toBeCloseTo(count / fps, 6);
        expect(samples.map(({ dts, timescale }) => dts / timescale)).toEqual(
          samples.map((_, i) => expect.closeTo(i / fps, 6)),
        );
        expect(samples.every(({ is_sync, cts, dts }) => is_sync && cts === dts)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it('keeps no more than a chunk of pictures, and says its size before the index', () => {
    let written = 0;
    const writer = new MotionJpegWriter(
      {
        write: (bytes) => {
          written += bytes.length;
        },
      },
      SMALL,
    );
    const picture = jpeg(7, 100_000);
    for (let i = 1; i <= 50; i++) {
      writer.addPicture(picture);
      expect(i * picture.length - written).toBeLessThan(1024 ** 2);
      expect(writer.size).toBeGreaterThanOrEqual(i * picture.length);
    }
    const before = writer.size;
    writer.finish();
    expect(written - before).toBeGreaterThan(500);
    expect(written - before).toBeLessThan(2000);
  });

  it('refers to bytes beyond 4 GB', () => {
    const tail: Uint8Array[] = [];
    let position = 0;
    const writer = new MotionJpegWriter(
      {
        write(bytes) {
          position += bytes.length;
          if (bytes.length < 10_000) tail.push(bytes.slice());
        },
      },
      SMALL,
    );
    const picture = jpeg(3, 64 * 1024 ** 2);
    for (let i = 0; i < 65; i++) writer.addPicture(picture);
    writer.finish();
    const moov = tail.at(-1)!;
    const offsets = boxesIn(moov)
      .flatMap(function flat(box): FoundBox[] {
        return [box, ...box.inside.flatMap(flat)];
      })
      .find(({ type }) => type === 'co64')!.content;
    const last = new DataView(offsets.buffer, offsets.byteOffset, offsets.byteLength).getBigUint64(offsets.length - 8);
    expect(Number(last)).toBe(position - moov.length - picture.length);
    expect(Number(last)).toBeGreaterThan(2 ** 32);
  });

  it('refuses another size, foreign bytes, and a film without pictures, by name', () => {
    const writer = new MotionJpegWriter({ write: () => {} }, { width: 8, height: 8, fps: 10 });
    expect(() => writer.addPicture(jpeg(1))).toThrow('picture 0: 16 x 8 pixels, expected 8 x 8');
    for (const bytes of [new Uint8Array(0), Uint8Array.of(0x89, 0x50, 0x4e, 0x47), jpeg(1).subarray(0, 40)])
      expect(() => writer.addPicture(bytes)).toThrow('picture 0: expected a JPEG file with a frame header');
    expect(() => writer.finish()).toThrow('film without pictures');
    expect(() => film({ width: 0, height: 8, fps: 10 }, [])).toThrow(InputError);
    expect(() => film({ width: 16, height: 8, fps: Number.NaN }, [])).toThrow('film of NaN pictures per second');
  });
});
