import { errorMessage, InputError } from '@praxis/core';
import { decodeXml } from '../xml/decode.ts';
import { parseXml } from '../xml/parse.ts';
import { findChildren, readText } from './attributes.ts';

/** Two links, by name. */
export type LinkPair = readonly [string, string];

/**
 * Reads the pairs of links that an SRDF (https://wiki.ros.org/srdf) excludes from collision checks: `disable_collisions`. Everything
 * else of the file is ignored.
 * @param file text, or the bytes of the file
 * @param source name of the file, for messages
 * @throws {InputError} in one line when it is no SRDF
 */
export function parseSrdf(file: string | Uint8Array, source: string): readonly LinkPair[] {
  try {
    const robot = parseXml(typeof file === 'string' ? file : decodeXml(file), 'an SRDF');
    if (robot.tag !== 'robot') throw new InputError(`not an SRDF: the top element is <${robot.tag}>, expected <robot>`);
    return findChildren(robot, 'disable_collisions').map((element) => [
      readText(element, 'link1', 'a pair'),
      readText(element, 'link2', 'a pair'),
    ]);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(`${source}: ${errorMessage(error)}`, { cause: error });
  }
}
