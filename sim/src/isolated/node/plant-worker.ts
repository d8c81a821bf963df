import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { InputError, serve, type Transport } from '@praxis/core';
import { TIMESTEP_S } from '../../mjcf/scene.ts';
import type { PlantService, PlantSetup } from '../messages.ts';
import { Plant } from '../plant.ts';

/** Sleeps at most so long (ms): what is not due wakes nobody. */
const MAX_SLEEP_MS = 1;
/**
 * Behind by more than this (s) time is let go rather than made up for: periods made up in a burst leave whoever commands no time
 * to answer them, and look like silence.
 */
const MAX_LAG_S = 0.01;

/** Of the process, so that all of its threads read the same (s). */
const wall = (): number => Number(process.hrtime.bigint()) / 1e9;

/** A transport whose messages are fetched: the thread never gives way to the event loop that would deliver them. */
function polledTransport(port: MessagePort): { readonly transport: Transport; poll(): void } {
  let take = (_: unknown): void => undefined;
  const transport: Transport = {
    send: (message) => port.postMessage(message),
    onMessage(listener) {
      take = listener;
    },
    // The thread ends with the one that started it.
    onExit: () => undefined,
    close: () => port.close(),
  };
  const poll = (): void => {
    for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port)) take(next.message);
  };
  return { transport, poll };
}

/** The thread's end of a plant: the wall clock drives it, and nothing that happens in another thread stops it. */
async function main(setup: PlantSetup, port: MessagePort): Promise<void> {
  const { transport, poll } = polledTransport(port);
  let plant: Plant | undefined;
  let begin: number | undefined;
  let ended = false;
  await serve<PlantService>(transport, async (emit) => {
    const made = await Plant.create(setup, wall, emit);
    plant = made;
    return {
      info: { instruction: made.instruction },
      methods: {
        run() {
          begin ??= wall() - made.time;
        },
        say: (text) => made.setInstruction(text),
        mark: () => made.startMeasurement(),
        report: () => made.report(),
      },
      close() {
        ended = true;
      },
    };
  }).ready;
  if (!plant) return;
  const bed = new Int32Array(new SharedArrayBuffer(4));
  // Sleep is a futex.
  while (!ended) {
    poll();
    if (begin !== undefined) {
      const behind = wall() - begin - plant.time;
      if (behind > MAX_LAG_S) begin += behind - TIMESTEP_S;
      if (behind >= TIMESTEP_S) plant.tick();
      if (behind >= 2 * TIMESTEP_S) continue;
    }
    Atomics.wait(bed, 0, 0, MAX_SLEEP_MS);
  }
  plant.close();
}

if (!parentPort) throw new InputError('plant: runs in a worker thread');
await main(workerData, parentPort);
