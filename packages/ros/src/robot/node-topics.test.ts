import { describe, expect, it } from 'vitest';
import { heartbeatOf, queueOf, readsOf } from './node-topics.ts';

describe('a heartbeat', () => {
  it('says how full the queue is and which streams the policy reads', () => {
    for (const reads of [[], ['ee_state'], ['images.front', 'images.wrist', 'instruction']]) {
      const message = heartbeatOf('filled', reads);
      expect([queueOf(message), readsOf(message)]).toEqual(['filled', reads]);
    }
  });

  it('of a node that does not say what it reads counts as a need of every stream', () => {
    expect(readsOf({ ...heartbeatOf('empty', []), values: [] })).toBe('all');
  });
});
