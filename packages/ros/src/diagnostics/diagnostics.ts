import { type DiagnosticStatus, timeOf } from '@praxis/wire';
import { catchErrors } from '../rcl/catch-errors.ts';
import type { RosSession } from '../rcl/session.ts';
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

  /** @param name name of the part; the published name starts with the node's name */
  add(name: string, reporter: Reporter): void {
    this.#reporters.set(name, reporter);
  }

  /** @param names names of the parts to publish; the default is every part. Rates count from the previous report of a part. */
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
