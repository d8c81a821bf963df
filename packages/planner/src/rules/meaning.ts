/** One property that the things meant must have. */
export type Filter =
  | { readonly by: 'word'; readonly word: string; readonly not?: boolean }
  | { readonly by: 'weight'; readonly weight: 'heavy' | 'light' | 'heaviest' | 'lightest' }
  /** The thing at an end, or the `rank`-th from it. */
  | { readonly by: 'extreme'; readonly towards: 'left' | 'right' | 'near' | 'far' | 'middle'; readonly rank?: number }
  | { readonly by: 'place'; readonly on: Place; readonly not?: boolean }
  | { readonly by: 'relation'; readonly relation: Relation; readonly anchors: readonly (Things | Place)[] }
  /** One of these. */
  | { readonly by: 'among'; readonly things: readonly Things[] }
  /** Everything but these. */
  | { readonly by: 'exclusion'; readonly things: readonly Things[] }
  /** Everything that the request has not named before. */
  | { readonly by: 'rest' }
  /** The thing of the last step with this skill. */
  | { readonly by: 'history'; readonly skill: string }
  /** A property that nothing measures. */
  | { readonly by: 'unknown'; readonly property: string };

/** Where a thing is compared with another one, as seen from the robot. */
export type Relation =
  | 'beside'
  | 'behind'
  | 'in front of'
  | 'left of'
  | 'right of'
  | 'between'
  | 'nearest'
  | 'farthest';

/** What a phrase says of the things that it means. */
export interface Things {
  readonly is: 'things';
  /** `the`: one certain thing, `any`: one of several, `all`: each of them. */
  readonly quantity: 'the' | 'any' | 'all';
  /** Refers to what was mentioned before: "it", "that one". */
  readonly pronoun?: boolean;
  /** Another one than the thing that was mentioned before. */
  readonly other?: boolean;
  readonly filters: readonly Filter[];
  /** Properties that choose among several things that are meant: those of the thing that this one replaces. */
  readonly hint?: readonly Filter[];
  /** The words of the phrase, for answers. */
  readonly text: string;
}

/** What a phrase says of a place. */
export interface Place {
  readonly is: 'place';
  readonly side?: 'left' | 'right';
  /** Name of a known place. */
  readonly name?: string;
  /** Another one than the place that was mentioned before. */
  readonly other?: boolean;
  /** The place that was mentioned before: "there". */
  readonly same?: boolean;
  /** Any place will do. */
  readonly any?: boolean;
  readonly not?: readonly Place[];
  readonly text: string;
}

/** A condition. Several parts hold together. */
export type Test =
  | { readonly if: 'seen'; readonly things: Things; readonly not: boolean }
  /** `bare`: it names no thing, as in "if heavy". */
  | {
      readonly if: 'weight';
      readonly things: Things;
      readonly weight: 'heavy' | 'light';
      readonly not: boolean;
      readonly bare?: boolean;
    }
  | { readonly if: 'heavier'; readonly things: Things; readonly than: Things; readonly not: boolean }
  | { readonly if: 'on'; readonly things: Things; readonly place: Place; readonly not: boolean }
  | { readonly if: 'held'; readonly things: Things | undefined; readonly not: boolean }
  | { readonly if: 'occupied'; readonly place: Place; readonly not: boolean };

/** One thing that a request asks for. */
export type Action =
  /** `bare`: a thing alone, without a verb. `or`: what "the cube on the right" means where it goes on after a putting. */
  | {
      readonly do: 'take';
      readonly what: readonly Things[];
      readonly bare?: boolean;
      readonly or?: { readonly what: readonly Things[]; readonly where: Place };
    }
  | { readonly do: 'put'; readonly what: readonly Things[]; readonly where: Place }
  | { readonly do: 'put down'; readonly what: readonly Things[] }
  /** With `most`, "it" is the heaviest or lightest of them afterwards. */
  | { readonly do: 'weigh'; readonly what: readonly Things[]; readonly most?: 'heaviest' | 'lightest' }
  | { readonly do: 'sort'; readonly what: Things }
  | { readonly do: 'go above'; readonly what: Things | Place }
  | { readonly do: 'skill'; readonly skill: string; readonly args: Readonly<Record<string, unknown>> }
  /** These things, and this place, are left alone. */
  | { readonly do: 'leave'; readonly what: readonly Things[]; readonly where?: Place }
  | { readonly do: 'nothing' }
  | {
      readonly do: 'if';
      readonly test: Test;
      readonly consequent: readonly Action[];
      readonly alternative: readonly Action[];
    }
  /** The last action once more, with other things or at another place; `corrects`: in place of it. */
  | { readonly do: 'again'; readonly what?: readonly Things[]; readonly where?: Place; readonly corrects?: boolean };
