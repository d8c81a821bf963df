import { setTimeout as sleep } from 'node:timers/promises';
import type { RosClient } from './client.ts';
import type { NodeProcess } from './node-process.ts';

/** Causes of a stop that a busy machine brings about: a part of the loop was late. */
const LATENESS =
  /-> (?:hold|protective_stop): .*\((?:stream_lost|command_silence|empty_queue|loop_silent|policy_silent|clock_jump)\)/g;
/** A test whose arm was stopped for lateness starts again, at most so often in all. */
const MAX_ATTEMPTS = 5;

/** The supervised arm of a test: its supervisor and the client that asks for services. */
export interface SupervisedArm {
  readonly client: RosClient;
  readonly supervisor: NodeProcess;
}

/** The stops for lateness in the supervisor's log after the first `from` characters. */
export const latenessStops = (supervisor: NodeProcess, from: number): readonly string[] =>
  supervisor.output.slice(from).match(LATENESS) ?? [];

/** Starts the arm unless it runs. @returns the number of stops that were reset first */
export async function startArm({ client, supervisor }: SupervisedArm): Promise<number> {
  for (let stops = 0; stops < 10; ) {
    const { success, message } = await client.trigger('/supervisor_node/start');
    if (success || message.includes('is running')) return stops;
    if ((await client.trigger('/supervisor_node/reset')).success) stops++;
    else await sleep(500);
  }
  throw new Error(`the arm does not run:\n${supervisor.output.slice(-2000)}`);
}

/** Longest time (ms) in which an arm that was stopped comes to rest and closes its brakes. */
const REST_TIMEOUT_MS = 5000;

/** Time (ms) in which the arm of a new scene comes to rest. */
const SCENE_SETTLING_MS = 1000;
/** Longer than a tare (ms), which takes the mean of 0.1 s of samples of an arm at rest. */
const TARE_MS = 400;

/**
 * Calls a service that refuses while the arm still moves, until it accepts.
 * @returns the message of the success
 */
export async function whenAtRest(client: RosClient, service: string): Promise<string> {
  for (const end = Date.now() + REST_TIMEOUT_MS; ; await sleep(50)) {
    const { success, message } = await client.trigger(service);
    if (success) return message;
    if (Date.now() > end) throw new Error(`${service}: ${message}`);
  }
}

/**
 * Changes the scene: stops the arm, resets it, zeroes its sensor and starts it again.
 * @param tared nodes that zero the sensor. Default: the supervisor and the policy
 * @returns the new instruction
 */
export async function nextScene(
  arm: SupervisedArm,
  tared: readonly string[] = ['supervisor_node', 'policy_node'],
): Promise<string> {
  const { client } = arm;
  await client.trigger('/supervisor_node/stop');
  const scene = await whenAtRest(client, '/sim_node/next');
  await sleep(SCENE_SETTLING_MS);
  for (const node of tared) await whenAtRest(client, `/${node}/tare`);
  await sleep(TARE_MS);
  await startArm(arm);
  return /"(.*)"/.exec(scene)![1];
}

/**
 * Checks what the nodes do, with the arm running at the start. The supervisor stops the arm when a part of the loop is late, and
 * a busy machine makes it late. When a check fails after such a stop, one line says so, and the check starts again. A check that
 * fails without one fails at once, and lateness that the nodes cause themselves fails every attempt.
 */
export async function despiteLateness<T>(arm: SupervisedArm, check: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const from = arm.supervisor.output.length;
    try {
      await startArm(arm);
      return await check();
    } catch (error) {
      const stops = latenessStops(arm.supervisor, from);
      if (stops.length === 0 || attempt === MAX_ATTEMPTS) throw error;
      console.warn(`attempt ${attempt}: the machine was late and the supervisor stopped the arm (${stops.join('; ')})`);
    }
  }
}
