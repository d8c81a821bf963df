import { createFile, MP4BoxBuffer } from 'mp4box';
import { describe, expect, it } from 'vitest';
import { encodeJpeg } from '../jpeg/encode-jpeg.ts';
import { MemoryDataset } from '../testing/memory-dataset.ts';
import { DatasetReader } from './dataset-reader.ts';
import { DatasetWriter, type NewEpisode } from './dataset-writer.ts';
import type { DatasetFeatures } from './format/features.ts';
import { motionJpegFeature, videoCodec } from './video-files.ts';

const FRONT = 'observation.images.front';
const camera = { dtype: 'image', shape: [8, 16, 3], names: ['height', 'width', 'channels'] };
const features: DatasetFeatures = {
  action: { dtype: 'float32', shape: [1], names: ['x'] },
  [FRONT]: motionJpegFeature(camera, 10),
};

const jpeg = (level: number, width = 16): Uint8Array =>
  encodeJpeg({ width, height: 8, data: new Uint8Array(3 * width * 8).fill(level) });

const episode = (pictures: readonly Uint8Array[]): NewEpisode => ({
  tasks: pictures.map(() => 'pick'),
  columns: new Map<string, readonly (number | Uint8Array)[]>([
    ['action', pictures.map((_, i) => i)],
    [FRONT, pictures],
  ]),
  statistics: {},
  facts: {},
});

const levels = (from: number, count: number) => Array.from({ length: count }, (_, i) => jpeg(from + i));

/** The pictures of a video file, found by an independent reader. */
function picturesOf(bytes: Uint8Array): readonly Uint8Array[] {
  const file = createFile(true);
  file.appendBuffer(MP4BoxBuffer.fromArrayBuffer(bytes.slice().buffer, 0));
  file.flush();
  return file.getTrackSamplesInfo(1).map(({ offset, size }) => bytes.slice(offset, offset + size));
}

const path = (file: number) => `videos/${FRONT}/chunk-000/file-00${file}.mp4`;

describe('videos of a LeRobotDataset', () => {
  it('hold the pictures of several episodes one after the other, which the table of episodes finds by time', async () => {
    const memory = new MemoryDataset();
    const writer = DatasetWriter.create(memory, { fps: 10, features, robotType: 'arm' });
    writer.addEpisode(episode(levels(0, 3)));
    writer.addEpisode(episode(levels(100, 4)));
    writer.finish();
    const reader = await DatasetReader.open(memory);
    expect(reader.episodes.map(({ videos }) => videos[FRONT])).toEqual([
      { chunk: 0, file: 0, from: 0, to: 0.3 },
      { chunk: 0, file: 0, from: 0.3, to: 0.7 },
    ]);
    expect(picturesOf(memory.files.get(path(0))!)).toEqual([...levels(0, 3), ...levels(100, 4)]);
    expect(reader.info.video_path).toBe('videos/{video_key}/chunk-{chunk_index:03d}/file-{file_index:03d}.mp4');
    expect(videoCodec(reader.info.features[FRONT])).toBe('mjpeg');
    expect(reader.columns).not.toContain(FRONT);
  });

  it('of episodes that are added later are files of their own, and those that were there keep their bytes', async () => {
    const memory = new MemoryDataset();
    const first = DatasetWriter.create(memory, { fps: 10, features, robotType: 'arm' });
    first.addEpisode(episode(levels(0, 3)));
    first.finish();
    const before = memory.files.get(path(0));
    const second = DatasetWriter.append(memory, await DatasetReader.open(memory));
    second.addEpisode(episode(levels(50, 2)));
    second.finish();
    const { episodes } = await DatasetReader.open(memory);
    expect(episodes[1].videos[FRONT]).toEqual({ chunk: 0, file: 1, from: 0, to: 0.2 });
    expect(memory.files.get(path(0))).toBe(before);
    expect(picturesOf(memory.files.get(path(1))!)).toEqual(levels(50, 2));
  });

  it('refuses pictures of another size, what is no JPEG, and an episode without pictures, by the name of the camera', () => {
    const writer = () => DatasetWriter.create(new MemoryDataset(), { fps: 10, features, robotType: null });
    expect(() => writer().addEpisode(episode([jpeg(1), jpeg(1, 24)]))).toThrow(
      `feature ${FRONT}: frame 1: picture 1: 24 x 8 pixels, expected 16 x 8`,
    );
    expect(() => writer().addEpisode(episode([Uint8Array.of(1, 2)]))).toThrow('expected a JPEG file');
    const { columns, ...rest } = episode([jpeg(1)]);
    const blind = new Map([...columns].filter(([name]) => name !== FRONT));
    expect(() => writer().addEpisode({ ...rest, columns: blind })).toThrow(`feature ${FRONT}: 0 values, expected 1`);
  });
});
