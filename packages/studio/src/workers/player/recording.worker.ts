import { type Emit, InputError, type PortLike, portTransport, serve } from '@praxis/core';
import { oneLine } from '../../protocol/protocol.ts';
import type { ReadingProgress, RecordingMark, RecordingService } from '../../protocol/recording.ts';
import { BlobSource } from './blob-source.ts';
import { RecordingReader } from './recording-reader.ts';

/** Wall time (ms) between two reports. */
const REPORT_PERIOD_MS = 250;

/** Lets the worker answer calls. */
const yieldToCalls = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** Reads the whole recording, and reports how far it is. Calls are answered between two chunks. */
async function readAll(reader: RecordingReader, emit: Emit<RecordingService>): Promise<void> {
  let marks: RecordingMark[] = [];
  let reported = Number.NEGATIVE_INFINITY;
  let last: ReadingProgress = { fraction: 0, marks: [], unlistedMarks: 0, damage: undefined };
  try {
    for await (last of reader.readAll()) {
      marks.push(...last.marks);
      if (last.fraction < 1 && performance.now() - reported < REPORT_PERIOD_MS) continue;
      reported = performance.now();
      emit('progress', { ...last, marks });
      marks = [];
      await yieldToCalls();
    }
  } catch (error) {
    // The file was changed or removed since it was opened.
    emit('progress', {
      ...last,
      fraction: 1,
      marks,
      damage: `${reader.summary.name}: cannot be read: ${oneLine(error)}`,
    });
  }
}

serve<RecordingService>(portTransport(self as unknown as PortLike), (emit) => {
  let reader: RecordingReader | undefined;
  const opened = (): RecordingReader => {
    if (reader) return reader;
    throw new InputError('recording worker: call open before others');
  };
  return {
    methods: {
      async open(file) {
        reader = await RecordingReader.open(new BlobSource(file.name, file));
        void readAll(reader, emit);
        return reader.summary;
      },
      pictures: (time) => opened().picturesAt(time),
      signals: ({ from, to }) => opened().signals(from, to),
      overview: () => opened().overview(),
    },
  };
});
