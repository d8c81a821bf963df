import type { KnownPlace, PlannerContext, SeenThing } from '@praxis/planner';
import { isStop } from '@praxis/safety';
import { type Episode, taskState } from '@praxis/sim';
import { supervisionPhase } from '@praxis/teleop';

/** A thing whose middle is this far above a place does not lie on it (m). */
const RESTING_HEIGHT_M = 0.06;

/** The context of a simulated scene by its true state, for comparison with what cameras find. */
export function truthContext(episode: Episode, places: readonly KnownPlace[]): PlannerContext {
  const state = taskState(episode.world, episode.robot);
  const { supervisor, instance } = episode;
  const found = instance.named.map(({ object, colour, shape }) => ({
    words: [colour as string, shape as string],
    position: state.position(object),
  }));
  const phase = supervisor ? supervisor.state : supervisionPhase('running', isStop);
  return {
    time: state.time,
    things: nameThings(found).map((thing) => ({ ...thing, ...onOf(thing, places) })),
    places,
    ...(state.gripping ? { held: {} } : {}),
    gripperWidth: state.width,
    tool: state.tool,
    supervisor: { state: phase, ...(supervisor?.stopCause ? { cause: supervisor.stopCause.message } : {}) },
    utterances: [],
    history: [],
  };
}

type Found = Pick<SeenThing, 'words' | 'position'>;

/** Names things by their words, and those that look alike by number from left to right. */
function nameThings(found: readonly Found[]): readonly SeenThing[] {
  const ordered = [...found].sort((a, b) => b.position[1] - a.position[1]);
  return ordered.map((each) => {
    const words = each.words.join(' ');
    const alike = ordered.filter((other) => other.words.join(' ') === words);
    const name = alike.length === 1 ? words : `${words} ${alike.indexOf(each) + 1}`;
    return { ...each, name, confidence: 1 };
  });
}

function onOf({ position: [x, y, z] }: Found, places: readonly KnownPlace[]): Pick<SeenThing, 'on'> {
  const place = places.find(
    ({ position, halfSize }) =>
      Math.abs(position[0] - x) <= halfSize[0] &&
      Math.abs(position[1] - y) <= halfSize[1] &&
      z > position[2] &&
      z < position[2] + RESTING_HEIGHT_M,
  );
  return place ? { on: place.name } : {};
}
