import { EMPTY_VOCABULARY } from '@praxis/policy';
import { Language } from '@praxis/teleop';
import { checkPlan } from '../check/check-plan.ts';
import { harmIn } from '../check/harm.ts';
import type { PlannerContext } from '../context/context.ts';
import { plannedStepInWords } from '../context/step-in-words.ts';
import type { Plan, PlanStep } from '../plan/plan.ts';
import type { Planner, PlanRequest } from '../planners/planner.ts';
import type { Catalogue } from '../skills/catalogue.ts';
import { Question, Refusal } from './answer.ts';
import { earlierRequests, isMain, lastDone, type MainAction, repeated } from './discourse.ts';
import { Draft } from './draft.ts';
import { Interpreter } from './interpreter.ts';
import { isKnownWord, lexiconOf } from './lexicon.ts';
import type { Action } from './meaning.ts';
import { withPauses } from './pauses.ts';
import { ActionPlanner } from './plan-actions.ts';
import { readRequest } from './read-request.ts';
import { isMarkToken, tokensOf } from './reader.ts';
import { REHEARSED_REQUESTS, rehearsalContext } from './rehearsal.ts';
import type { ClauseContext } from './rule.ts';
import { spellingsOf } from './spelling.ts';

/** Longest request that is read (characters). */
const MAX_REQUEST_LENGTH = 1000;
/** Longest sentence of a plan (characters). */
const MAX_SENTENCE_LENGTH = 400;
/** Number of earlier sentences that a request can refer to. */
const MAX_EARLIER = 5;

/**
 * A planner without a model: it reads English requests by rules, offline and at once. Sequences, conditions on weights and places, negation, contrast,
 * relations, and references to what was said or done become steps; what is ambiguous becomes a question, what is unknown, impossible
 * or unsafe a refusal with the reason. A word that no rule reads is never passed over. Left, right, front and behind are as seen from the robot.
 *
 * @example
 * const { plan } = await new RulesPlanner().plan({ request: 'put the red cube on the left tray, then go home', context, catalogue });
 */
export class RulesPlanner implements Planner {
  readonly name = 'rules';
  #language: Language | undefined;
  #words: readonly string[] = [];

  async plan({ request, context, catalogue, signal }: PlanRequest): Promise<{ plan: Plan; cost: { seconds: number } }> {
    signal?.throwIfAborted();
    const start = performance.now();
    const plan = this.#answer(request, context, catalogue);
    return { plan, cost: { seconds: (performance.now() - start) / 1000 } };
  }

  /** Plans requests for imagined things, so that the first real one waits neither for tables nor for the compiler. */
  async prepare(catalogue: Catalogue): Promise<void> {
    const context = rehearsalContext(catalogue.cell);
    for (const request of REHEARSED_REQUESTS) this.#answer(request, context, catalogue);
  }

  #answer(request: string, context: PlannerContext, catalogue: Catalogue): Plan {
    const answer = this.#read(request, request, context, catalogue);
    if (answer.kind !== 'refusal') return answer;
    const spoken = withPauses(request);
    const again = spoken === request ? answer : this.#read(request, spoken, context, catalogue);
    if (again.kind !== 'refusal') return again;
    // A misspelt word stands for the only one that makes a request of the sentence; harm is looked for in every spelling.
    const spelt = spellingsOf(request, lexiconOf(context)).map((text) => this.#read(text, text, context, catalogue));
    const [found, ...others] = spelt.filter(({ kind }) => kind !== 'refusal');
    return found && others.length === 0 ? found : answer;
  }

  /** Answers a request in one spelling of it. */
  #read(request: string, spelling: string, context: PlannerContext, catalogue: Catalogue): Plan {
    try {
      return this.#stepsFor(request, spelling, context, catalogue);
    } catch (error) {
      if (error instanceof Question) return { kind: 'question', question: cut(error.message) };
      if (error instanceof Refusal) return { kind: 'refusal', reason: cut(error.message) };
      throw error;
    }
  }

  #stepsFor(request: string, spelling: string, context: PlannerContext, catalogue: Catalogue): Plan {
    if (request.trim() === '') throw new Refusal('the request is empty');
    if (request.length > MAX_REQUEST_LENGTH)
      throw new Refusal(`the request has ${request.length} characters, expected at most ${MAX_REQUEST_LENGTH}`);
    const harm = harmIn(request);
    if (harm !== undefined) throw new Refusal(harm);
    const reading: ClauseContext = { lexicon: lexiconOf(context), language: this.#languageOf(catalogue) };
    refuseForeign(request, reading);
    const actions = readRequest(spelling, reading);
    const earlier = earlierActions(request, context, reading);
    const draft = new Draft(catalogue, context);
    const means = new Interpreter(draft, earlier.findLast(({ do: what }) => what === 'put') ?? earlier.at(-1));
    const planner = new ActionPlanner(draft, means, catalogue, earlier);
    planner.plan(actions);
    if (draft.steps.length === 0) throw new Refusal(planner.notes.join('; ') || 'there is nothing to do');
    const plan: Plan = { kind: 'steps', restatement: cut(restated(draft.steps)), steps: draft.steps };
    const verdict = checkPlan(plan, catalogue, context);
    if (!verdict.accepted) throw new Refusal(verdict.faults[0].message.replace(/^step \d+ \(\w+\): /, ''));
    return plan;
  }

  /** The command language with the words of the policy. */
  #languageOf({ cell: { policy } }: Catalogue): Language {
    const words = policy?.words ?? [];
    if (!this.#language || words !== this.#words) {
      this.#language = new Language({ ...EMPTY_VOCABULARY, words });
      this.#words = words;
    }
    return this.#language;
  }
}

const cut = (text: string): string => text.slice(0, MAX_SENTENCE_LENGTH);

/** Refuses a request of which most words are not English words of the rules. */
function refuseForeign(request: string, { lexicon }: ClauseContext): void {
  const words = tokensOf(request).filter((token) => !isMarkToken(token));
  const unknown = words.filter((word) => !isKnownWord(word, lexicon));
  if (words.length > 1 && unknown.length > words.length / 2)
    throw new Refusal(`I read English only, and know few of these words: ${unknown.slice(0, 5).join(', ')}`);
}

/**
 * What was asked for or done before a request: the actions of the newest sentence of the operator that the rules read, else the last step
 * that was done.
 */
function earlierActions(request: string, context: PlannerContext, reading: ClauseContext): readonly MainAction[] {
  const sentences = earlierRequests(context, request).slice(0, MAX_EARLIER);
  for (const [i, sentence] of sentences.entries()) {
    const actions = tryToRead(sentence, reading);
    const main = actions.flatMap((action): readonly MainAction[] => {
      if (isMain(action)) return [action];
      const before =
        action.do === 'again'
          ? sentences
              .slice(i + 1)
              .flatMap((each) => tryToRead(each, reading))
              .find(isMain)
          : undefined;
      const again = before && action.do === 'again' ? repeated(before, action) : undefined;
      return again && isMain(again) ? [again] : [];
    });
    if (main.length > 0) return main;
  }
  const done = lastDone(context.history);
  return done ? [done] : [];
}

function tryToRead(sentence: string, reading: ClauseContext): readonly Action[] {
  if (harmIn(sentence) !== undefined) return [];
  try {
    return readRequest(sentence, reading);
  } catch (error) {
    if (error instanceof Question || error instanceof Refusal) return [];
    throw error;
  }
}

/** The steps in words: `weigh box 1, then pick box 1 if it is heavy`. */
const restated = (steps: readonly PlanStep[]): string => steps.map(plannedStepInWords).join(', then ');
