import { defineConfig } from '@praxis/evaluation/config';
import { hover } from './hover-task.ts';
import { range } from './range-sensor.ts';

export default defineConfig({
  tasks: [hover],
  modalities: [range],
  policies: { hover: './hover-policy.ts', 'hover-by-range': './range-policy.ts' },
});
