import { errorMessage, InputError } from '@praxis/core';
import { checkPlan } from '../check/check-plan.ts';
import type { PlanVerdict } from '../check/verdict.ts';
import type { PlannerContext } from '../context/context.ts';
import { CapabilityLocks } from '../execute/locks.ts';
import { PlanExecution } from '../execute/plan-execution.ts';
import type { PlanRobot } from '../execute/plan-robot.ts';
import type { StepPlan } from '../plan/plan.ts';
import type { Planner } from '../planners/planner.ts';
import type { Catalogue } from '../skills/catalogue.ts';
import type { PlanHost, PlanStatus } from './plan-host.ts';

/** Number of events of a run that are kept. */
const MAX_PROGRESS = 200;
/** Number of runs that are kept. */
const MAX_RUNS = 20;

/** Options of {@link ExecutionHost}. */
export interface ExecutionHostOptions {
  readonly name: string;
  readonly catalogue: Catalogue;
  readonly robot: PlanRobot;
  /** Requests a protective stop from the supervisor. */
  readonly requestStop: () => void | Promise<void>;
  /** Locks that all commanders of the robot share. Default: its own. */
  readonly locks?: CapabilityLocks;
  /** Frees the robot. */
  readonly close?: () => Promise<void>;
}

interface Run {
  status: PlanStatus;
  readonly execution: PlanExecution;
  readonly ended: Promise<void>;
}

/** A plan host over a robot in a running loop: each plan that is run is one `PlanExecution`, which never replaces it by another plan. */
export class ExecutionHost implements PlanHost {
  readonly name: string;
  readonly catalogue: Catalogue;
  readonly #options: ExecutionHostOptions;
  readonly #locks: CapabilityLocks;
  readonly #runs = new Map<string, Run>();
  #count = 0;

  constructor(options: ExecutionHostOptions) {
    this.#options = options;
    this.name = options.name;
    this.catalogue = options.catalogue;
    this.#locks = options.locks ?? new CapabilityLocks();
  }

  look(): Promise<PlannerContext> {
    return this.#options.robot.look();
  }

  async check(plan: unknown): Promise<PlanVerdict> {
    return checkPlan(plan, this.catalogue, await this.look(), { busy: this.#locks.heldByOthers('') });
  }

  async run(plan: StepPlan, agreed: readonly string[]): Promise<PlanStatus> {
    this.#requireIdle();
    const verdict = await this.check(plan);
    if (!verdict.accepted) throw new InputError(verdict.faults.map(({ message }) => message).join('; '));
    const open = verdict.readBack.find((sentence) => !agreed.includes(sentence));
    if (open !== undefined) throw new InputError(`"${open}" was not agreed to, expected a person's yes first`);
    // Another one may have begun meanwhile.
    this.#requireIdle();
    return this.#start(plan, agreed).status;
  }

  status(id?: string): PlanStatus | undefined {
    return (id === undefined ? this.#newest() : this.#runs.get(id))?.status;
  }

  async cancel(id: string, reason: string): Promise<PlanStatus> {
    const run = this.#runs.get(id);
    if (!run) throw new InputError(`there is no plan ${id}: known are ${[...this.#runs.keys()].join(', ') || 'none'}`);
    run.execution.cancel(reason);
    await run.ended;
    return run.status;
  }

  async stop(): Promise<void> {
    await this.#options.requestStop();
  }

  async close(): Promise<void> {
    const run = this.#newest();
    if (run?.status.state === 'running') await this.cancel(run.status.id, 'the host was closed');
    await this.#options.close?.();
  }

  #requireIdle(): void {
    const newest = this.#newest()?.status;
    if (newest?.state === 'running') {
      throw new InputError(`${newest.id} is running, expected its end or a cancellation first`);
    }
  }

  #newest(): Run | undefined {
    return [...this.#runs.values()].at(-1);
  }

  #start(plan: StepPlan, agreed: readonly string[]): Run {
    const id = `plan-${++this.#count}`;
    const { robot } = this.#options;
    const planner: Planner = { name: id, plan: async () => ({ plan, cost: { seconds: 0 } }) };
    const execution = new PlanExecution({
      robot,
      planner,
      catalogue: this.catalogue,
      // A plan that failed goes back to the program that wrote it.
      maximumReplans: 0,
      locks: this.#locks,
      name: id,
    });
    const run: Run = {
      status: { id, plan, state: 'running', progress: [] },
      execution,
      ended: Promise.resolve(),
    };
    execution.progress$.subscribe((event) => {
      run.status = { ...run.status, progress: [...run.status.progress, event].slice(-MAX_PROGRESS) };
      // The execution checks on what it sees itself; a sentence that nobody agreed to is a no.
      if (event.kind === 'read_back') {
        const answer = agreed.includes(event.text) ? 'yes' : 'no';
        queueMicrotask(() => execution.hear(answer));
      }
    });
    // The plan is there: nothing of what its writer says is a request of the operator.
    const ended = execution.run(id).then(
      ({ end: state, summary }) => this.#end(run, { state, summary }),
      (error: unknown) => this.#end(run, { state: 'failed', summary: errorMessage(error) }),
    );
    this.#runs.set(id, Object.assign(run, { ended }));
    if (this.#runs.size > MAX_RUNS) this.#runs.delete([...this.#runs.keys()][0]);
    return run;
  }

  #end(run: Run, end: Pick<PlanStatus, 'state' | 'summary'>): void {
    run.status = { ...run.status, ...end };
  }
}
