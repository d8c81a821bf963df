import { describe, expect, it } from 'vitest';
import { TRAYS } from '../testing/scene.ts';
import type { LocatedThing } from './find-things.ts';
import { ThingTracker } from './thing-tracker.ts';

/** A find with the probability that it is a cube, and no cylinder. */
const find = (colour: 'red' | 'blue', cube: number, x: number, y: number): LocatedThing => {
  const certain = { [colour]: 0, [colour === 'red' ? 'blue' : 'red']: -9 };
  const shapes = { cube: Math.log(cube), cylinder: Math.log(1 - cube) };
  return { position: [x, y, 0.02], confidence: 0.9, evidence: [certain, shapes] };
};
const options = { places: TRAYS };
const names = (things: readonly { readonly name: string }[]) => things.map(({ name }) => name);

describe('ThingTracker', () => {
  it('keeps the name that most looks agree on', () => {
    const tracker = new ThingTracker();
    expect(names(tracker.update([find('red', 0.9, 0.4, 0)], options))).toEqual(['red cube']);
    expect(names(tracker.update([find('red', 0.4, 0.41, 0.01)], options))).toEqual(['red cube']);
    for (let i = 0; i < 8; i++) tracker.update([find('red', 0.4, 0.41, 0.01)], options);
    expect(names(tracker.update([find('red', 0.4, 0.41, 0.01)], options))).toEqual(['red cylinder']);
  });

  it('leaves a word open that each look leaves open, however many say the same', () => {
    const tracker = new ThingTracker();
    const look = () => tracker.update([find('red', 0.9, 0.4, 0)], options)[0].alternatives;
    for (let i = 0; i < 6; i++) expect(look()).toEqual(['cylinder']);
    const sure = new ThingTracker();
    for (let i = 0; i < 6; i++)
      expect(sure.update([find('red', 0.999, 0.4, 0)], options)[0].alternatives).toBeUndefined();
  });

  it('follows a known thing by finds that are unsure, which show no new thing', () => {
    const tracker = new ThingTracker();
    const [red, blue] = [find('red', 0.9, 0.4, 0), find('blue', 0.9, 0.5, 0.1)];
    const unsure = (thing: LocatedThing): LocatedThing => ({ ...thing, confidence: 0.6 });
    expect(names(tracker.update([red, unsure(blue)], options))).toEqual(['red cube']);
    for (let i = 0; i < 6; i++) expect(names(tracker.update([unsure(red)], options))).toEqual(['red cube']);
    expect(names(tracker.update([red, blue], options))).toEqual(['blue cube', 'red cube']);
  });

  it('remembers a thing that is hidden for a moment, and forgets one that stays away', () => {
    const tracker = new ThingTracker();
    const both = [find('red', 0.9, 0.4, 0), find('blue', 0.9, 0.5, 0.1)];
    tracker.update(both, options);
    for (let i = 0; i < 3; i++) expect(names(tracker.update([both[1]], options))).toEqual(['blue cube', 'red cube']);
    expect(names(tracker.update([both[1]], options))).toEqual(['blue cube']);
  });

  it('leaves out the thing in the fingers, and knows it again where it was put', () => {
    const tracker = new ThingTracker();
    const blue = find('blue', 0.9, 0.5, -0.1);
    tracker.update([find('red', 0.9, 0.4, 0.05), blue], options);
    expect(names(tracker.update([blue], { ...options, held: [0.41, 0.05, 0.15] }))).toEqual(['blue cube']);
    expect(names(tracker.update([blue], { ...options, held: [0.47, 0.26, 0.2] }))).toEqual(['blue cube']);
    // In the shadow of the arm it looks more like a cylinder; two looks together say cube.
    const put = { ...find('red', 0.6, 0.48, 0.26), position: [0.48, 0.26, 0.03] as const };
    const things = tracker.update([put, blue], options);
    expect(things.map(({ name, on }) => [name, on])).toEqual([
      ['red cube', 'left tray'],
      ['blue cube', undefined],
    ]);
  });

  it('takes the thing under closed fingers for the one in them, although a hidden one is missing and the lifted one still seems to be there', () => {
    const tracker = new ThingTracker();
    const red = find('red', 0.9, 0.4, 0.05);
    tracker.update([red, find('blue', 0.9, 0.46, 0.13)], options);
    const held = [0.41, 0.05, 0.14] as const;
    const ghost = { ...red, position: [0.38, 0.04, 0.02] as const };
    expect(names(tracker.update([ghost], { ...options, held }))).toEqual(['blue cube']);
    const put = tracker.update([], { ...options, tool: [0.48, 0.26, 0.16] });
    expect(put.map(({ name, on }) => [name, on])).toEqual([
      ['red cube', 'left tray'],
      ['blue cube', undefined],
    ]);
  });

  it('knows a thing again whose place seems to be 6 cm further, since the arm hides a part of it', () => {
    const tracker = new ThingTracker();
    tracker.update([find('red', 0.9, 0.44, 0)], options);
    expect(names(tracker.update([find('red', 0.1, 0.5, 0)], options))).toHaveLength(1);
  });

  it('knows where a thing was put that the arm hides, and not at its old place', () => {
    const tracker = new ThingTracker();
    tracker.update([find('red', 0.9, 0.4, 0.05)], options);
    tracker.update([], { ...options, held: [0.41, 0.05, 0.15] });
    const put = tracker.update([], { ...options, tool: [0.48, 0.26, 0.16] });
    expect(put.map(({ name, on, position }) => [name, on, ...position])).toEqual([
      ['red cube', 'left tray', 0.48, 0.26, TRAYS[0].position[2] + 0.02],
    ]);
  });

  it('begins anew when it is told to, but for the thing in the fingers', () => {
    const tracker = new ThingTracker();
    const both = [find('red', 0.9, 0.4, 0.05), find('blue', 0.9, 0.5, -0.1)];
    tracker.update(both, options);
    tracker.forget();
    expect(names(tracker.update([both[1]], options))).toEqual(['blue cube']);
    tracker.update(both, options);
    tracker.update([both[1]], { ...options, held: [0.41, 0.05, 0.15] });
    tracker.forget();
    expect(names(tracker.update([], { ...options, tool: [0.48, 0.26, 0.16] }))).toEqual(['red cube']);
  });

  it('takes a new thing beside a known one for another thing', () => {
    const tracker = new ThingTracker();
    tracker.update([find('red', 0.9, 0.4, 0)], options);
    const things = tracker.update([find('red', 0.9, 0.4, 0), find('red', 0.9, 0.4, -0.1)], options);
    expect(names(things)).toEqual(['red cube 1', 'red cube 2']);
  });
});
