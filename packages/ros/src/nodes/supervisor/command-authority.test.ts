import { describe, expect, it } from 'vitest';
import { FakeNode } from '../../testing/fake-node.ts';
import { CommandAuthority } from './command-authority.ts';
import { rivalsOf } from './rivals.ts';

const PERIOD_S = 0.002;
const POLICY = '/policy_node 1f';

function setUp() {
  const conflicts: string[] = [];
  return { conflicts, authority: new CommandAuthority((reason) => conflicts.push(reason)) };
}

describe('CommandAuthority', () => {
  it('lets no second sender move the arm, reports it once, and names both', () => {
    const { conflicts, authority } = setUp();
    for (let now = 100; now < 101; now += PERIOD_S) {
      expect(authority.accept(POLICY, now)).toBe(true);
      expect(authority.accept('/teleop_node 2a', now)).toBe(false);
    }
    expect(conflicts).toEqual(['2 nodes command the arm at once: /policy_node, /teleop_node']);
  });

  it('tells two nodes of the same name apart, and a node that does not say its name', () => {
    for (const other of ['/policy_node 2a', '']) {
      const { conflicts, authority } = setUp();
      authority.accept(POLICY, 100);
      expect(authority.accept(other, 100.001)).toBe(false);
      expect(conflicts).toHaveLength(1);
    }
  });

  it('ends a conflict 0.2 s after the last command of the other sender, and gives the authority to the next sender after a silence', () => {
    const { conflicts, authority } = setUp();
    authority.accept(POLICY, 100);
    authority.accept('/teleop_node 2a', 100.01);
    expect(authority.conflict(100.15)).toBeDefined();
    authority.accept(POLICY, 100.3);
    expect(authority.conflict(100.3)).toBeUndefined();
    expect(authority.accept('/teleop_node 2a', 100.6)).toBe(true);
    expect(authority.accept(POLICY, 100.61)).toBe(false);
    expect(conflicts).toHaveLength(2);
  });

  it('is not blocked by a clock that was set back', () => {
    const { conflicts, authority } = setUp();
    authority.accept(POLICY, 100);
    expect(authority.accept('/teleop_node 2a', 40)).toBe(true);
    expect(conflicts).toEqual([]);
  });

  it('reports publishers that pass the supervisor by, once, until they are gone', () => {
    const { conflicts, authority } = setUp();
    for (const now of [100, 100.2]) authority.reportRivals('a script publishes', now);
    expect(authority.conflict(100.3)).toBe('a script publishes');
    authority.reportRivals(undefined, 100.4);
    expect([authority.conflict(100.4), conflicts]).toEqual([undefined, ['a script publishes']]);
  });
});

describe('rivalsOf', () => {
  const OUTPUT = 'forward_position_controller/commands';
  const topics = { outputs: [OUTPUT], commands: ['command'], commander: POLICY };

  it('finds a second publisher on the topic of a controller, also a second supervisor of the same name', () => {
    const { node, publishers } = new FakeNode();
    publishers.set(`/${OUTPUT}`, ['/fake_node']);
    expect(rivalsOf(node, topics)).toBeUndefined();
    for (const other of ['/my_script', '/fake_node']) {
      publishers.set(`/${OUTPUT}`, ['/fake_node', other]);
      expect(rivalsOf(node, topics)).toBe(`the supervisor is not the only publisher of /${OUTPUT}: ${other}`);
    }
  });

  it('finds publishers of commands that cannot be told apart', () => {
    const { node, publishers } = new FakeNode();
    publishers.set('/command', ['/policy_node', '/my_script']);
    // A node that waits may be there as long as it sends nothing.
    expect(rivalsOf(node, topics)).toBeUndefined();
    expect(rivalsOf(node, { ...topics, commander: '' })).toMatch(
      /^2 nodes publish \/command, .*: \/policy_node, \/my_script$/,
    );
  });
});
