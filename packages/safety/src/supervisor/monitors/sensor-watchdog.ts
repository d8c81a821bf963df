import type { SignalSpec } from '@praxis/core';
import { ruleOf } from '../../config/defaults.ts';
import type { WatchdogConfig } from '../../config/safety-config.ts';
import type { Monitor } from './monitor.ts';
import { streamFaultMonitors } from './stream-fault-monitors.ts';
import { StreamMonitor } from './stream-monitor.ts';

/** Monitors every stream of a robot. */
export class SensorWatchdog {
  readonly monitors: readonly Monitor[];
  readonly #byName: ReadonlyMap<string, StreamMonitor>;
  readonly #list: readonly StreamMonitor[];
  #begun = false;

  constructor(streams: readonly SignalSpec[], config: WatchdogConfig) {
    this.#list = streams.map((spec) => {
      return new StreamMonitor(spec, ruleOf(config.streams, spec.name, spec.modality), config.clock.ahead);
    });
    this.#byName = new Map(this.#list.map((monitor) => [monitor.spec.name, monitor]));
    this.monitors = this.#list.flatMap(streamFaultMonitors);
  }

  get(stream: string): StreamMonitor | undefined {
    return this.#byName.get(stream);
  }

  /** Starts the deadlines of all streams at the first call. */
  begin(now: number): void {
    if (this.#begun) return;
    this.#begun = true;
    for (const monitor of this.#list) monitor.begin(now);
  }

  /** Restarts all deadlines after a jump of the clock. */
  restartTiming(now: number): void {
    for (const monitor of this.#list) monitor.restartTiming(now);
  }
}
