import type { TelemetryFrame } from '../protocol/protocol.ts';
import { CameraView } from './camera-view.ts';
import { make } from './elements.ts';

/** What a camera looks at, where its image can be read wrongly. */
const REMARKS: Readonly<Record<string, string>> = {
  front: "It faces the robot, so the robot's left is on the right",
};

/** The images of a robot's cameras, as the policy gets them, side by side. */
export class CameraViews {
  readonly #container: HTMLElement;
  readonly #prefix: string;
  #views: ReadonlyMap<string, CameraView> = new Map();

  /** @param prefix beginning of the ids of the canvases */
  constructor(container: HTMLElement, prefix = 'camera') {
    this.#container = container;
    this.#prefix = prefix;
  }

  /** Names of the cameras of the robot. */
  set names(names: readonly string[]) {
    const canvases = names.map((name) => [name, makeCanvas(name, `${this.#prefix}-${name}`)] as const);
    this.#container.dataset.count = String(names.length);
    this.#container.replaceChildren(
      ...canvases.map(([name, canvas]) => {
        const figure = make('figure');
        const caption = make('figcaption', '', name);
        if (REMARKS[name]) caption.title = REMARKS[name];
        figure.append(canvas, caption);
        return figure;
      }),
      ...(names.length === 0 ? [make('p', 'event', 'the robot has no camera')] : []),
    );
    this.#views = new Map(canvases.map(([name, canvas]) => [name, new CameraView(canvas)]));
  }

  /** True dims the images, because vision is masked for the policy. */
  set masked(masked: boolean) {
    for (const view of this.#views.values()) view.masked = masked;
  }

  /** Shows the new images of a frame, and where the policy looks. */
  render({ images, grounding }: Pick<TelemetryFrame, 'images' | 'grounding'>): void {
    for (const [name, view] of this.#views) {
      view.renderImage(
        images.find(({ camera }) => camera === name),
        grounding?.[name],
      );
    }
  }

  clear(): void {
    for (const view of this.#views.values()) view.clear();
  }
}

function makeCanvas(name: string, id: string): HTMLCanvasElement {
  const canvas = make('canvas');
  canvas.id = id;
  canvas.dataset.testid = canvas.id;
  canvas.width = 96;
  canvas.height = 96;
  canvas.role = 'img';
  const label = `${name.replace(/^./, (letter) => letter.toUpperCase())} camera`;
  canvas.ariaLabel = REMARKS[name] ? `${label}. ${REMARKS[name]}.` : label;
  return canvas;
}
