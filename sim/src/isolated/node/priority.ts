import { setPriority } from 'node:os';

/** Niceness: before everything that asks for nothing, after what the system itself needs. */
const PRIORITY_NICENESS = -15;

/**
 * Asks the operating system to run this thread, and threads and processes that it starts from now on, before others: a control
 * loop that waits for a compiler in the next window is late. It takes root or CAP_SYS_NICE (LimitNICE= of a systemd unit).
 * @returns whether it was granted
 */
export function raisePriority(): boolean {
  try {
    setPriority(PRIORITY_NICENESS);
    return true;
  } catch {
    return false;
  }
}
