/**
 * Registers the skill `wave`, which every planner and assistant can then use:
 *
 *   npx praxis run examples/own-skill/plan.ts
 *   npx praxis mcp --config examples/own-skill/praxis.config.ts --task sort
 */
import { defineConfig } from '@praxis/evaluation/config';
import { defineSkill } from '@praxis/planner';
import { z } from 'zod';

const wave = defineSkill({
  name: 'wave',
  description: 'Move the tool to the left and back.',
  arguments: z.strictObject({ distance: z.number().min(0.02).max(0.1) }),
  uses: ['arm'],
  timeout: 10,
  unmet: (_args, { held }) => (held ? ['the gripper holds something'] : []),
  expected: (_args, context) => context,
  run: async ({ distance }, robot) => {
    const [x, y, z] = robot.reading().tool;
    await robot.moveTo([x, y + distance, z]);
    await robot.moveTo([x, y, z]);
  },
});

export default defineConfig({ skills: [wave] });
