import type { Policy } from '@praxis/core';

/** A policy whose every inference fails. */
const policy: Policy = {
  spec: { name: 'throwing', inputs: [], horizon: 8, actionPeriod: 0.05, inferencePeriod: 0.1 },
  infer: () => Promise.reject(new Error('the camera is upside down')),
  reset() {},
  async close() {},
};
export default policy;
