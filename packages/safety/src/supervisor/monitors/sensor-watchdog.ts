import { jointStateFault, type SignalSpec, sampleFault } from '@praxis/core';
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
  readonly #joints: string;
  #begun = false;

  /** @param joints name of the stream of joint states */
  constructor(streams: readonly SignalSpec[], joints: string, config: WatchdogConfig) {
    this.#joints = joints;
    this.#list = streams.map((spec) => {
      const rule = ruleOf(config.streams, spec.name, spec.modality);
      return new StreamMonitor(spec, rule, config.clock.ahead, spec.name === joints ? jointStateFault : sampleFault);
    });
    this.#byName = new Map(this.#list.map((monitor) => [monitor.spec.name, monitor]));
    this.monitors = this.#list.flatMap(streamFaultMonitors);
  }

  get(stream: string): StreamMonitor | undefined {
    return this.#byName.get(stream);
  }

  /** See `Supervisor.needStreams`. */
  need(streams: Iterable<string> | 'all'): void {
    const names = streams === 'all' ? undefined : new Set(streams);
    for (const monitor of this.#list) {
      const { name, modality, rateHz } = monitor.spec;
      const own = name === this.#joints || modality === 'wrench' || rateHz === 0;
      monitor.setNeeded(own || !names || names.has(name));
    }
  }

  /** Starts the deadlines of all streams at the first call. */
  begin(now: number): void {
    if (this.#begun) return;
    this.#begun = true;
    for (const monitor of this.#list) monitor.begin(now);
  }

  /** Discards the faults that no sample of a standing arm could end. */
  expectStandstill(): void {
    for (const monitor of this.#list) monitor.expectStandstill();
  }

  /** Restarts all deadlines after a jump of the clock. */
  restartTiming(now: number): void {
    for (const monitor of this.#list) monitor.restartTiming(now);
  }
}
