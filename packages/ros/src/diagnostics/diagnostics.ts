import { type DiagnosticStatus, timeOf } from '@praxis/wire';
import { catchErrors } from '../rcl/catch-errors.ts';
import type { RosSession } from '../rcl/session.ts';
import { CdrPublisher } from '../streams/cdr-publisher.ts';

/** Levels of diagnostic_msgs/msg/DiagnosticStatus. */
export const OK = 0;
export const WARN = 1;
export const ERROR = 2;
export const STALE = 3;

export interface Report {
  readonly level: number;
  readonly message: string;
  readonly values?: Readonly<Record<string, string | number>>;
}

export type Reporter = () => Report;

/** Publishes what each part of a node says of itself on `/diagnostics`, at 1 Hz, and single parts whenever asked to (REP-107). */
export class Diagnostics {
  readonly #publisher: CdrPublisher<'diagnostic_msgs/msg/DiagnosticArray'>;
  readonly #session: RosSession;
  readonly #reporters = new Map<string, Reporter>();
  readonly #loggedMessages = new Map<string, string>();

  constructor(session: RosSession) {
    const { rcl, node, log } = session;
    this.#session = session;
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

  /** @param name of the part; the node's own name comes before it */
  add(name: string, reporter: Reporter): void {
    this.#reporters.set(name, reporter);
  }

  /** @param names of the parts that have something to say; left out: all of them, whose rates are since the last time */
  publish(names: Iterable<string> = this.#reporters.keys()): void {
    const { node, clock, log } = this.#session;
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
    this.#publisher.publish({ header: { stamp: timeOf(clock.now()), frame_id: '' }, status });
  }

  /** A change for the worse is a line in the log as well. */
  #logChange(name: string, level: number, message: string, log: RosSession['log']): void {
    const now = level === OK ? '' : message;
    const before = this.#loggedMessages.get(name) ?? '';
    this.#loggedMessages.set(name, now);
    // Figures in a message change all the time.
    if (now === '' || now.replace(/[\d.]+/g, '') === before.replace(/[\d.]+/g, '')) return;
    if (level === ERROR) log.error(`${name}: ${message}`);
    else log.warn(`${name}: ${message}`);
  }
}
