import { InputError } from '@praxis/core';
import { actionOutput } from './action-output.ts';
import type { ImportAnswers, Question } from './answers.ts';
import type { ForeignPolicy } from './foreign-policy.ts';
import { imageInput } from './image-input.ts';
import type { Inquiry } from './inquiry.ts';
import type { ImportRobot } from './robot-elements.ts';
import { stringInput, tokensInput } from './text-input.ts';
import { vectorInput } from './vector-input.ts';

/** Time between two inferences (s), unless the user says otherwise: loops drop actions whose observation is 0.4 s old. */
const LONGEST_INFERENCE_PERIOD_S = 0.2;

/** A manifest of the second version as JSON, its digests left out; or the questions that keep it from being written. */
export interface ImportResult {
  readonly manifest: Readonly<Record<string, unknown>>;
  /** Empty when the manifest is complete. */
  readonly questions: readonly Question[];
  /** What was decided without a question, one line each. */
  readonly notes: readonly string[];
}

/**
 * Makes the manifest of a policy for a robot. Everything is bound by name: an input without a name of the robot becomes a question.
 * @param graph name of the ONNX file beside the manifest
 * @throws {InputError} for an answer that names something that policy or robot lack
 */
export function importManifest(
  policy: ForeignPolicy,
  robot: ImportRobot,
  answers: ImportAnswers,
  { graph, tasks }: { readonly graph: string; readonly tasks: readonly string[] },
): ImportResult {
  const questions: Question[] = [];
  const notes = [...policy.notes];
  const inquiry: Inquiry = {
    answers,
    robot,
    rateHz: answers.rateHz ?? policy.rateHz,
    ask(question) {
      // A unit is asked once, for the first element that needs it.
      const isNew = questions.every(({ option, prefix }) => option !== question.option || prefix !== question.prefix);
      if (isNew) questions.push(question);
      return undefined;
    },
    note: (line) => void notes.push(line),
  };
  checkNames(policy, answers);
  const inputs = policy.inputs.map((input) => inputOf(input, inquiry));
  const output = actionOutput(policy.action, inquiry);
  const timing = timingOf(policy, inquiry);
  const steps = Math.max(1, ...policy.inputs.map((each) => ('steps' in each ? each.steps : 1)));
  const period = timing === undefined ? undefined : 1 / timing.rateHz;
  const manifest = {
    manifestVersion: 2,
    name: policy.name,
    version: '1',
    tasks,
    robots: [robot.trained],
    graph,
    observation: steps > 1 ? { steps, spacing: period } : { steps: 1 },
    inputs,
    action: {
      period,
      horizon: policy.action.rows,
      inferencePeriod: timing && timing.steps / timing.rateHz,
      outputs: [output],
    },
    training: policy.training,
  };
  return { manifest, questions, notes };
}

function inputOf(input: ForeignPolicy['inputs'][number], inquiry: Inquiry): object {
  switch (input.kind) {
    case 'image':
      return imageInput(input, inquiry);
    case 'vector':
      return vectorInput(input, inquiry);
    case 'tokens':
      return tokensInput(input, inquiry);
    case 'string':
      return stringInput(input);
  }
}

/** Refuses an answer for an input or output that the policy lacks. */
function checkNames({ inputs, action }: ForeignPolicy, { cameras, elements, streams }: ImportAnswers): void {
  const names = (kind: 'image' | 'vector'): readonly string[] =>
    inputs.filter((each) => each.kind === kind).map(({ name }) => name);
  const check = (option: string, given: Iterable<string>, known: readonly string[]): void => {
    for (const name of given) {
      if (!known.includes(name)) {
        throw new InputError(`${option} ${name}=...: expected one of ${known.join(', ') || 'none'}`);
      }
    }
  };
  check('--camera', cameras.keys(), names('image'));
  check('--stream', streams.keys(), names('vector'));
  check('--elements', elements.keys(), [...names('vector'), action.name]);
}

function timingOf(
  { actionSteps, action: { rows } }: ForeignPolicy,
  { answers, rateHz: known, ask, note }: Inquiry,
): { readonly rateHz: number; readonly steps: number } | undefined {
  const rateHz =
    known ?? ask({ option: '--rate', prefix: '', form: '<hz>', text: 'actions per second, as the policy was trained' });
  const steps =
    answers.chunkSteps ??
    actionSteps ??
    ask({
      option: '--chunk-steps',
      prefix: '',
      form: '<n>',
      text: `actions out of ${rows} that are executed before the next inference`,
    });
  if (rateHz === undefined || steps === undefined) return undefined;
  if (answers.chunkSteps !== undefined && steps > rows) {
    throw new InputError(`--chunk-steps ${steps}: the policy gives ${rows} actions, expected at most as many`);
  }
  // While the next chunk is computed, the arm needs actions of this one.
  const most = Math.max(1, Math.min(Math.floor(rows / 2), Math.floor(LONGEST_INFERENCE_PERIOD_S * rateHz)));
  if (answers.chunkSteps !== undefined || steps <= most) return { rateHz, steps };
  note(
    `a new inference starts after ${most} of ${rows} actions, not after ${steps}: the loop drops actions whose observation is 0.4 s old; --chunk-steps says otherwise`,
  );
  return { rateHz, steps: most };
}
