import { type MessagePort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { errorMessage, InputError, PraxisError } from '@praxis/core';
import { TIMESTEP } from '../../mjcf/scene.ts';
import type { FromPlant, PlantSetup, ToPlant } from '../messages.ts';
import { Plant } from '../plant.ts';

/** Sleeps at most so long (ms): what is not due wakes nobody. */
const NAP = 1;
/**
 * Behind by more than this (s) time is let go rather than made up for: periods made up in a burst leave whoever commands no time
 * to answer them, and look like silence.
 */
const LONGEST_DEBT = 0.01;

/** The thread's end of a plant: the wall clock drives it, and nothing that happens in another thread stops it. */
async function main({ setup, port }: { setup: PlantSetup; port: MessagePort }): Promise<void> {
  const post = (message: FromPlant): void => port.postMessage(message);
  // Of the process, so that all of its threads read the same.
  const wall = (): number => Number(process.hrtime.bigint()) / 1e9;
  let plant: Plant | undefined;
  try {
    plant = await Plant.create(setup, wall, post);
    post({ kind: 'ready', instruction: plant.instruction });
    drive(plant, wall, port);
  } catch (error) {
    const message = errorMessage(error);
    post({ kind: 'failed', message, expected: error instanceof PraxisError });
  } finally {
    plant?.close();
    port.close();
  }
}

/** Until the other end closes. Never gives way to the event loop: messages are fetched, sleep is a futex. */
function drive(plant: Plant, wall: () => number, port: MessagePort): void {
  const bed = new Int32Array(new SharedArrayBuffer(4));
  let begin: number | undefined;
  for (;;) {
    for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port)) {
      const message = next.message as ToPlant;
      if (message.kind === 'run') begin ??= wall() - plant.time;
      if (!plant.take(message)) return;
    }
    if (begin !== undefined) {
      const behind = wall() - begin - plant.time;
      if (behind > LONGEST_DEBT) begin += behind - TIMESTEP;
      if (behind >= TIMESTEP) plant.tick();
      if (behind >= 2 * TIMESTEP) continue;
    }
    Atomics.wait(bed, 0, 0, NAP);
  }
}

if (!workerData) throw new InputError('plant: runs in a worker thread');
await main(workerData);
