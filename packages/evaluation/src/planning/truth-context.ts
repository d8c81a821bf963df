import { type KnownPlace, nameThings, type PlannerContext, placeUnder } from '@praxis/planner';
import { isStop } from '@praxis/safety';
import { type Episode, taskState } from '@praxis/sim';
import { supervisionPhase } from '@praxis/teleop';

/** The context of a simulated scene by its true state, for comparison with what cameras find. */
export function truthContext(episode: Episode, places: readonly KnownPlace[]): PlannerContext {
  const state = taskState(episode.world, episode.robot);
  const { supervisor, instance } = episode;
  const found = instance.named.map(({ object, colour, shape }) => {
    const position = state.position(object);
    const place = placeUnder(position, places);
    return { words: [colour, shape], position, confidence: 1, ...(place ? { on: place.name } : {}) };
  });
  const phase = supervisor ? supervisor.state : supervisionPhase('running', isStop);
  return {
    time: state.time,
    things: nameThings(found),
    places,
    ...(state.gripping ? { held: {} } : {}),
    gripperWidth: state.width,
    tool: state.tool,
    supervisor: { state: phase, ...(supervisor?.stopCause ? { cause: supervisor.stopCause.message } : {}) },
    utterances: [],
    history: [],
  };
}
