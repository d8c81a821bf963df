import { RulesPlanner, SHIPPED_SKILLS } from '@praxis/planner';
import { drawer, insert, interrupt, pick, press, SHIPPED_FAULTS, sort, tidy, wipe } from '@praxis/sim';
import { defineConfig } from './config.ts';

/** What comes with Praxis, registered as a user's own: tasks, faults, skills and the planner of rules. Node's commands add the shipped policy. */
export default defineConfig({
  tasks: [pick, sort, tidy, press, drawer, insert, wipe, interrupt],
  faults: SHIPPED_FAULTS,
  skills: SHIPPED_SKILLS,
  planners: { rules: () => new RulesPlanner() },
});
