import { describe, expect, it } from 'vitest';
import { REAL_TIME_PRIORITY, requestRealTime, setUpLoopRealTime, setUpRealTime } from './real-time.ts';

const refuse = () => "chrt: failed to set pid 7's policy:\n Operation not permitted";

function logger() {
  const lines: string[] = [];
  return { lines, log: { warn: (line: string) => lines.push(line) > 0 } };
}

describe('real-time scheduling', () => {
  it('is asked for all threads of a process, or for one thread', () => {
    const calls: string[] = [];
    const grant = (args: readonly string[]) => void calls.push(args.join(' '));
    const { log, lines } = logger();
    expect(setUpRealTime(log, 'auto', 40, grant)).toBe('granted');
    expect(requestRealTime(7, 50, 'thread', grant)).toBeUndefined();
    expect(setUpRealTime(log, 'never', 40, grant)).toBe('none');
    expect(lines).toEqual([]);
    expect(calls).toEqual([
      `--rr --reset-on-fork --all-tasks --pid 40 ${process.pid}`,
      '--rr --reset-on-fork --pid 50 7',
    ]);
  });

  it('is told in one line where the system refuses it, and refused in words where it is required', () => {
    const { log, lines } = logger();
    expect(setUpRealTime(log, 'auto', 40, refuse)).toBe('none');
    expect(lines).toEqual([
      expect.stringMatching(/^no real-time scheduling \(chrt: .*Operation not permitted\): .*limits\.d/),
    ]);
    expect(lines[0]).not.toContain('\n');
    expect(() => setUpRealTime(log, 'required', 40, refuse)).toThrow(
      /^parameter realtime: required, but .*Operation not permitted/,
    );
  });

  it('puts the inference of a policy below its loop', () => {
    const calls: string[] = [];
    setUpLoopRealTime(logger().log, 'auto', 7, (args) => void calls.push(args.join(' ')));
    expect(calls).toEqual([
      `--rr --reset-on-fork --all-tasks --pid 30 ${process.pid}`,
      '--rr --reset-on-fork --all-tasks --pid 10 7',
    ]);
  });

  it('puts the supervisor above what it guards', () => {
    const { supervisorThread, supervisor, loop, simulator } = REAL_TIME_PRIORITY;
    expect([supervisorThread, supervisor, loop, simulator]).toEqual(
      [supervisorThread, supervisor, loop, simulator].sort((a, b) => b - a),
    );
    expect(new Set([supervisorThread, supervisor, loop, simulator]).size).toBe(4);
  });
});
