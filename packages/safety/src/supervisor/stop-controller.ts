import { TIME_TOLERANCE_S } from '@praxis/core';
import type { Stop, StopMode } from '../config/filter-config.ts';
import type { StopsConfig } from '../config/safety-config.ts';
import type { CommandFilter } from '../filter/command-filter.ts';
import type { Contact } from './contact/contact.ts';
import type { SupervisorOptions } from './options.ts';
import type { MeasuredArm } from './states/measured-arm.ts';
import type { SafetyCause, SafetyData, StateMachine } from './states/state-machine.ts';
import { StopRecord } from './stop-record.ts';

const STOP_MODE_OF: Readonly<Record<Stop, StopMode>> = {
  hold: 'hold',
  protective_stop: 'protective',
  emergency_stop: 'emergency',
};
/** The arm counts as moving if a joint's target moves faster than this (rad/s, m/s). */
const MOVING_SPEED_RAD_S = 0.05;
const STANDSTILL_INDEX = 0;

/** Carries out a stop: retreats if contact caused it, brakes along the path, then closes the brakes. */
export class StopController {
  /** `none`: no stop. `moving`: the arm brakes or retreats. `standing`: the path has ended. */
  phase: 'none' | 'moving' | 'standing' = 'none';
  /** False while the brakes are closed. */
  powered = false;
  /** Motion of what is stopped beside the joints, see `Supervisor.reportMotion`. */
  otherMotion: 'moving' | 'standing' = 'standing';
  readonly #config: StopsConfig;
  readonly #filter: CommandFilter;
  readonly #arm: MeasuredArm;
  readonly #contact: Contact;
  readonly #record: StopRecord;
  readonly #times = new Float64Array(1);
  #stop: Stop = 'hold';

  constructor(
    { config, kinematics, names }: SupervisorOptions,
    filter: CommandFilter,
    arm: MeasuredArm,
    contact: Contact,
  ) {
    this.#config = config.stops;
    this.#filter = filter;
    this.#arm = arm;
    this.#contact = contact;
    this.#record = new StopRecord(filter, kinematics, names);
  }

  /** `moving` while the targets move the arm. */
  get motion(): 'moving' | 'standing' {
    const { velocity } = this.#filter;
    for (let i = 0; i < velocity.length; i++) if (Math.abs(velocity[i]) > MOVING_SPEED_RAD_S) return 'moving';
    return 'standing';
  }

  /** Ends a stop and powers the arm. */
  ready(): void {
    this.#contact.retreat?.end();
    this.phase = 'none';
    this.powered = true;
  }

  /** Begins a stop or a more severe one. @returns its estimate, for the event */
  begin(stop: Stop, cause: SafetyCause, now: number): SafetyData {
    this.#stop = stop;
    if (!this.#arm.known || !this.powered) {
      this.phase = 'standing';
      return {};
    }
    this.phase = 'moving';
    if (stop === 'emergency_stop') this.#contact.retreat?.end();
    else if (cause === 'contact' || cause === 'body_region') this.#contact.retreat?.begin(now);
    this.#record.begin(STOP_MODE_OF[stop], now);
    return this.#record.estimate();
  }

  /** Runs one tick of the stop. */
  step(now: number, machine: StateMachine): void {
    if (!this.powered) return;
    if (this.#stop === 'emergency_stop' && this.#config.emergency === 'category_0') {
      this.#record.open = false;
      this.phase = 'standing';
      this.#close(now, machine, 'category 0');
      return;
    }
    const gaveWay = this.#contact.retreat?.step(now) ?? false;
    const moves = gaveWay || this.#filter.brake(now, STOP_MODE_OF[this.#stop]) === 'moving';
    // The cause of the contact may push again for a while, and closed brakes would resist it, so the stop is not over.
    if (moves || this.#contact.retreat?.active || this.otherMotion === 'moving') this.phase = 'moving';
    else this.#stand(now, machine);
    this.#record.accumulate();
    if (this.phase === 'standing' && this.#stop !== 'hold') this.#closeWhenStill(now, machine);
  }

  /** Restarts the timing after a jump of the clock. */
  restartTiming(now: number): void {
    this.#times[STANDSTILL_INDEX] = now;
  }

  #stand(now: number, machine: StateMachine): void {
    if (this.phase !== 'standing') this.#times[STANDSTILL_INDEX] = now;
    this.phase = 'standing';
    if (!this.#record.open) return;
    this.#record.accumulate();
    machine.note(now, 'standstill', this.#record.end(now), 'the path has come to a stand');
  }

  #closeWhenStill(now: number, machine: StateMachine): void {
    const { standstillVelocity, brakeTimeout } = this.#config;
    if (this.#arm.slowerThan(standstillVelocity)) this.#close(now, machine, 'the arm stands');
    else if (now - this.#times[STANDSTILL_INDEX] >= brakeTimeout - TIME_TOLERANCE_S)
      this.#close(now, machine, 'it is time');
  }

  #close(now: number, machine: StateMachine, why: string): void {
    this.powered = false;
    machine.note(now, 'power_off', {}, `the brakes close: ${why}`);
  }
}
