import { availableParallelism, platform, setPriority } from 'node:os';
import { setFlagsFromString } from 'node:v8';

/** On Linux, where a thread has a nice value of its own: the loop's thread comes first when both want a processor. */
const NICE = 10;
/** With no more processors than this, V8 collects young garbage without helpers while a thread works beside a loop. */
const FEW_PROCESSORS = 2;

/** Lets the loop's thread go before this thread. */
export function yieldToLoop(): void {
  if (platform() === 'linux') setPriority(0, NICE);
}

/** Prepares the loop's thread for a thread beside it. */
export function prepareLoopThread(): void {
  // The loop's thread waits for helpers that collect its garbage, and they for a processor that the other thread has.
  if (availableParallelism() <= FEW_PROCESSORS) setFlagsFromString('--no-parallel-scavenge');
}
