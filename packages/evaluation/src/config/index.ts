/**
 * The configuration file: tasks, faults, modalities and policies from outside. Runs in Node and in browsers.
 *
 * @example
 * import { defineConfig } from '@praxis/evaluation/config';
 *
 * export default defineConfig({ policies: { own: './model' } });
 */
export { isPolicy, type PolicyFactory } from '@praxis/core';
export { checkConfig, defineConfig, type PlannerFactory, type PolicyEntry, type PraxisConfig } from './config.ts';
export { type ConfigSource, Named, type RegisteredPolicy, type RegisteredRobot, Registry } from './registry.ts';
