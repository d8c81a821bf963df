const synonyms = (table: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(Object.entries(table).flatMap(([meaning, all]) => all.split(' ').map((word) => [word, meaning] as const)));

/** Colours and the words for them. */
export const COLOURS = synonyms({
  red: 'red crimson scarlet ruby cherry maroon',
  green: 'green emerald jade lime olive',
  blue: 'blue navy azure cobalt sapphire',
  yellow: 'yellow lemon golden gold',
  orange: 'orange tangerine',
  purple: 'purple violet lilac lavender',
  brown: 'brown',
  black: 'black',
  white: 'white',
  gray: 'gray',
  pink: 'pink',
});

/** Words for the places on which things are put. */
export const TRAYS: ReadonlySet<string> = new Set(['tray', 'trays', 'plate', 'dish', 'pad', 'platform']);

/** Shapes and the words for them, with their plurals. */
export const SHAPES = synonyms({
  cube: 'cube cubes die dice',
  cylinder: 'cylinder cylinders drum drums tin tins tube tubes can cans',
  brick: 'brick bricks bar bars',
  box: 'box boxes',
});
