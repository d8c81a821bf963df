import { describe, expect, it } from 'vitest';
import { judgeMiddleware } from './checks.ts';

describe('the check of the middleware', () => {
  const report = { transport: 'rmw_fastrtps_cpp: UDP', nonBlocking: true, published: 2000, longestPublishMs: 0.81 };

  it('passes when publish cannot block and did not', () => {
    expect(judgeMiddleware(report)).toEqual({
      found: true,
      detail: 'rmw_fastrtps_cpp: UDP; the longest of 2000 calls of publish took 0.8 ms',
    });
  });

  it('fails when publish blocked, or when it can block and happened not to', () => {
    expect(judgeMiddleware({ ...report, longestPublishMs: 333.2 }).found).toBe(false);
    expect(judgeMiddleware({ ...report, nonBlocking: false }).found).toBe(false);
  });
});
