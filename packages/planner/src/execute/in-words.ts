import type { StepRecord } from '../context/context.ts';
import { stepInWords } from '../context/step-in-words.ts';
import type { PlanProgress } from './progress.ts';

/** The result of an execution as a sentence to speak. */
export function summaryOf(end: string, history: readonly StepRecord[], reason: string | undefined): string {
  const steps = (outcome: StepRecord['outcome']) =>
    history.filter((record) => record.outcome === outcome).map(({ step }) => stepInWords(step));
  const parts: string[] = [];
  const done = steps('done');
  const skipped = steps('skipped');
  if (done.length > 0) parts.push(`Done: ${done.join(', ')}.`);
  if (skipped.length > 0) parts.push(`Left out: ${skipped.join(', ')}.`);
  if (end === 'done') return parts.join(' ') || 'There was nothing to do.';
  return [END_IN_WORDS[end] + (reason === undefined ? '.' : `: ${reason}.`), ...parts].join(' ');
}

const END_IN_WORDS: Readonly<Record<string, string>> = {
  failed: 'I could not finish',
  refused: 'I will not do that',
  unanswered: 'I did not begin',
  stopped: 'The supervisor has stopped the arm',
  cancelled: 'Cancelled',
};

/** An event of an execution as a line of a transcript; undefined for one that says nothing new. What is spoken has quotation marks. */
export function progressInWords(event: PlanProgress): string | undefined {
  switch (event.kind) {
    case 'planned':
      return event.plan.kind === 'steps' ? `plan: ${event.plan.restatement}` : undefined;
    case 'read_back':
      return `"${event.text}: yes or no?"`;
    case 'question':
    case 'say':
      return `"${event.text}"`;
    case 'step_started':
      return `> ${event.text}`;
    case 'step_ended':
      return `${event.record.outcome}: ${event.record.seen}`;
    case 'replanning':
      return `planning again: ${event.reason}`;
    case 'interrupted':
      return `interrupted: ${event.text}`;
    case 'ended':
      return undefined;
  }
}
