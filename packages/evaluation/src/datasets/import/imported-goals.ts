import { goalsOf, type RecordedGoal } from '../../demonstrations/dataset.ts';
import type { Project } from '../../project/project.ts';

/** Goals of an import: those of the registered tasks, and one for each other text. */
export class ImportedGoals {
  readonly tasks: string[];
  readonly goals: RecordedGoal[];

  constructor({ registry }: Project) {
    this.tasks = registry.policyTasks.map(({ name }) => name);
    this.goals = [...goalsOf(registry.policyTasks)];
  }

  /** Number of a task. */
  task(name: string): number {
    if (!this.tasks.includes(name)) this.tasks.push(name);
    return this.tasks.indexOf(name);
  }

  /**
   * Number of what a text asks for in a task.
   * @param key of the goal, if the dataset says it
   */
  goal(task: string, text: string, key?: string): number {
    const own = this.goals.findIndex((each) => each.task === task && each.key === key);
    if (own >= 0) return own;
    const said = text.toLowerCase();
    const at = this.goals.findIndex(
      ({ task: of, texts }) => of === task && texts.some((each) => each.toLowerCase() === said),
    );
    if (at >= 0) return at;
    return this.goals.push({ key: `${task}: ${text}`, task, texts: [text] }) - 1;
  }
}
