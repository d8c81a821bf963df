import type { WatchdogConfig } from '../../config/safety-config.ts';
import type { Monitor } from './monitor.ts';
import { QueueMonitor } from './queue-monitor.ts';
import { RejectionMonitor } from './rejection-monitor.ts';
import { TimeoutMonitor } from './timeout-monitor.ts';

/** Sender of a heartbeat: the control loop, or the policy's process. */
export type BeatSource = 'loop' | 'policy';
/** Senders of heartbeats, in the order of their counters in shared memory. */
export const BEAT_SOURCES: readonly BeatSource[] = ['loop', 'policy'];

/** Monitors the controller from the start to the reset: its commands, its queue of actions and its heartbeats. */
export class LoopWatchdog {
  readonly rejections: RejectionMonitor;
  readonly queue: QueueMonitor;
  readonly #config: WatchdogConfig;
  readonly #commands: TimeoutMonitor;
  readonly #beats: Readonly<Record<BeatSource, TimeoutMonitor>>;
  readonly #seen: Record<BeatSource, boolean> = { loop: false, policy: false };
  #active = false;

  constructor(config: WatchdogConfig) {
    this.#config = config;
    this.rejections = new RejectionMonitor(config.reject);
    this.queue = new QueueMonitor(config.queue);
    this.#commands = new TimeoutMonitor('command_silence', 'commands', config.command);
    const { loop, policy } = config.heartbeats;
    this.#beats = {
      loop: new TimeoutMonitor('loop_silent', 'heartbeat of the loop', loop),
      policy: new TimeoutMonitor('policy_silent', 'heartbeat of the policy', policy),
    };
  }

  get monitors(): readonly Monitor[] {
    return [this.#commands, this.#beats.policy, this.#beats.loop, this.queue, this.rejections];
  }

  /** Arms the monitors; their deadlines count from now on. */
  start(now: number): void {
    this.#active = true;
    this.#commands.arm(now);
    for (const source of BEAT_SOURCES) {
      if (this.#seen[source] || this.#config.heartbeats[source].from === 'start') this.#beats[source].arm(now);
    }
  }

  /** Disarms the monitors until the next start. */
  end(): void {
    this.#active = false;
    this.#commands.disarm();
    for (const source of BEAT_SOURCES) this.#beats[source].disarm();
    this.queue.restart();
    this.rejections.restart();
  }

  /** @param made time at which the newest command was made (s): a stale command is as bad as none */
  observeCommand(made: number, now: number): void {
    this.#commands.refresh(Math.min(made, now));
  }

  beat(source: BeatSource, now: number): void {
    this.#seen[source] = true;
    const watch = this.#beats[source];
    if (this.#active && !watch.armed) watch.arm(now);
    watch.refresh(now);
  }

  /** Restarts all deadlines after a jump of the clock. */
  restartTiming(now: number): void {
    this.#commands.restartTiming(now);
    for (const source of BEAT_SOURCES) this.#beats[source].restartTiming(now);
    this.queue.restartTiming(now);
    this.rejections.restartTiming(now);
  }
}
