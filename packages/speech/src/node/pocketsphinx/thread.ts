import type { Recognition } from '../../recognition/recogniser.ts';
import { Answering } from '../answering/answering.ts';
import { threadLine } from '../answering/thread-line.ts';
import type { Heard, WorkerData } from './messages.ts';

/**
 * PocketSphinx in a thread of its own.
 * @throws {InputError} when the library or its model does not start
 */
export const startThread = (data: WorkerData): Promise<Answering<Heard, Recognition>> =>
  Answering.start(threadLine(new URL('./worker.mjs', import.meta.url), data), 'PocketSphinx');
