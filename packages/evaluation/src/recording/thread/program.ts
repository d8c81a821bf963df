import { parentPort, workerData } from 'node:worker_threads';
import { type Emit, errorMessage, portTransport, type ServiceImplementation, serve } from '@praxis/core';
import { ChunkBuilder, ChunkRing, loadZstd, type McapChunk } from '@praxis/wire/mcap';
import { BatchReader } from '../../threads/message-batch.ts';
import { yieldToLoop } from '../../threads/priority.ts';
import { RecordingFile } from './recording-file.ts';
import type { RecordingService, RecordingSetup } from './service.ts';

/** A chunk is closed at least so often, so that a kill loses little (ms, wall clock). */
const FLUSH_PERIOD_MS = 400;
/** With more bytes than this waiting, chunks are stored uncompressed: better large than incomplete. */
const UNCOMPRESSED_BACKLOG_BYTES = 48 * 1024 * 1024;

function openRecording(
  { head, target }: RecordingSetup,
  emit: Emit<RecordingService>,
): ServiceImplementation<RecordingService> {
  const builder = new ChunkBuilder();
  const reader = new BatchReader();
  const ring = target.kind === 'ring' ? new ChunkRing(target) : undefined;
  let file = target.kind === 'file' ? new RecordingFile(target, head) : undefined;
  let flushed = performance.now();

  const handle = (chunk: McapChunk | undefined): void => {
    if (!chunk) return;
    flushed = performance.now();
    ring?.addChunk(chunk);
    try {
      file?.addChunk(chunk);
    } catch (error) {
      fail(error);
    }
  };
  /** The recording has ended, and everything that follows is dropped. */
  const fail = (error: unknown): void => {
    file?.close();
    file = undefined;
    emit('failed', errorMessage(error));
  };
  const timer = setInterval(() => {
    if (performance.now() - flushed >= FLUSH_PERIOD_MS) handle(builder.finish());
  }, FLUSH_PERIOD_MS / 2);

  return {
    methods: {
      write({ batch, backlogBytes }) {
        builder.compression = backlogBytes > UNCOMPRESSED_BACKLOG_BYTES ? '' : 'zstd';
        if (file || ring) for (const message of reader.messagesOf(batch)) handle(builder.add(message));
        emit('taken', batch.bytes);
      },
      save({ metadata, ...order }) {
        handle(builder.finish());
        const saved = new RecordingFile(order, head);
        try {
          for (const chunk of ring?.chunks ?? []) saved.addChunk(chunk);
          return saved.end(metadata);
        } catch (error) {
          saved.close();
          throw error;
        }
      },
      finish(metadata) {
        handle(builder.finish());
        try {
          const written = file?.end(metadata);
          file = undefined;
          return written;
        } catch (error) {
          fail(error);
          return undefined;
        }
      },
    },
    close() {
      clearInterval(timer);
      handle(builder.finish());
      file?.close();
    },
  };
}

serve<RecordingService>(portTransport(parentPort!), async (emit) => {
  yieldToLoop();
  await loadZstd();
  return openRecording(workerData as RecordingSetup, emit);
});
