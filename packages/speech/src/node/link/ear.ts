import type { Stamped } from '@praxis/core';
import type { Extension } from '@praxis/policy';
import type { Observable } from 'rxjs';
import type { Audio } from '../../audio/audio.ts';
import type { HeardUtterance, ListenerState, SpottedStop } from '../../listening/heard.ts';

/** Port: what listens to one microphone. */
export interface Ear {
  readonly utterances$: Observable<HeardUtterance>;
  readonly stops$: Observable<SpottedStop>;
  readonly state$: Observable<ListenerState>;
  /** Sound as it comes; never throws, never waits. */
  push(sound: Stamped<Audio>): void;
  close(): Promise<void>;
}

/** @throws {InputError} with one line on what is missing and how to get it */
export type OpenEar = (extension: Extension) => Promise<Ear>;
