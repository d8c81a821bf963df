import { visibleText } from '@praxis/core';
import type { RclLogger } from './types.ts';

type Constructor = new (...args: never[]) => object;

/** Makes a node class whose log escapes control characters: names from files and messages stand in its lines. */
export function withEscapedLog<C extends Constructor>(Base: C): C {
  const Node = Base as unknown as new (...args: unknown[]) => { getLogger(): RclLogger };
  class EscapingNode extends Node {
    override getLogger(): RclLogger {
      const log = super.getLogger();
      return {
        debug: (line) => log.debug(visibleText(line)),
        info: (line) => log.info(visibleText(line)),
        warn: (line) => log.warn(visibleText(line)),
        error: (line) => log.error(visibleText(line)),
      };
    }
  }
  return EscapingNode as unknown as C;
}
