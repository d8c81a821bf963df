import { randomInt } from 'node:crypto';
import { InputError } from '@praxis/core';
import type { PlanFault } from '../../check/verdict.ts';
import type { PlanHost, PlanStatus } from '../../host/plan-host.ts';

/** Time for a person to say yes to what is read back (ms). */
const CONFIRM_TIME_MS = 120_000;

/** A plan that waits for a person's yes. */
interface Pending {
  readonly session: string;
  readonly plan: string;
  readonly readBack: readonly string[];
  readonly code: string;
  readonly expires: number;
}

/** What a request to run a plan leads to. */
export type RunOutcome =
  | { readonly kind: 'started'; readonly status: PlanStatus }
  | { readonly kind: 'rejected'; readonly faults: readonly PlanFault[] }
  | { readonly kind: 'confirm'; readonly readBack: readonly string[]; readonly code: string }
  /** A question or a refusal: nothing to run. */
  | { readonly kind: 'no steps'; readonly text: string };

/**
 * The one command over a host that all sessions of a server share: it runs plans that the check accepts, has read-backs confirmed by a second call
 * with the code of the first, and lets one session command at a time. A stop needs no command.
 */
export class Command {
  readonly host: PlanHost;
  readonly #now: () => number;
  #pending: Pending | undefined;
  /** The session whose plan runs, and its run. */
  #commander: { readonly session: string; readonly id: string } | undefined;

  /** @param now time (ms) of a clock that only goes forward */
  constructor(host: PlanHost, now: () => number = () => performance.now()) {
    this.host = host;
    this.#now = now;
  }

  /**
   * @param code what an earlier call for the same plan gave, once a person has said yes
   * @throws {InputError} when another session commands, a plan runs, or the code is not the one that was given
   */
  async run(session: string, plan: unknown, code?: string): Promise<RunOutcome> {
    this.#requireCommand(session);
    const verdict = await this.host.check(plan);
    if (!verdict.accepted) return { kind: 'rejected', faults: verdict.faults };
    const { plan: accepted, readBack } = verdict;
    if (accepted.kind !== 'steps') {
      return { kind: 'no steps', text: accepted.kind === 'question' ? accepted.question : accepted.reason };
    }
    const text = JSON.stringify(accepted);
    if (readBack.length > 0 && !this.#takeConfirmation({ session, plan: text, readBack }, code)) {
      const fresh = String(randomInt(100_000, 1_000_000));
      this.#pending = { session, plan: text, readBack, code: fresh, expires: this.#now() + CONFIRM_TIME_MS };
      return { kind: 'confirm', readBack, code: fresh };
    }
    const status = await this.host.run(accepted, readBack);
    this.#commander = { session, id: status.id };
    return { kind: 'started', status };
  }

  /** @throws {InputError} when the plan is another session's, or unknown */
  async cancel(session: string, id: string): Promise<PlanStatus> {
    this.#requireCommand(session);
    return this.host.cancel(id, 'cancelled by the assistant');
  }

  /** Ends what a session began, when it has ended: nobody commands the arm any more. */
  async release(session: string): Promise<void> {
    if (this.#pending?.session === session) this.#pending = undefined;
    const commander = this.#commander;
    if (commander?.session !== session) return;
    this.#commander = undefined;
    if (this.host.status(commander.id)?.state === 'running') {
      await this.host.cancel(commander.id, 'the assistant has disconnected');
    }
  }

  /** True while a plan of the session runs. */
  commands(session: string): boolean {
    return this.#commander?.session === session && this.host.status(this.#commander.id)?.state === 'running';
  }

  #requireCommand(session: string): void {
    const commander = this.#commander;
    if (!commander || commander.session === session || !this.commands(commander.session)) return;
    throw new InputError('another session commands the arm; stop is always available');
  }

  /**
   * Uses the confirmation up, whatever the outcome: a code holds for one plan of one session, once, and for the sentences that it was
   * given for.
   * @throws {InputError} for a wrong code
   */
  #takeConfirmation(asked: Pick<Pending, 'session' | 'plan' | 'readBack'>, code: string | undefined): boolean {
    if (code === undefined) return false;
    const pending = this.#pending;
    this.#pending = undefined;
    const holds =
      pending?.code === code &&
      pending.session === asked.session &&
      pending.plan === asked.plan &&
      pending.expires >= this.#now();
    if (!holds)
      throw new InputError('the code is not the one of this plan, or too old: call run_plan without a code first');
    // The scene may have changed, and with it what a person must agree to.
    return asked.readBack.every((sentence) => pending.readBack.includes(sentence));
  }
}
