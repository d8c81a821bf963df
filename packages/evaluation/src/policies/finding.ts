import type { Finding } from '@praxis/model';

export const fault = (subject: string, message: string): Finding => ({ severity: 'fault', subject, message });
export const warning = (subject: string, message: string): Finding => ({ severity: 'warning', subject, message });

/** A number with three significant digits. */
export const figure = (value: number): string => String(Number(value.toPrecision(3)));
