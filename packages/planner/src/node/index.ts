/**
 * What needs Node: models in a process of their own, recorded answers, the log of exchanges.
 *
 * @example
 * import { plannerFrom } from '@praxis/planner/node';
 * const planner = await plannerFrom('http://127.0.0.1:8080/v1#qwen3');
 */
export { logExchanges } from './exchange-log.ts';
export { LLAMA_INSTALL_COMMAND } from './local/llama-library.ts';
export { LocalPlanner, type LocalPlannerOptions } from './local/local-planner.ts';
export { type PlanHttpOptions, type PlanHttpServer, servePlansOverHttp } from './mcp/serve-http.ts';
export { servePlansOnStdio } from './mcp/serve-stdio.ts';
export {
  PLANNER_KEY_VARIABLE,
  type PlannerFromOptions,
  plannerFrom,
  type RegisteredPlanners,
} from './planner-from.ts';
export { recordAnswers } from './recorded/record-answers.ts';
export { RecordedPlanner } from './recorded/recorded-planner.ts';
