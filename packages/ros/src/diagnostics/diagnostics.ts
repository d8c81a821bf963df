import type { DiagnosticStatus } from '@praxis/wire';
import { catchErrors } from '../rcl/catch-errors.ts';
import type { RosSession } from '../rcl/session.ts';
import { SimClock, stampAt } from '../rcl/stamp-clock.ts';
import { CdrPublisher } from '../streams/cdr-publisher.ts';

/** Level `OK` of `diagnostic_msgs/msg/DiagnosticStatus`: the part works. */
export const OK = 0;
/** Level `WARN` of `diagnostic_msgs/msg/DiagnosticStatus`: the part works, or waits, and the operator should look at it. */
export const WARN = 1;
/** Level `ERROR` of `diagnostic_msgs/msg/DiagnosticStatus`: the part does not work. */
export const ERROR = 2;
/** Level `STALE` of `diagnostic_msgs/msg/DiagnosticStatus`: the part has no state yet. */
export const STALE = 3;

/** The state of one part of a node, as it goes into a `DiagnosticStatus`. */
export interface Report {
  /** {@link OK}, {@link WARN}, {@link ERROR} or {@link STALE}. */
  readonly level: number;
  readonly message: string;
  readonly values?: Readonly<Record<string, string | number>>;
}

/** Computes the state of one part of a node. It is called once for each published status. */
export type Reporter = () => Report;

/** Publishes the state of each part of a node on `/diagnostics` at 1 Hz (REP-107), and single parts on request. */
export class Diagnostics {
  readonly #publisher: CdrPublisher<'diagnostic_msgs/msg/DiagnosticArray'>;
  readonly #session: RosSession;
  readonly #reporters = new Map<string, Reporter>();
  readonly #loggedMessages = new Map<string, string>();

  constructor(session: RosSession) {
    const { rcl, node, clock, stampClock, log } = session;
    this.#session = session;
    if (stampClock instanceof SimClock) this.add('clock', () => clockReport(stampClock, clock.now()));
    this.#publisher = new CdrPublisher(rcl, node, 'diagnostic_msgs/msg/DiagnosticArray', '/diagnostics', 'published');
    const timer = setInterval(
      catchErrors(log, 'diagnostics', () => this.publish()),
      1000,
    );
    session.onClose(() => {
      clearInterval(timer);
      this.#publisher.close();
    });
  }

  /** @param name name of the part; the published name starts with the node's name */
  add(name: string, reporter: Reporter): void {
    this.#reporters.set(name, reporter);
  }

  /** @param names names of the parts to publish; the default is every part. Rates count from the previous report of a part. */
  publish(names: Iterable<string> = this.#reporters.keys()): void {
    const { node, clock, stampClock, log } = this.#session;
    const status: DiagnosticStatus[] = [];
    for (const name of names) {
      const reporter = this.#reporters.get(name);
      if (!reporter) continue;
      const { level, message, values = {} } = reporter();
      this.#logChange(name, level, message, log);
      status.push({
        level,
        name: `${node.getFullyQualifiedName().slice(1)}: ${name}`,
        message,
        hardware_id: '',
        values: Object.entries(values).map(([key, value]) => ({ key, value: String(value) })),
      });
    }
    this.#publisher.publish({ header: { stamp: stampAt(stampClock, clock.now()), frame_id: '' }, status });
  }

  /** Logs a new warning or error as well. */
  #logChange(name: string, level: number, message: string, log: RosSession['log']): void {
    const now = level === OK ? '' : message;
    const before = this.#loggedMessages.get(name) ?? '';
    this.#loggedMessages.set(name, now);
    // The figures in a message change with every report and make no new message.
    if (now === '' || now.replace(/[\d.]+/g, '') === before.replace(/[\d.]+/g, '')) return;
    if (level === ERROR) log.error(`${name}: ${message}`);
    else log.warn(`${name}: ${message}`);
  }
}

/** A clock without a message for this time (s) stands still. */
const SILENCE_S = 1;
/** Difference of the clock's speed from that of real time above which the arm's speed in the simulator is noticeably another. */
const RATE_TOLERANCE = 0.1;

/** Reports the clock that `use_sim_time` names. @param now time of the system clock (s) */
export function clockReport({ rate, lastReceived }: Pick<SimClock, 'rate' | 'lastReceived'>, now: number): Report {
  const silence = now - lastReceived;
  if (silence === Number.POSITIVE_INFINITY) return { level: ERROR, message: 'no message on /clock yet' };
  if (silence > SILENCE_S) return { level: ERROR, message: `no message on /clock for ${silence.toFixed(1)} s` };
  const values = { 'real-time factor': rate.toFixed(2) };
  if (Math.abs(rate - 1) <= RATE_TOLERANCE) return { level: OK, message: `${rate.toFixed(2)} x real time`, values };
  return {
    level: WARN,
    message: `/clock runs at ${rate.toFixed(2)} x real time, and the arm is commanded in real time`,
    values,
  };
}
