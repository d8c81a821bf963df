import { setPriority } from 'node:os';

/** Niceness of the control loop: above normal processes (0) and below the system's own threads (-20). */
const PRIORITY_NICENESS = -15;

/**
 * Raises the scheduling priority of this thread and of the threads and processes that it starts later, so that other programs
 * do not delay the control loop. It needs root or CAP_SYS_NICE (LimitNICE= in a systemd unit).
 * @returns true when the operating system granted it
 */
export function raisePriority(): boolean {
  try {
    setPriority(PRIORITY_NICENESS);
    return true;
  } catch {
    return false;
  }
}
