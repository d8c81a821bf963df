import { type Condition, type PlanStep, thingReference } from '../plan/plan.ts';
import { referenceInWords } from './references.ts';

/** A step in words, for progress and summaries: `pick red cube`, `wait 2`. */
export function stepInWords({ skill, arguments: args }: PlanStep): string {
  const values = Object.values(args).map((value) => {
    const reference = thingReference.safeParse(value);
    return reference.success ? referenceInWords(reference.data) : String(value);
  });
  return [skill.replaceAll('_', ' '), ...values].join(' ');
}

/** A step with its condition in words, for plans: `pick box 1 if the box 1 is heavy`. */
export function plannedStepInWords(step: PlanStep): string {
  const { when } = step;
  const condition = when ? ` ${when.not ? 'unless' : 'if'} ${conditionInWords(when)}` : '';
  return stepInWords(step) + condition;
}

const conditionInWords = ({ thing, is, on, heavierThan }: Condition): string =>
  [
    `the ${referenceInWords(thing)} is`,
    ...(is ? [is] : []),
    ...(on ? [`on the ${on}`] : []),
    ...(heavierThan ? [`heavier than the ${heavierThan}`] : []),
  ].join(' ');
