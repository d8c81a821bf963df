/** SI unit and factor of the units that robots' policies are trained in: SI value = value * factor. */
const UNITS: Readonly<Record<string, readonly [si: string, factor: number]>> = {
  deg: ['rad', Math.PI / 180],
  'deg/s': ['rad/s', Math.PI / 180],
  mm: ['m', 1e-3],
  cm: ['m', 1e-2],
  'mm/s': ['m/s', 1e-3],
  'cm/s': ['m/s', 1e-2],
  '%': ['1', 1e-2],
};

/** Units that {@link siUnit} converts. */
export const CONVERTED_UNITS: readonly string[] = Object.keys(UNITS);

/** The SI unit of a unit, and the factor that converts to it. A unit that is not in the list is taken as one of SI. */
export function siUnit(unit: string): { readonly unit: string; readonly factor: number } {
  const [si, factor] = UNITS[unit] ?? [unit, 1];
  return { unit: si, factor };
}

/** A straight line that is given by two points: `from[0]` becomes `to[0]`, and `from[1]` becomes `to[1]`. */
export interface LinearMap {
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** Factor and offset of a line, y = x * scale + offset; of the identity where there is none. */
export function lineOf(map: LinearMap | undefined): { readonly scale: number; readonly offset: number } {
  if (!map) return { scale: 1, offset: 0 };
  const scale = (map.to[1] - map.to[0]) / (map.from[1] - map.from[0]);
  return { scale, offset: map.to[0] - map.from[0] * scale };
}
