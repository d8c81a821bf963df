import { type PlannerContext, type PlanProgress, plannedStepInWords, regionOf, type SeenThing } from '@praxis/planner';
import type { PlanDisplay, PlanStepDisplay, ThingDisplay } from '../../protocol/plan.ts';

/** A request that has no plan yet. */
export const requested = (request: string, source: PlanDisplay['source']): PlanDisplay => ({
  ...{ request, source, state: 'planning', steps: [], things: [] },
  ...{ question: undefined, summary: undefined },
});

/** The display after an event of the execution. @param context what was seen last */
export function displayAfter(before: PlanDisplay, event: PlanProgress, context?: PlannerContext): PlanDisplay {
  const now = { ...before, question: undefined, ...(context ? { things: thingsIn(context) } : {}) };
  switch (event.kind) {
    case 'planned': {
      const waiting = event.plan.kind === 'steps' ? event.plan.steps.map(waitingStep) : [];
      return { ...now, state: 'running', steps: [...now.steps.filter(hasEnded), ...waiting] };
    }
    case 'read_back':
      return { ...now, state: 'asking', question: askedForYes(event.text) };
    case 'question':
      return { ...now, state: 'asking', question: event.text };
    case 'step_started':
      return { ...now, state: 'running', steps: changeFirst(now.steps, 'waiting', { state: 'running' }) };
    case 'step_ended': {
      const { outcome: state, seen } = event.record;
      // A step that is left out, or cannot begin, ends without a start.
      const open = now.steps.some((step) => step.state === 'running') ? 'running' : 'waiting';
      return { ...now, state: 'running', steps: changeFirst(now.steps, open, { state, seen }) };
    }
    case 'interrupted':
    case 'replanning':
      return { ...now, state: 'planning' };
    case 'say':
      return { ...now, question: before.question };
    case 'ended':
      return { ...now, state: event.result.end, summary: event.result.summary };
  }
}

/** A sentence that is read back, as a question. */
export const askedForYes = (text: string): string => `${text}: yes or no?`;

/** The display of an execution that has failed without a result. @param reason one line */
export const failed = (before: PlanDisplay, reason: string): PlanDisplay => ({
  ...before,
  ...{ state: 'failed', question: undefined, summary: reason },
});

const waitingStep = (step: Parameters<typeof plannedStepInWords>[0]): PlanStepDisplay => ({
  ...{ text: plannedStepInWords(step), state: 'waiting', seen: '' },
});

const hasEnded = ({ state }: PlanStepDisplay): boolean => state !== 'waiting' && state !== 'running';

function changeFirst(
  steps: readonly PlanStepDisplay[],
  state: PlanStepDisplay['state'],
  change: Partial<PlanStepDisplay>,
): readonly PlanStepDisplay[] {
  const index = steps.findIndex((step) => step.state === state);
  return steps.map((step, i) => (i === index ? { ...step, ...change } : step));
}

const thingsIn = (context: PlannerContext): readonly ThingDisplay[] =>
  context.things.map((thing) => ({
    name: thing.name,
    where: [placeOf(thing, context), ...(thing.mass === undefined ? [] : [`${Math.round(1000 * thing.mass)} g`])].join(
      ', ',
    ),
    confidence: thing.confidence,
  }));

function placeOf({ name, on, position }: SeenThing, { held }: PlannerContext): string {
  if (held?.thing === name) return 'in the gripper';
  return on === undefined ? regionOf(position) : `on the ${on}`;
}
