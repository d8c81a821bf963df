import type { PlannerContext, StepRecord } from '../context/context.ts';
import { conditionHolds, resolveReference } from '../context/references.ts';
import { type PlanStep, thingReference } from '../plan/plan.ts';
import type { Catalogue } from '../skills/catalogue.ts';
import type { Skill } from '../skills/skill.ts';
import { SkillError } from '../skills/skill-error.ts';
import { StepRobot, type StepSurroundings } from './step-robot.ts';

/** A step that can begin. */
export interface ReadyStep {
  readonly kind: 'ready';
  readonly skill: Skill;
  /** Arguments with their things resolved to names. */
  readonly args: unknown;
  /** The step with these arguments, for records. */
  readonly step: PlanStep;
}

/** A step that does not begin, with its record. */
export interface EndedStep {
  readonly kind: 'ended';
  readonly record: StepRecord;
}

/** Decides by a fresh context whether a step begins, is left out, or has failed already. */
export function prepareStep(step: PlanStep, context: PlannerContext, catalogue: Catalogue): ReadyStep | EndedStep {
  const ended = (outcome: StepRecord['outcome'], seen: string): EndedStep => ({
    kind: 'ended',
    record: { step, outcome, seen },
  });
  const { cell } = catalogue;
  const skill = catalogue.get(step.skill);
  if (!skill) return ended('failed', `there is no skill ${step.skill}`);
  if (step.when) {
    const holds = conditionHolds(step.when, context, cell.heavyMass);
    if (holds === undefined) return ended('failed', 'its condition cannot be decided: something was not weighed');
    if (!holds) return ended('skipped', 'its condition does not hold');
  }
  const resolved: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(step.arguments)) {
    const reference = typeof value === 'object' ? thingReference.safeParse(value) : undefined;
    const meant = reference?.success ? resolveReference(reference.data, context) : value;
    if (meant === undefined && reference?.success)
      return ended('failed', `${name} is not known: something was not weighed`);
    resolved[name] = meant;
  }
  const parsed = skill.arguments.safeParse(resolved);
  if (!parsed.success) return ended('failed', `its arguments do not fit: ${parsed.error.issues[0].message}`);
  const unmet = skill.unmet(parsed.data, context, cell);
  if (unmet.length > 0) return ended('failed', unmet.join('; '));
  const { when: _, ...rest } = step;
  return { kind: 'ready', skill, args: parsed.data, step: { ...rest, arguments: resolved } };
}

/**
 * Runs a step and checks by the sensors what it did.
 * @returns its record, `done` or `failed`
 * @throws {Interruption} when the step was interrupted, or the supervisor stopped the arm
 */
export async function runStep(
  { skill, args, step }: ReadyStep,
  before: PlannerContext,
  surroundings: StepSurroundings,
): Promise<StepRecord> {
  const { cell } = surroundings;
  const robot = new StepRobot(surroundings);
  const notes = () => robot.notes.map((note) => `; ${note}`).join('');
  try {
    await skill.run(args, robot, cell);
  } catch (error) {
    if (!(error instanceof SkillError)) throw error;
    surroundings.robot.hold();
    await surroundings.look();
    return { step, outcome: 'failed', seen: error.message + notes() };
  }
  const after = await surroundings.look();
  const wrong = skill.verify?.(args, before, after, cell);
  if (wrong !== undefined) return { step, outcome: 'failed', seen: wrong + notes() };
  return { step, outcome: 'done', seen: `as expected${notes()}` };
}
