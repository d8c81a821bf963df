const synonyms = (table: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(Object.entries(table).flatMap(([meaning, all]) => all.split(' ').map((word) => [word, meaning] as const)));

/** Colours and the words for them. */
export const COLOURS = synonyms({
  red: 'red crimson scarlet',
  green: 'green emerald',
  blue: 'blue navy azure',
  yellow: 'yellow lemon golden',
  orange: 'orange tangerine',
  purple: 'purple violet',
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
  cylinder: 'cylinder cylinders drum drums tin tins',
  brick: 'brick bricks',
  box: 'box boxes',
});
