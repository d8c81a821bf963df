import { isUnderWay, type PlanDisplay, type PlanStepDisplay } from '../protocol/plan.ts';
import { element, make, write } from './elements.ts';

const STATE_LABELS: Readonly<Record<PlanDisplay['state'], string>> = {
  planning: 'planning',
  asking: 'asks you',
  running: 'running',
  done: 'done',
  failed: 'failed',
  refused: 'refused',
  unanswered: 'not begun',
  stopped: 'stopped',
  cancelled: 'cancelled',
};

const STEP_LABELS: Readonly<Record<PlanStepDisplay['state'], string>> = {
  waiting: '',
  running: 'running',
  done: 'done',
  failed: 'failed',
  skipped: 'left out',
  interrupted: 'interrupted',
};

const SOURCE_TITLES: Readonly<Record<PlanDisplay['source'], string>> = {
  cameras: 'What the cameras see',
  simulator: 'What the simulator knows',
};

/** A confidence below this is displayed as doubtful. */
const DOUBTFUL_CONFIDENCE = 0.75;
const PLACEHOLDER = 'type a request';

/** Displays a plan: its steps with their states, what the planner sees, and the question that waits for an answer. */
export class PlanPanel {
  readonly #panel = element('plan', HTMLElement);
  readonly #state = element('plan-state', HTMLOutputElement);
  readonly #text = element('plan-text', HTMLElement);
  readonly #cancel = element('cancel-plan', HTMLButtonElement);
  readonly #steps = element('plan-steps', HTMLOListElement);
  readonly #source = element('plan-source', HTMLElement);
  readonly #things = element('plan-things', HTMLUListElement);
  readonly #field = element('instruction-text', HTMLInputElement);
  readonly #instruction = element('instruction', HTMLElement);
  readonly #usualPlaceholder = this.#field.placeholder;
  #planner: 'present' | 'absent' = 'absent';

  /** @param cancel ends the plan */
  constructor(cancel: () => void) {
    this.#cancel.onclick = cancel;
  }

  /** Begins an episode. @param planner whether requests go to a planner */
  clear(planner: 'present' | 'absent'): void {
    this.#planner = planner;
    this.#panel.hidden = true;
    this.#instruction.dataset.planner = planner;
    this.#renderField(undefined);
  }

  display(plan: PlanDisplay): void {
    const { state, steps, things, question, summary, source } = plan;
    this.#panel.hidden = false;
    this.#panel.dataset.state = state;
    write(this.#state, STATE_LABELS[state]);
    write(this.#text, question ?? summary ?? '');
    this.#text.title = question ?? summary ?? '';
    this.#cancel.hidden = !isUnderWay(plan);
    this.#renderField(question);
    this.#steps.replaceChildren(...steps.map(stepLine));
    this.#steps.querySelector('[data-state=running]')?.scrollIntoView({ block: 'nearest' });
    write(this.#source, SOURCE_TITLES[source]);
    this.#things.replaceChildren(
      ...things.map(({ name, where, confidence }) => {
        const line = make('li');
        const certainty = make('span', 'certainty', `${Math.round(100 * confidence)} %`);
        if (confidence < DOUBTFUL_CONFIDENCE) certainty.dataset.doubtful = '';
        line.append(make('span', 'thing', name), make('span', 'where', where), certainty);
        return line;
      }),
    );
  }

  /** The field of words takes the answer to a question as well. */
  #renderField(question: string | undefined): void {
    const usual = this.#planner === 'present' ? PLACEHOLDER : this.#usualPlaceholder;
    this.#field.placeholder = question === undefined ? usual : 'your answer';
  }
}

function stepLine({ text, state, seen }: PlanStepDisplay): HTMLElement {
  const line = make('li');
  line.dataset.state = state;
  line.append(make('span', 'step', text), make('span', 'state', STEP_LABELS[state]));
  // What went as expected needs no words; how it was done does.
  const remark = seen.replace(/^as expected(; )?/, '');
  if (remark !== '') line.append(make('span', 'seen', remark));
  return line;
}
