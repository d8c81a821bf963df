import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { InputError, serve, type Transport } from '@praxis/core';
import { TIMESTEP_S } from '../../mjcf/scene.ts';
import type { ModalityDefinition } from '../../modalities/modality.ts';
import type { Task } from '../../tasks/task.ts';
import type { PlantService, PlantSetup } from '../messages.ts';
import { Plant, type PlantCode } from '../plant.ts';

/** Tasks and modalities that a module lists in its default export. */
interface CodeLists {
  readonly tasks: readonly Task[];
  readonly modalities: readonly ModalityDefinition[];
}

/** Longest sleep between two polls (ms): half a control period. */
const MAX_SLEEP_MS = 1;
/**
 * Largest lag behind the wall clock that the plant catches up (s). A larger lag is dropped: a burst of periods would leave
 * the control loop no time to command, and the supervisor would report missing commands.
 */
const MAX_LAG_S = 0.01;

/** Monotonic clock of the process (s), which is the same in all of its threads. */
const wall = (): number => Number(process.hrtime.bigint()) / 1e9;

/** Makes a transport that `poll` reads, because this thread never returns to the event loop that would deliver messages. */
function polledTransport(port: MessagePort): { readonly transport: Transport; poll(): void } {
  let handleMessage = (_: unknown): void => undefined;
  const transport: Transport = {
    send: (message) => port.postMessage(message),
    onMessage(listener) {
      handleMessage = listener;
    },
    // This thread ends with its parent, so no exit is reported.
    onExit: () => undefined,
    close: () => port.close(),
  };
  const poll = (): void => {
    for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port)) handleMessage(next.message);
  };
  return { transport, poll };
}

/** Imports the modules of a setup and finds its task. @throws {InputError} for an unknown task */
async function loadCode({ task: name, modules }: PlantSetup): Promise<PlantCode> {
  const lists = await Promise.all(
    modules.map(async (url): Promise<Partial<CodeLists>> => ((await import(url)) as { default: object }).default),
  );
  const tasks = lists.flatMap(({ tasks: listed = [] }) => listed);
  const task = tasks.find((each) => each.name === name);
  if (!task)
    throw new InputError(`unknown task "${name}": expected one of ${tasks.map((each) => each.name).join(', ')}`);
  return { task, modalities: lists.flatMap(({ modalities = [] }) => modalities) };
}

/** Runs the plant at the pace of the wall clock. No other thread can delay it. */
async function main(setup: PlantSetup, port: MessagePort): Promise<void> {
  const { transport, poll } = polledTransport(port);
  let plant: Plant | undefined;
  let startWallTime: number | undefined;
  let ended = false;
  await serve<PlantService>(transport, async (emit) => {
    const created = await Plant.create(setup, await loadCode(setup), wall, emit);
    plant = created;
    return {
      info: { instruction: created.instruction, streams: created.streams },
      methods: {
        start() {
          startWallTime ??= wall() - created.time;
        },
        setInstruction: (text) => created.setInstruction(text),
        needStreams: (streams) => created.needStreams(streams),
        startMeasurement: () => created.startMeasurement(),
        report: () => created.report(),
      },
      close() {
        ended = true;
      },
    };
  }).ready;
  if (!plant) return;
  // Waiting on a futex sleeps more precisely than a timer, and needs no event loop.
  const futex = new Int32Array(new SharedArrayBuffer(4));
  while (!ended) {
    poll();
    if (startWallTime !== undefined) {
      const lag = wall() - startWallTime - plant.time;
      if (lag > MAX_LAG_S) startWallTime += lag - TIMESTEP_S;
      if (lag >= TIMESTEP_S) plant.tick();
      if (lag >= 2 * TIMESTEP_S) continue;
    }
    Atomics.wait(futex, 0, 0, MAX_SLEEP_MS);
  }
  plant.close();
}

if (!parentPort) throw new InputError('plant: it runs in the main thread, expected a worker thread');
await main(workerData, parentPort);
