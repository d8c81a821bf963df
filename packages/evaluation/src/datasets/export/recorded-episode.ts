import { basename } from 'node:path';
import { InputError } from '@praxis/core';
import type { DatasetFeatures, FeatureValue } from '@praxis/wire/lerobot';
import type { McapFile } from '@praxis/wire/mcap';
import { withMcapFile } from '../../recording/file-source.ts';
import { FACTS, RESULT } from '../../recording/start-facts.ts';
import { END_FEATURES, endColumns, type SourceEpisode, vectorFeature } from './episode-source.ts';
import { frameLayout } from './frame-layout.ts';
import { FrameSampler, type SampledFrames } from './frame-sampler.ts';
import type { PictureFormat } from './pictures.ts';
import { recordedEvents, recordedRobot, recordedStreams } from './recorded-streams.ts';

/** Options of {@link recordedEpisode}. */
export interface RecordedEpisodeOptions {
  /** Frames per second. Default: the rate of the slowest camera, or 10. */
  readonly fps?: number;
  /** Streams to leave out. Default: none. */
  readonly leaveOut?: readonly string[];
  /** How pictures are stored. */
  readonly pictures: PictureFormat;
}

/** Frames per second of a robot without cameras. */
const DEFAULT_FPS = 10;

/**
 * Reads one recording as an episode of a dataset.
 * @throws {McapError} with the offset for an empty, foreign or damaged file
 * @throws {InputError} for a recording of another program, one without frames, and an unknown stream to leave out
 */
export const recordedEpisode = (path: string, options: RecordedEpisodeOptions): Promise<SourceEpisode> =>
  withMcapFile(path, (file) => readEpisode(file, options));

async function readEpisode(
  file: McapFile,
  { fps, leaveOut = [], pictures }: RecordedEpisodeOptions,
): Promise<SourceEpisode> {
  const robot = recordedRobot(file);
  const unknown = leaveOut.find((name) => robot.streams.every((spec) => spec.name !== name));
  if (unknown !== undefined)
    throw new InputError(
      `${file.name}: no stream ${unknown}, expected one of ${robot.streams.map(({ name }) => name).join(', ')}`,
    );
  const streams = recordedStreams(file, robot).filter(({ name }) => !leaveOut.includes(name));
  const layout = frameLayout(file.name, robot, streams, pictures);
  const rates = [...layout.cameras.values()].map(({ rateHz }) => rateHz).filter((rate) => rate > 0);
  const rate = fps ?? (rates.length > 0 ? Math.max(1, Math.round(Math.min(...rates))) : DEFAULT_FPS);
  const sampler = new FrameSampler(layout, rate);
  for await (const event of recordedEvents(file, streams)) sampler.add(event);
  const missing = sampler.missing();
  if (missing !== undefined)
    throw new InputError(
      `${file.name}: no sample of ${missing}, so that there is no frame; --leave-out leaves a stream out`,
    );
  const frames = sampler.finish();
  const length = frames.instructions.length;
  if (length < 2) throw new InputError(`${file.name}: ${length} frames, expected at least two`);
  return episodeOf(file, { robot: robot.name, rate, features: layout.features, frames });
}

interface Sampled {
  readonly robot: string;
  readonly rate: number;
  readonly features: DatasetFeatures;
  readonly frames: SampledFrames;
}

function episodeOf(file: McapFile, { robot, rate, features, frames }: Sampled): SourceEpisode {
  const [facts, result] = [file.facts(FACTS) ?? {}, file.facts(RESULT) ?? {}];
  const { length } = frames.instructions;
  const success = result.outcome === 'success';
  const gates = gateColumn(frames);
  const words = (text: string) => text || result.instruction || facts.task || 'no instruction';
  return {
    robot,
    features: { ...features, ...(gates ? { gates: vectorFeature(gates.names) } : {}), ...END_FEATURES },
    episode: {
      tasks: frames.instructions.map(words),
      columns: new Map([
        ...frames.columns,
        ...(gates ? [['gates', gates.values] as const] : []),
        ...endColumns(length, success),
      ]),
      statistics: Object.fromEntries([...frames.images].map(([name, images]) => [name, images.finish()])),
      facts: {
        source: basename(file.name),
        ...{ task_name: facts.task ?? '', outcome: result.outcome ?? 'unknown', success },
        ...{ policy: facts.policy ?? '', seed: facts.seed ?? '', start_s: frames.start, flag: '' },
      },
    },
    audit: {
      ...{ source: file.name, frames: length, fps: rate, startS: frames.start },
      skippedS: frames.start - frames.firstPeriod,
      droppedByRecorder: frames.dropped,
      ...(file.cut ? { cutAtByte: file.cut.offset } : {}),
      streams: frames.audit,
    },
  };
}

/** The weights of the modalities in each frame; 0 before the first chunk. Undefined for a policy without gates. */
function gateColumn({
  gates,
}: SampledFrames): { readonly names: readonly string[]; readonly values: readonly FeatureValue[] } | undefined {
  const names = [...new Set(gates.flatMap((each) => Object.keys(each)))].sort();
  return names.length === 0 ? undefined : { names, values: gates.map((each) => names.map((name) => each[name] ?? 0)) };
}
