import type { Reaction } from '../../config/filter-config.ts';
import type { SafetyData } from '../states/state-machine.ts';
import type { Monitor } from './monitor.ts';

/** Detects that the supervisor's owner cannot send the targets: the robot then keeps its last target. */
export class OutputMonitor implements Monitor {
  readonly cause = 'output_blocked';
  readonly reaction: Reaction = 'hold';
  /** Reason in one line; undefined while the targets leave. */
  fault: string | undefined;

  check(): boolean {
    return this.fault !== undefined;
  }

  data(): SafetyData {
    return {};
  }

  message(): string {
    return this.fault ?? 'the targets leave';
  }
}
