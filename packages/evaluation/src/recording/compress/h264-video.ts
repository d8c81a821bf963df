import { createRequire } from 'node:module';
import { type ImageFrame, PraxisError } from '@praxis/core';
import type { H264MP4Encoder } from 'h264-mp4-encoder';

/** A key frame comes so often (pictures), so that a player that starts in the middle soon has a picture. */
export const KEY_FRAME_PERIOD = 30;
/** Pictures that are encoded at a time, which bounds the memory of the encoder. */
const SEGMENT_PICTURES = 10 * KEY_FRAME_PERIOD;
/** Quantisation (10: best, 51: smallest file). */
const QUANTISATION = 22;
/** Speed of the search for motion (0: best, 10: fastest). */
const SPEED = 5;
/** The encoder wants a rate of pictures; an access unit has no time of its own. */
const NOMINAL_RATE_HZ = 30;

/** Number of encoders so far, which names their files. */
let videos = 0;

/** Types of NAL units (ITU-T H.264, table 7-1). */
const SLICE = 1;
const KEY_SLICE = 5;
const START_CODE = Uint8Array.of(0, 0, 0, 1);

/** Loads the module, and takes off the listeners by which it would end the process at any error that nothing catches. */
function loadModule(): typeof import('h264-mp4-encoder') {
  const [exceptions, rejections] = [process.listeners('uncaughtException'), process.listeners('unhandledRejection')];
  const module = createRequire(import.meta.url)('h264-mp4-encoder') as typeof import('h264-mp4-encoder');
  for (const each of process.listeners('uncaughtException'))
    if (!exceptions.includes(each)) process.off('uncaughtException', each);
  for (const each of process.listeners('unhandledRejection'))
    if (!rejections.includes(each)) process.off('unhandledRejection', each);
  return module;
}

/**
 * Encodes pictures as H.264, baseline profile without B-frames: each picture is one access unit in Annex B form (ITU-T H.264, annex B), and the
 * parameter sets stand before each key frame. The same pictures give the same bytes.
 */
export class H264Video {
  readonly #encoder: H264MP4Encoder;
  readonly #units: Uint8Array[] = [];
  #size: { readonly width: number; readonly height: number } | undefined;
  #waiting = 0;

  private constructor(encoder: H264MP4Encoder) {
    this.#encoder = encoder;
    // All encoders of a process write into one file system in memory.
    encoder.outputFilename = `${videos++}.mp4`;
  }

  /** Loads the encoder. */
  static async open(): Promise<H264Video> {
    return new H264Video(await loadModule().createH264MP4Encoder());
  }

  /** @throws {PraxisError} for a picture of odd or of another size than those before */
  addPicture({ width, height, data }: ImageFrame): void {
    if (width % 2 !== 0 || height % 2 !== 0)
      throw new PraxisError(`video: a picture of ${width} x ${height}, expected even numbers`);
    this.#size ??= { width, height };
    const size = this.#size;
    if (width !== size.width || height !== size.height)
      throw new PraxisError(`video: a picture of ${width} x ${height} after one of ${size.width} x ${size.height}`);
    if (this.#waiting === 0) this.#begin(size);
    this.#encoder.addFrameRgba(rgbaOf(data));
    if (++this.#waiting === SEGMENT_PICTURES) this.#end();
  }

  /** Ends the video. @returns one access unit for each picture */
  finish(): readonly Uint8Array[] {
    if (this.#waiting > 0) this.#end();
    this.#encoder.delete();
    return this.#units;
  }

  #begin({ width, height }: { readonly width: number; readonly height: number }): void {
    const settings = { width, height, quantizationParameter: QUANTISATION, speed: SPEED, frameRate: NOMINAL_RATE_HZ };
    Object.assign(this.#encoder, settings, { groupOfPictures: KEY_FRAME_PERIOD });
    this.#encoder.initialize();
  }

  #end(): void {
    this.#encoder.finalize();
    const file = this.#encoder.FS.readFile(this.#encoder.outputFilename);
    this.#encoder.FS.unlink(this.#encoder.outputFilename);
    const units = accessUnits(file);
    if (units.length !== this.#waiting)
      throw new PraxisError(`video: ${units.length} access units for ${this.#waiting} pictures`);
    this.#units.push(...units);
    this.#waiting = 0;
  }
}

function rgbaOf(rgb: Uint8Array): Uint8Array {
  const rgba = new Uint8Array((rgb.length / 3) * 4).fill(255);
  for (let from = 0, to = 0; from < rgb.length; from += 3, to += 4) {
    rgba[to] = rgb[from];
    rgba[to + 1] = rgb[from + 1];
    rgba[to + 2] = rgb[from + 2];
  }
  return rgba;
}

/** The access units of an MP4 file with one track of H.264, whose pictures have one slice each (ISO/IEC 14496-15, 5.3). */
function accessUnits(file: Uint8Array): readonly Uint8Array[] {
  const [sets, samples] = [parameterSets(file), content(file, ['mdat'])];
  const units: Uint8Array[] = [];
  let unit: Uint8Array[] = [];
  for (const nal of nalUnits(samples)) {
    const type = nal[0] & 0x1f;
    if (type === KEY_SLICE) unit.push(...sets.flatMap((set) => [START_CODE, set]));
    unit.push(START_CODE, nal);
    if (type !== SLICE && type !== KEY_SLICE) continue;
    units.push(Buffer.concat(unit));
    unit = [];
  }
  return units;
}

/** The sequence and the picture parameter set (ISO/IEC 14496-15, 5.3.3.1). */
function parameterSets(file: Uint8Array): readonly Uint8Array[] {
  const track = content(file, ['moov', 'trak', 'mdia', 'minf', 'stbl', 'stsd']);
  // The head of the list of descriptions; then the only one, with its own fields before its boxes.
  const description = content(track.subarray(8), ['avc1']);
  const configuration = content(description.subarray(78), ['avcC']);
  const sets: Uint8Array[] = [];
  const view = viewOf(configuration);
  let at = 5;
  for (const mask of [0x1f, 0xff]) {
    const count = view.getUint8(at++) & mask;
    for (let i = 0; i < count; i++) {
      const length = view.getUint16(at);
      sets.push(configuration.slice(at + 2, at + 2 + length));
      at += 2 + length;
    }
  }
  return sets;
}

function* nalUnits(samples: Uint8Array): Generator<Uint8Array> {
  const view = viewOf(samples);
  for (let at = 0; at < samples.length; ) {
    const length = view.getUint32(at);
    yield samples.subarray(at + 4, at + 4 + length);
    at += 4 + length;
  }
}

/** The content of the box at the end of a path of types. */
function content(boxes: Uint8Array, [type, ...below]: readonly string[]): Uint8Array {
  const view = viewOf(boxes);
  for (let at = 0; at + 8 <= boxes.length; ) {
    const size = view.getUint32(at);
    const long = size === 1;
    const end = at + (long ? Number(view.getBigUint64(at + 8)) : size);
    const found = String.fromCharCode(...boxes.subarray(at + 4, at + 8));
    if (found === type) {
      const inside = boxes.subarray(at + (long ? 16 : 8), end);
      return below.length > 0 ? content(inside, below) : inside;
    }
    if (end <= at) break;
    at = end;
  }
  throw new PraxisError(`video: the encoder gave no ${type}`);
}

const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array): DataView =>
  new DataView(buffer, byteOffset, byteLength);
