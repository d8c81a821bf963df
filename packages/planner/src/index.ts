export { checkPlan } from './check/check-plan.ts';
export { type Proposal, proposePlan } from './check/propose-plan.ts';
export type { PlanCheckOptions, PlanFault, PlanFaultKind, PlanVerdict } from './check/verdict.ts';
export { type CameraView, type PicturePoint, pointAtHeight, projectPoint } from './context/camera-view.ts';
export type {
  ContextPicture,
  HeldThing,
  KnownPlace,
  PlannerContext,
  SeenThing,
  StepRecord,
  Utterance,
} from './context/context.ts';
export { describeContext, describeThing, type Region, regionOf } from './context/describe.ts';
export { distanceBetween } from './context/distance.ts';
export { type FindOptions, findThings, type LocatedThing, locateThings, type Sighting } from './context/find-things.ts';
export { type ContextParts, type ContextReading, heldBy, makeContext } from './context/make-context.ts';
export { nameThings } from './context/name-things.ts';
export { parseContext } from './context/parse-context.ts';
export { placeUnder } from './context/places.ts';
export { plannedStepInWords } from './context/step-in-words.ts';
export { ThingTracker, type TrackOptions } from './context/thing-tracker.ts';
export { progressInWords } from './execute/in-words.ts';
export { CapabilityLocks } from './execute/locks.ts';
export { PlanExecution, type PlanExecutionOptions } from './execute/plan-execution.ts';
export type { PlanRobot } from './execute/plan-robot.ts';
export type { PlanEnd, PlanProgress, PlanResult } from './execute/progress.ts';
export { ExecutionHost, type ExecutionHostOptions } from './host/execution-host.ts';
export type { PlanHost, PlanStatus } from './host/plan-host.ts';
export { compactPromptOf } from './models/compact-prompt.ts';
export type { ModelPlanner, PlannerExchange } from './models/exchange.ts';
export { OpenAiPlanner } from './models/openai/openai-planner.ts';
export { ANSWER_FORMS, type AnswerForm, type OpenAiOptions, type TokenPrices } from './models/openai/options.ts';
export { type JsonSchema, type NamedInContext, planSchemaOf } from './models/plan-schema.ts';
export { type Prompt, type PromptDetail, type PromptOptions, promptOf } from './models/prompt.ts';
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
export { COMMAND_FORMS, type CommandForm } from './reading/command-forms.ts';
export type { Description } from './reading/goal.ts';
export {
  InstructionReader,
  type InstructionReaderOptions,
  type Reading,
  type ReadingScene,
} from './reading/instruction-reader.ts';
export { RulesPlanner } from './rules/rules-planner.ts';
export { Catalogue } from './skills/catalogue.ts';
export { SHIPPED_SKILLS } from './skills/shipped/index.ts';
export {
  type Capability,
  defineSkill,
  type Finding,
  type MoveOptions,
  type Skill,
  type SkillReading,
  type SkillRobot,
} from './skills/skill.ts';
export { SkillError } from './skills/skill-error.ts';
export type { ForbiddenRegion, WorkCell } from './skills/work-cell.ts';
