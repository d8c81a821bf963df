/** The states that latch until a reset, the least severe first. */
export const STOPS = ['hold', 'protective_stop', 'emergency_stop'] as const;

/**
 * One kind of stop. `hold` stops under control and keeps the drives powered (as in category 2 of IEC 60204-1).
 * `protective_stop` stops along the path and then closes the brakes (category 1). `emergency_stop` brakes as hard as
 * the limits allow (category 1) or removes power at once (category 0), as {@link StopsConfig} says.
 */
export type Stop = (typeof STOPS)[number];

/** Every reaction to a fault, the mildest first. */
export const REACTIONS = ['ignore', 'report', ...STOPS] as const;

/**
 * What a fault leads to. `ignore` disables the check. `report` records an event and lets the arm move on. Every other
 * reaction is a stop, which latches until a reset.
 */
export type Reaction = (typeof REACTIONS)[number];
