import { parentPort } from 'node:worker_threads';
import { portTransport, serve, Transferring } from '@praxis/core';
import { encodeJpeg } from '@praxis/wire/bridge';
import { BatchReader } from '../../threads/message-batch.ts';
import { yieldToLoop } from '../../threads/priority.ts';
import type { JpegService } from './service.ts';

serve<JpegService>(portTransport(parentPort!), () => {
  yieldToLoop();
  const reader = new BatchReader();
  return {
    methods: {
      encode: ({ width, height, batch }) => {
        const [{ data }] = reader.messagesOf(batch);
        const jpeg = encodeJpeg({ width, height, data });
        return new Transferring(jpeg, [jpeg.buffer]);
      },
    },
  };
});
