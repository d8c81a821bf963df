import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { visibleText } from '@praxis/core';
import type { PlanVerdict } from '../../check/verdict.ts';
import type { PlannerContext } from '../../context/context.ts';
import { stepInWords } from '../../context/step-in-words.ts';
import type { PlanProgress } from '../../execute/progress.ts';
import type { PlanStatus } from '../../host/plan-host.ts';
import { catalogueInWords } from '../../models/catalogue-words.ts';
import { pictureUrl } from '../../models/picture-url.ts';
import { argumentsSchemaOf } from '../../models/plan-schema.ts';
import { cellInWords, stateInWords } from '../../models/prompt.ts';
import type { Catalogue } from '../../skills/catalogue.ts';
import type { RunOutcome } from './command.ts';

/** Number of events of a run that a status shows. */
const MAX_EVENTS = 20;

/** A result with words for models and JSON for programs. */
export const result = (words: string, value: object, isError = false): CallToolResult => ({
  content: [{ type: 'text', text: visibleText(words) }],
  structuredContent: value as Record<string, unknown>,
  ...(isError && { isError }),
});

/** A context as JSON, without its pictures. */
export const contextJson = ({ pictures: _pictures, ...context }: PlannerContext): object => context;

/** A catalogue as JSON: skills with the schemas of their arguments, places and bounds. */
export const catalogueJson = ({ skills, cell }: Catalogue): object => ({
  skills: skills.map((skill) => ({
    name: skill.name,
    description: skill.description,
    arguments: argumentsSchemaOf(skill),
    uses: skill.uses,
    timeout: skill.timeout,
  })),
  places: cell.places,
  forbidden: cell.forbidden,
  workspace: cell.robot.workspace,
  limits: cell.limits,
});

/** Result of `list_skills`. */
export const skillsResult = (catalogue: Catalogue): CallToolResult =>
  result(`${catalogueInWords(catalogue)}\n${cellInWords(catalogue.cell)}`, catalogueJson(catalogue));

/** Result of `look`. */
export async function lookResult(context: PlannerContext, pictures: 'none' | 'attached'): Promise<CallToolResult> {
  const shown = result(stateInWords(context, 'full'), contextJson(context));
  if (pictures === 'none') return shown;
  const images = await Promise.all((context.pictures ?? []).map(pictureUrl));
  const content = images.map((url) => {
    const data = url.slice(url.indexOf(',') + 1);
    return { type: 'image' as const, data, mimeType: 'image/png' };
  });
  if (content.length === 0) shown.content.push({ type: 'text', text: 'This host has no pictures.' });
  return { ...shown, content: [...shown.content, ...content] };
}

/** Result of `check_plan`. */
export function verdictResult(verdict: PlanVerdict): CallToolResult {
  if (!verdict.accepted) return result(`Rejected:\n${faultLines(verdict.faults)}`, verdict);
  const { readBack } = verdict;
  const agree =
    readBack.length === 0 ? '' : `\nA person must agree to:\n${readBack.map((each) => `- ${each}`).join('\n')}`;
  return result(`Accepted.${agree}`, verdict);
}

/** Result of `run_plan`. */
export function runResult(outcome: RunOutcome): CallToolResult {
  switch (outcome.kind) {
    case 'started':
      return result(`Started ${outcome.status.id}: ${outcome.status.plan.restatement}`, {
        kind: outcome.kind,
        ...statusJson(outcome.status),
      });
    case 'rejected':
      return result(`Rejected, nothing moves:\n${faultLines(outcome.faults)}`, outcome, true);
    case 'confirm':
      return result(
        `Nothing moves yet. Read this to the person:\n${outcome.readBack.map((each) => `- ${each}`).join('\n')}\nAfter their yes, call run_plan with the same plan and the code ${outcome.code}.`,
        outcome,
      );
    case 'no steps':
      return result(`There is nothing to run: ${outcome.text}`, outcome, true);
  }
}

/** Result of `plan_status` and `cancel_plan`. */
export function statusResult(status: PlanStatus | undefined): CallToolResult {
  if (!status) return result('No plan was run.', { state: 'none' });
  const lines = status.progress.slice(-MAX_EVENTS).flatMap(eventInWords);
  const end = status.summary === undefined ? [] : [status.summary];
  return result([`${status.id}: ${status.state}`, ...lines, ...end].join('\n'), statusJson(status));
}

const statusJson = ({ progress, ...status }: PlanStatus): object => ({
  ...status,
  progress: progress.slice(-MAX_EVENTS),
});

const faultLines = (faults: readonly { readonly message: string }[]): string =>
  faults.map(({ message }) => `- ${message}`).join('\n');

function eventInWords(event: PlanProgress): readonly string[] {
  switch (event.kind) {
    case 'step_started':
      return [`step ${event.index + 1}: ${event.text}`];
    case 'step_ended':
      return [`${stepInWords(event.record.step)}: ${event.record.outcome}, ${event.record.seen}`];
    case 'question':
      return [`asks the person: ${event.text}`];
    case 'interrupted':
      return [`interrupted: ${event.text}`];
    case 'planned':
    case 'read_back':
    case 'replanning':
    case 'say':
    case 'ended':
      return [];
  }
}
