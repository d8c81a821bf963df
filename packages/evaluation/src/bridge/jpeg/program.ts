import { parentPort } from 'node:worker_threads';
import { portTransport, serve } from '@praxis/core';
import { encodeJpeg } from '@praxis/wire/bridge';
import type { JpegService } from './service.ts';

serve<JpegService>(portTransport(parentPort!), async () => ({ methods: { encode: (image) => encodeJpeg(image) } }));
