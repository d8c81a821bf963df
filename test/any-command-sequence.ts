import fc from 'fast-check';
import { expect } from 'vitest';
import { change, openDrivenArm } from './driven-arm.ts';

const sentences = [
  ...[
    'left 5 cm',
    'right 10 cm',
    'up 8 cm',
    'down 10 cm',
    'forward 9 cm',
    'move back 10 cm',
    'extend 5 cm',
    'retract 3 cm',
  ],
  ...[
    'rotate 45 degrees clockwise',
    'tilt 30 degrees forward',
    'roll 40 degrees left',
    'go home',
    'yes',
    'no',
    'again',
    'back',
  ],
  ...['keep going left', 'keep going down', 'keep going', 'hold', 'continue', 'faster', 'full speed', 'half speed'],
  ...['open', 'close gently', 'pick up the red cube', 'stop', 'lalala', 'up 30 cm', 'down 30 cm', 'forward 30 cm'],
];

/** Runs `count` random sequences of commands: none violates a limit, and after a stop nothing moves. */
export async function expectSafeSequences(count: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 1000 }),
      fc.array(fc.tuple(fc.constantFrom(...sentences), fc.double({ min: 0, max: 2, noNaN: true })), {
        minLength: 12,
        maxLength: 24,
      }),
      async (seed, all) => {
        const { arm, command, tool, run, expectSafe } = await openDrivenArm({ seed });
        for (const [text, seconds] of all) {
          await command(text, seconds);
          if (arm.supervisionPhase !== 'stopped') continue;
          await run(1);
          const rest = tool();
          await command('up 8 cm', 0.3);
          for (const offset of change(rest, tool()).moved) expect(Math.abs(offset)).toBeLessThan(0.001);
          arm.resetAndStart();
        }
        expectSafe();
        const { position } = tool();
        for (let i = 0; i < 3; i++) {
          expect(position[i]).toBeGreaterThan([0.2, -0.5, -0.02][i]);
          expect(position[i]).toBeLessThan([0.8, 0.5, 0.7][i]);
        }
      },
    ),
    { numRuns: count },
  );
}
