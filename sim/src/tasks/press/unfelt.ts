import type { Range } from '../area.ts';
import { EXCESS_FORCE_N, FREE_DEPTH_M, SNAP_DEPTH_M } from './button-spring.ts';
import { CAP_HEIGHT_M, HIDDEN } from './scene.ts';

const mean = ([lower, upper]: Range): number => (lower + upper) / 2;
const width = ([lower, upper]: Range): number => upper - lower;
/** Mean of 1/x over a uniform x. */
const meanReciprocal = ([lower, upper]: Range): number => Math.log(upper / lower) / (upper - lower);

/** Mean distance between the click and the depth at which the stop pushes back with more than the judge's excess (m). */
const WINDOW_M =
  FREE_DEPTH_M +
  (mean(HIDDEN.peakForce) * (1 - mean(HIDDEN.dropRatio)) + EXCESS_FORCE_N) * meanReciprocal(HIDDEN.stopStiffness);

/** Height of a cap at rest, in the mean (m, scene). */
export const MEAN_TOP_M = mean(HIDDEN.height) + CAP_HEIGHT_M;

/** Depth of a press that is right for as many buttons as one depth can be (m). */
export const UNFELT_DEPTH_M = mean(HIDDEN.travel) + SNAP_DEPTH_M + WINDOW_M / 2;

/**
 * Share of the buttons for which {@link UNFELT_DEPTH_M} is right. Height and travel are uniform, so that where their sum is most frequent it is
 * as dense as the wider of the two.
 */
export const UNFELT_SHARE = WINDOW_M / Math.max(width(HIDDEN.height), width(HIDDEN.travel));
