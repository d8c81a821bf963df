import { InputError } from '@praxis/core';
import type { Skill } from './skill.ts';
import type { WorkCell } from './work-cell.ts';

/** The skills that a work cell offers, by name. */
export class Catalogue {
  readonly cell: WorkCell;
  readonly #skills = new Map<string, Skill>();

  /**
   * @param skills skills of the configuration; those that the cell or its policy cannot do are left out
   * @throws {InputError} when two skills have one name
   */
  constructor(skills: readonly Skill[], cell: WorkCell) {
    this.cell = cell;
    for (const skill of skills) {
      if (this.#skills.has(skill.name)) throw new InputError(`skill ${skill.name} is registered twice, expected once`);
      const isTrained = skill.policyTask === undefined || cell.policy?.tasks.includes(skill.policyTask);
      if (isTrained && (skill.isOffered?.(cell) ?? true)) this.#skills.set(skill.name, skill);
    }
  }

  /** All skills, in the order of their registration. */
  get skills(): readonly Skill[] {
    return [...this.#skills.values()];
  }

  /** The skill of a name; undefined when the cell has none. */
  get(name: string): Skill | undefined {
    return this.#skills.get(name);
  }
}
