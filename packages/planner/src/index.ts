export type {
  ContextPicture,
  HeldThing,
  KnownPlace,
  PlannerContext,
  SeenThing,
  StepRecord,
  Utterance,
} from './context/context.ts';
export { compactPromptOf } from './models/compact-prompt.ts';
export {
  type Condition,
  condition,
  MAX_PLAN_STEPS,
  type Plan,
  type PlanStep,
  plan,
  planStep,
  type StepPlan,
  type ThingReference,
  thingReference,
} from './plan/plan.ts';
export type { PlanCost, Planner, PlanRequest, RejectedPlan } from './planners/planner.ts';
export { PlannerError } from './planners/planner-error.ts';
export { Catalogue } from './skills/catalogue.ts';
export { type Capability, defineSkill, type Skill, type SkillReading, type SkillRobot } from './skills/skill.ts';
export { SkillError } from './skills/skill-error.ts';
export type { ForbiddenRegion, WorkCell } from './skills/work-cell.ts';
