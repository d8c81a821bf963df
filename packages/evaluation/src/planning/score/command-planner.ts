import type { Plan, Planner, PlanRequest } from '@praxis/planner';
import { type Intent, judgeInstruction, Language } from '@praxis/teleop';

const DIRECTIONS = { x: ['forward', 'back'], y: ['left', 'right'], z: ['up', 'down'] } as const;

/**
 * The baseline: what happens without a planner. The command language reads the request as one command; an instruction goes to the learned
 * policy, here the thing with the most words in it.
 */
export class CommandPlanner implements Planner {
  readonly name = 'command language';

  async plan({ request, context, catalogue }: PlanRequest): Promise<{ plan: Plan; cost: { seconds: number } }> {
    const start = performance.now();
    const language = new Language({ words: catalogue.cell.policy?.words ?? [], instructions: [] });
    const said = context.utterances.findLast(({ from }) => from === 'operator')?.text;
    const last = said === undefined ? {} : { instruction: said };
    const intent = language.interpret(request, last);
    const verdict = judgeInstruction(language, request, last);
    const plan = verdict.verdict === 'instruct' ? take(verdict.text, context.things) : motion(intent, request);
    return { plan, cost: { seconds: (performance.now() - start) / 1000 } };
  }
}

const steps = (restatement: string, skill: string, args: Readonly<Record<string, unknown>>): Plan => ({
  kind: 'steps',
  restatement,
  steps: [{ skill, arguments: { ...args } }],
});

function take(text: string, things: PlanRequest['context']['things']): Plan {
  const words = text.split(' ');
  const sorting = /\b(heav\w*|light\w*)\b.*\b(left|right)\b/.exec(text);
  if (sorting)
    return steps(text, 'sort', { weight: sorting[1].startsWith('heav') ? 'heavy' : 'light', side: sorting[2] });
  const scored = things.map(({ name, words: own }) => ({
    name,
    count: own.filter((word) => words.includes(word)).length,
  }));
  const best = scored.reduce((one, other) => (other.count > one.count ? other : one), { name: '', count: 0 });
  return best.count === 0
    ? { kind: 'refusal', reason: `"${text}" names nothing here` }
    : steps(text, 'pick', { thing: best.name });
}

function motion(intent: Intent, request: string): Plan {
  if (intent.kind === 'move' && intent.frame === 'base' && intent.until === undefined)
    return steps(request, 'move', {
      direction: DIRECTIONS[intent.axis][intent.metres >= 0 ? 0 : 1],
      distance: Math.abs(intent.metres),
    });
  if (intent.kind === 'rotate' && intent.axis === 'z') return steps(request, 'rotate', { angle: intent.radians });
  if (intent.kind === 'home') return steps(request, 'home', {});
  if (intent.kind === 'gripper' && 'action' in intent) return steps(request, `${intent.action}_gripper`, {});
  return { kind: 'refusal', reason: `"${request}" is no command` };
}
