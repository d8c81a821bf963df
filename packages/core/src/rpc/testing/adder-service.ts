import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { parentTransport, portTransport, serve } from '../index.ts';
import { type Adder, openAdder } from './adder.ts';

const settings = (isMainThread ? JSON.parse(process.argv[2]) : workerData) as { start: number };
serve<Adder>(isMainThread ? parentTransport(process) : portTransport(parentPort!), (emit) =>
  openAdder(settings.start, emit),
);
