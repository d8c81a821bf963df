import { ServiceClient, webWorkerTransport } from '@praxis/core';
import type { ReadingProgress, RecordingService, RecordingSummary } from '../protocol/recording.ts';

/** A recording whose heads are read, and the worker that reads the rest. */
export interface OpenedRecording {
  readonly client: ServiceClient<RecordingService>;
  readonly summary: RecordingSummary;
  /** Calls `onProgress` with every report about the reading of the whole, those of the past at once. */
  listen(onProgress: (progress: ReadingProgress) => void): void;
}

/** Opens a recording in a worker of its own. Rejects with one line for a file that cannot be shown. */
export async function openRecording(file: File): Promise<OpenedRecording> {
  const worker = new Worker(new URL('../workers/player/recording.worker.ts', import.meta.url), {
    type: 'module',
    name: 'praxis recording',
  });
  const past: ReadingProgress[] = [];
  let report = (progress: ReadingProgress): void => void past.push(progress);
  const client = new ServiceClient<RecordingService>(webWorkerTransport(worker), {
    events: { progress: (progress) => report(progress) },
    exitError: ({ error }) => new Error(`recording worker: ${error?.message ?? 'terminated'}`, { cause: error }),
  });
  try {
    const summary = await client.call('open', file);
    return {
      client,
      summary,
      listen(onProgress) {
        report = onProgress;
        past.forEach(onProgress);
      },
    };
  } catch (error) {
    void client.close();
    throw error;
  }
}
