import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { after, FrameQueue, inTurn, reporting } from './frame-queue.ts';

const later = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('FrameQueue', () => {
  it('handles frames in their order, whichever of them take a while or fail', async () => {
    const step = fc.constantFrom('at once', 'later', 'fails', 'fails later');
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const queue = new FrameQueue();
        const log: string[] = [];
        const ends = steps.map((each, i) =>
          queue.run(() =>
            reporting(
              () => {
                log.push(`${i} begins`);
                const end = (): void => {
                  log.push(`${i} ends`);
                  if (each.startsWith('fails')) throw new Error('refused');
                };
                return each.endsWith('later') ? later().then(end) : end();
              },
              () => log.push(`${i} is reported`),
            ),
          ),
        );
        for (const end of ends) await end;
        const expected = steps.flatMap((each, i) => [
          `${i} begins`,
          `${i} ends`,
          ...(each.startsWith('fails') ? [`${i} is reported`] : []),
        ]);
        expect(log).toEqual(expected);
      }),
    );
  });

  it('does everything at once for a world on the same thread', () => {
    const log: string[] = [];
    expect(
      new FrameQueue().run(() =>
        after(
          inTurn(['a', 'b'], (each) => void log.push(each)),
          () => {},
        ),
      ),
    ).toBe(undefined);
    expect(log).toEqual(['a', 'b']);
  });
});
