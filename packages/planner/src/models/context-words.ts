import type { PlannerContext } from '../context/context.ts';
import { namesOf } from '../context/lookup.ts';
import { quoted } from './quoted-data.ts';

const position = (at: readonly [number, number, number]): string => `(${at.map((each) => each.toFixed(2)).join(', ')})`;

/** A context in plain words, without what was said. Positions in m, base frame: x forward, y left, z up. */
export function contextInWords(context: PlannerContext): string {
  const { things, places, held, supervisor, history } = context;
  const lines = things.map(
    ({ name, position: at, on, mass }) =>
      `- ${name} at ${position(at)}${on ? `, on ${on}` : ''}${mass === undefined ? '' : `, ${mass.toFixed(2)} kg`}`,
  );
  return [
    `Things that the cameras see:${things.length === 0 ? ' nothing' : ''}`,
    ...lines,
    `Places: ${namesOf(places)}`,
    `The gripper holds ${held ? (held.thing ?? 'something') : 'nothing'}.`,
    `Supervisor: ${supervisor.state}${supervisor.cause ? `, ${supervisor.cause}` : ''}.`,
    ...history.map(({ step, outcome, seen }) => `Step ${step.skill}: ${outcome}, ${quoted(seen)}`),
  ].join('\n');
}

/** A context in few words: names without positions. */
export function briefContext({ things, places, held, history }: PlannerContext): string {
  return [
    `Things: ${things.map(({ name, on }) => (on ? `${name} on ${on}` : name)).join(', ') || 'none'}`,
    `Places: ${namesOf(places)}`,
    `Held: ${held ? (held.thing ?? 'something') : 'nothing'}`,
    ...(history.length === 0
      ? []
      : [`Done: ${history.map(({ step, outcome }) => `${step.skill} ${outcome}`).join(', ')}`]),
  ].join('\n');
}
