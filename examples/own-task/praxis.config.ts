/**
 * Registers the task `drag`:
 *
 *   npx praxis eval --config examples/own-task/praxis.config.ts --task drag --policy expert --episodes 20
 */
import { defineConfig } from '@praxis/evaluation/config';
import { drag } from './drag.ts';

export default defineConfig({ tasks: [drag] });
