import type { Planner, PlanProgress, PlanResult } from '@praxis/planner';
import type { PlannedArm } from './planned-arm.ts';

/** Options of {@link executeRequest}. */
export interface ExecuteRequestOptions {
  readonly planned: PlannedArm;
  readonly planner: Planner;
  /** Default: the request of the task. */
  readonly request?: string;
  /** `yes`: each read-back is agreed to. `ask`: a person is asked. `none`: there is no person, and no answer. */
  readonly answers: 'yes' | 'ask' | 'none';
  /** Cancels the plan: the arm holds. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (event: PlanProgress) => void;
}

/** The result of a request, and what the simulator says of the world after it. */
export interface ExecutedRequest {
  readonly request: string;
  readonly result: PlanResult;
  /** What is not as the task's own request wants it, in words; undefined for another request, and for a task that has no such judge. */
  readonly shortcomings?: readonly string[];
}

/** Plans a request and executes it on a simulated arm. */
export async function executeRequest(options: ExecuteRequestOptions): Promise<ExecutedRequest> {
  const { planned, planner, answers, signal, onProgress } = options;
  const { episode } = planned.arm;
  const { request = episode.instance.instruction } = options;
  const execution = planned.execution(planner, answers === 'ask' ? undefined : 0);
  execution.progress$.subscribe((event) => {
    onProgress?.(event);
    if (event.kind === 'read_back' && answers === 'yes') execution.hear('yes');
  });
  const onAbort = () => execution.cancel('interrupted');
  signal?.addEventListener('abort', onAbort, { once: true });
  if (signal?.aborted) onAbort();
  const result = await execution.run(request).finally(() => signal?.removeEventListener('abort', onAbort));
  await planned.settle();
  const isOwn = request === episode.instance.instruction;
  const shortcomings = isOwn ? episode.instance.shortcomings?.(planned.state()) : undefined;
  return { request, result, ...(shortcomings ? { shortcomings } : {}) };
}
