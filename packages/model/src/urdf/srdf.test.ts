import { expect, it } from 'vitest';
import { parseSrdf } from './srdf.ts';

const srdf = (body: string) => `<?xml version="1.0"?><robot name="r">${body}</robot>`;

it('reads the pairs whose collisions are disabled, and nothing else', () => {
  const text = srdf(`<group name="arm"><chain base_link="a" tip_link="c"/></group>
    <disable_collisions link1="a" link2="b" reason="Adjacent"/>
    <disable_collisions link1="b" link2="d" reason="Never"/>`);
  const pairs = [
    ['a', 'b'],
    ['b', 'd'],
  ];
  expect(parseSrdf(text, 'r.srdf')).toEqual(pairs);
  expect(parseSrdf(new TextEncoder().encode(text), 'r.srdf')).toEqual(pairs);
  expect(parseSrdf(srdf(''), 'r.srdf')).toEqual([]);
});

it('names the file and what is wrong in one line', () => {
  expect(() => parseSrdf('<mujoco/>', 'r.srdf')).toThrow(
    'r.srdf: not an SRDF: the top element is <mujoco>, expected <robot>',
  );
  expect(() => parseSrdf(srdf('<disable_collisions link1="a"/>'), 'r.srdf')).toThrow(
    'r.srdf: a pair: <disable_collisions> has no link2',
  );
  expect(() => parseSrdf('', 'r.srdf')).toThrow('r.srdf: not XML: the file is empty');
});
