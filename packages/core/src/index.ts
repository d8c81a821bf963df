/**
 * Core of Praxis: ports for robots and policies, specs and values of their signals, the control loop, stream operators,
 * deterministic math and RPC to services. It runs in Node and in browsers.
 *
 * @example
 * import { inOrder } from '@praxis/core';
 * robot.stream('wrench').pipe(inOrder({ maximumDelay: 0.02 })).subscribe(({ value }) => console.log(value[2])); // fz (N)
 */
export * from './actions/index.ts';
export * from './control/index.ts';
export * from './errors/errors.ts';
export { lfsPointerHint } from './errors/lfs-pointer.ts';
export * from './loop/index.ts';
export * from './math/index.ts';
export * from './ports/arm-command.ts';
export * from './ports/base-command.ts';
export * from './ports/kinematics.ts';
export * from './ports/policy.ts';
export * from './ports/policy-factory.ts';
export * from './ports/robot.ts';
export * from './ports/trained-robot.ts';
export * from './rpc/index.ts';
export * from './signals/clock.ts';
export * from './signals/sample-fault.ts';
export * from './signals/specs.ts';
export * from './signals/stamped.ts';
export * from './signals/values.ts';
export * from './streams/index.ts';
export { jsonText } from './words/json-text.ts';
export { SPOTTED_STOP_WORDS, STOP_WORDS, stopWordIn } from './words/stop-words.ts';
export { visibleText } from './words/visible-text.ts';
