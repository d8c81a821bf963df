import { InputError } from '@praxis/core';
import type { DatasetReader, EpisodeRow, VideoPart } from '@praxis/wire/lerobot';
import { filmDuration } from '@praxis/wire/mp4';
import type { Finding } from './finding.ts';

/** What a video file is: its length (s), or why it cannot be read. */
type VideoState = number | 'missing' | 'empty' | 'no MP4 file with an index, or cut off';

/** Checks that videos are there and as long as their episodes need them. It decodes nothing, and reads each file once. */
export class VideoCheck {
  readonly #dataset: DatasetReader;
  readonly #states = new Map<string, VideoState>();

  constructor(dataset: DatasetReader) {
    this.#dataset = dataset;
  }

  async check(episode: EpisodeRow): Promise<readonly Finding[]> {
    const findings: Finding[] = [];
    for (const [camera, part] of Object.entries(episode.videos)) {
      const fault = this.#fault(await this.#state(episode, camera, part), part);
      if (fault === undefined) continue;
      findings.push({ kind: 'dead camera', episode: episode.index, message: `the video of ${camera} ${fault}` });
    }
    return findings;
  }

  #fault(state: VideoState, { to }: VideoPart): string | undefined {
    if (typeof state !== 'number') return `is ${state}`;
    // Lengths are whole units of time, of a millisecond in many files.
    const tolerance = 0.5 / this.#dataset.info.fps;
    if (!(to > state + tolerance)) return undefined;
    return `ends at ${state.toFixed(2)} s, but the episode needs it to ${to.toFixed(2)} s`;
  }

  async #state(episode: EpisodeRow, camera: string, { chunk, file }: VideoPart): Promise<VideoState> {
    const key = `${camera}/${chunk}/${file}`;
    const state = this.#states.get(key) ?? (await this.#read(episode, camera));
    this.#states.set(key, state);
    return state;
  }

  async #read(episode: EpisodeRow, camera: string): Promise<VideoState> {
    const source = await this.#dataset.openVideo(episode, camera);
    if (!source) return 'missing';
    if (source.size === 0) return 'empty';
    try {
      return await filmDuration(source);
    } catch (error) {
      if (error instanceof InputError) return 'no MP4 file with an index, or cut off';
      throw error;
    }
  }
}
