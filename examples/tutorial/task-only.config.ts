import { defineConfig } from '@praxis/evaluation/config';
import { hover } from './hover-task.ts';

export default defineConfig({ tasks: [hover] });
