import type { PlannerContext } from '../context/context.ts';
import { thingOf } from '../context/lookup.ts';
import { namesIn, referenceInWords } from '../context/references.ts';
import type { Condition, PlanStep, ThingReference } from '../plan/plan.ts';
import type { Catalogue } from '../skills/catalogue.ts';
import { Refusal } from './answer.ts';

/** A plan in the making: its steps, and the context that they lead to. */
export class Draft {
  readonly steps: PlanStep[] = [];
  context: PlannerContext;
  readonly #catalogue: Catalogue;
  #when: Condition | undefined;

  constructor(catalogue: Catalogue, context: PlannerContext) {
    this.#catalogue = catalogue;
    this.context = context;
  }

  /** True while steps are added under a condition. */
  get isConditional(): boolean {
    return this.#when !== undefined;
  }

  /**
   * Adds a step.
   * @throws {Refusal} when the work cell has no such skill or the step cannot run
   */
  add(name: string, args: Readonly<Record<string, unknown>> = {}): void {
    const skill = this.#catalogue.get(name);
    if (!skill) throw new Refusal(`this work cell cannot ${name.replaceAll('_', ' ')}`);
    const parsed = skill.arguments.safeParse(args);
    if (!parsed.success) {
      const [{ path, message }] = parsed.error.issues;
      throw new Refusal(`cannot ${name.replaceAll('_', ' ')}: ${path.join('.')} ${message.toLowerCase()}`);
    }
    const [reason] = skill.unmet(parsed.data, this.context, this.#catalogue.cell);
    if (reason !== undefined) throw new Refusal(reason);
    this.steps.push({ skill: name, arguments: { ...args }, ...(this.#when ? { when: this.#when } : {}) });
    this.context = skill.expected(parsed.data, this.context, this.#catalogue.cell);
  }

  /** Takes a thing, after the gripper has put down another one that it holds. */
  take(thing: ThingReference): void {
    const { held } = this.context;
    if (held?.thing === referenceInWords(thing)) return;
    this.weighAll(thing);
    if (held) this.add('put_down');
    this.add('pick', { thing });
  }

  /** Weighs the things that a comparison needs. */
  weighAll(thing: ThingReference): void {
    if (typeof thing !== 'string') for (const name of namesIn(thing)) this.weigh(name);
  }

  /** Weighs a thing unless its mass is known. */
  weigh(name: string): void {
    if (thingOf(this.context, name)?.mass !== undefined) return;
    if (!this.#catalogue.get('weigh')) throw new Refusal('this work cell cannot weigh things');
    if (this.context.held) this.add('put_down');
    this.add('weigh', { thing: name });
  }

  /**
   * Adds steps for both outcomes of a condition.
   * @throws {Refusal} for a condition inside another one
   */
  branch(when: Condition, then: () => void, otherwise: () => void): void {
    if (this.#when) throw new Refusal('one condition inside another is more than I plan: ask for one after the other');
    const before = this.context;
    this.#when = when;
    then();
    const after = this.context;
    this.context = before;
    const { not = false, ...positive } = when;
    this.#when = not ? positive : { ...positive, not: true };
    otherwise();
    this.#when = undefined;
    // Later steps follow both outcomes; what only one of them weighed is not known.
    if (this.context === before) this.context = { ...after, held: before.held };
  }
}
