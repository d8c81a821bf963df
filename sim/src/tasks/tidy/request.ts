import type { Random } from '@praxis/core';
import { SIDES, type Side } from '../trays.ts';
import type { TidyScene, TidyThing, Weight } from './scene.ts';

/** One clause of a request. `side` is the tray that it names. */
export type Clause =
  /** Put a thing on a tray. */
  | { readonly kind: 'put'; readonly thing: TidyThing; readonly side: Side }
  /** Put a thing on a tray if it has the weight, leave it otherwise. */
  | { readonly kind: 'if_weight'; readonly thing: TidyThing; readonly weight: Weight; readonly side: Side }
  /** Put a thing on one tray if it has the weight, on the other one otherwise. */
  | { readonly kind: 'by_weight'; readonly thing: TidyThing; readonly weight: Weight; readonly side: Side }
  /** Put the heavier or lighter one of two things on a tray, leave the other. */
  | { readonly kind: 'compared'; readonly pair: Pair; readonly weight: Weight; readonly side: Side }
  /** Put everything that lies on one side of a thing on a tray. */
  | { readonly kind: 'beside'; readonly thing: TidyThing; readonly relation: Side; readonly side: Side }
  /** Put the left or right one of two things that look alike on a tray. */
  | { readonly kind: 'twin'; readonly pair: Pair; readonly relation: Side; readonly side: Side };

/** Two things. */
export type Pair = readonly [TidyThing, TidyThing];
/** Where each named thing must be in the end, by the name of its body: on a tray, or still on the table. */
export type Targets = ReadonlyMap<string, Side | 'table'>;

/** A request: what is said, as data. */
export interface TidyRequest {
  readonly clauses: readonly Clause[];
  readonly targets: Targets;
}

/** Number of clauses, with its share. */
const CLAUSE_COUNTS = [2, 2, 3, 3, 4] as const;
/** Least difference in y of things of which one is left of the other (m), in an area of scale 1. */
const CLEARLY_BESIDE_M = 0.03;
/** Most things that a tray takes. */
const TRAY_CAPACITY = 2;
/** Share of clauses with a condition among those that follow the first condition. */
const CONDITION_SHARE = 0.3;

/** Distance by which one thing is further to the left of the arm's base than another (m). */
const leftOf = (a: TidyThing, b: TidyThing): number => a.object.pose[1] - b.object.pose[1];
const isClear = (a: TidyThing, b: TidyThing, scale: number): boolean =>
  Math.abs(leftOf(a, b)) > CLEARLY_BESIDE_M * scale;

/** The things that lie on one side of a thing. */
export const thingsBeside = (thing: TidyThing, relation: Side, things: readonly TidyThing[]): readonly TidyThing[] =>
  things.filter((each) => each !== thing && leftOf(each, thing) > 0 === (relation === 'left'));

const otherSide = (side: Side): Side => (side === 'left' ? 'right' : 'left');

/** Where the things that a clause names must be after it. */
function targetsOf(clause: Clause, things: readonly TidyThing[]): readonly (readonly [TidyThing, Side | 'table'])[] {
  const { kind, side } = clause;
  if (kind === 'put') return [[clause.thing, side]];
  if (kind === 'if_weight') return [[clause.thing, clause.thing.weight === clause.weight ? side : 'table']];
  if (kind === 'by_weight') return [[clause.thing, clause.thing.weight === clause.weight ? side : otherSide(side)]];
  if (kind === 'compared') return clause.pair.map((each) => [each, each.weight === clause.weight ? side : 'table']);
  if (kind === 'beside') return thingsBeside(clause.thing, clause.relation, things).map((each) => [each, side]);
  const [first, second] = clause.pair;
  const chosen = leftOf(first, second) > 0 === (clause.relation === 'left') ? first : second;
  return clause.pair.map((each) => [each, each === chosen ? side : 'table']);
}

/** Draws a request of two to four clauses, one of them at least with a condition by weight or by place. */
export function drawRequest(random: Random, scene: TidyScene, scale: number): TidyRequest {
  for (;;) {
    const request = tryRequest(random, scene, scale);
    if (request) return request;
  }
}

function tryRequest(random: Random, { things }: TidyScene, scale: number): TidyRequest | undefined {
  const first = random.pick(conditions(random, things, scale));
  const targets = new Map<string, Side | 'table'>();
  const load: Record<Side | 'table', number> = { left: 0, right: 0, table: 0 };
  const accept = (clause: Clause): boolean => {
    const added = targetsOf(clause, things);
    const isFree = added.every(([{ object }]) => !targets.has(object.name));
    const fits = SIDES.every(
      (side) => load[side] + added.filter(([, target]) => target === side).length <= TRAY_CAPACITY,
    );
    if (added.length === 0 || !isFree || !fits) return false;
    for (const [{ object }, target] of added) {
      targets.set(object.name, target);
      load[target]++;
    }
    return true;
  };
  if (!accept(first)) return undefined;
  const clauses = [first];
  const count = random.pick(CLAUSE_COUNTS);
  for (const thing of random.shuffle(things.filter(({ hasTwin }) => !hasTwin))) {
    if (clauses.length === count) break;
    const side = random.pick(SIDES);
    const weight = random.pick<Weight>(['heavy', 'light']);
    const isConditional = random.chance(CONDITION_SHARE);
    const clause: Clause = isConditional ? { kind: 'if_weight', thing, weight, side } : { kind: 'put', thing, side };
    // Which things lie beside another one is asked about the scene as it is at the start.
    const isPlaceFirst = first.kind === 'beside' || first.kind === 'twin';
    if (!accept(clause)) continue;
    if (isPlaceFirst) clauses.push(clause);
    else clauses.splice(random.integer(clauses.length + 1), 0, clause);
  }
  return clauses.length < 2 ? undefined : { clauses, targets };
}

/** Clauses with a condition that a scene allows, one of each kind. */
function conditions(random: Random, things: readonly TidyThing[], scale: number): readonly Clause[] {
  const single = random.shuffle(things.filter(({ hasTwin }) => !hasTwin));
  const twins = things.filter(({ hasTwin }) => hasTwin);
  const side = random.pick(SIDES);
  const relation = random.pick(SIDES);
  const weight = random.pick<Weight>(['heavy', 'light']);
  const [thing] = single;
  const found: Clause[] = [
    { kind: 'if_weight', thing, weight, side },
    { kind: 'by_weight', thing, weight, side },
  ];
  const other = single.find((each) => each.weight !== thing.weight);
  const pair = twins.length > 0 ? twins : other ? [thing, other] : [];
  if (pair.length > 0) found.push({ kind: 'compared', pair: [pair[0], pair[1]], weight, side });
  const reference = single.find(
    (each) =>
      things.every((another) => another === each || isClear(each, another, scale)) &&
      [1, 2].includes(thingsBeside(each, relation, things).length),
  );
  if (reference) found.push({ kind: 'beside', thing: reference, relation, side });
  if (twins.length > 0 && isClear(twins[0], twins[1], scale)) {
    found.push({ kind: 'twin', pair: [twins[0], twins[1]], relation, side });
  }
  return found;
}

/** The same request with the trays exchanged. */
export const withTraysExchanged = ({ clauses, targets }: TidyRequest): TidyRequest => ({
  clauses: clauses.map((clause) => ({ ...clause, side: otherSide(clause.side) })),
  targets: new Map([...targets].map(([name, target]) => [name, target === 'table' ? target : otherSide(target)])),
});
