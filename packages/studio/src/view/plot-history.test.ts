import { describe, expect, it } from 'vitest';
import { PlotHistory } from './plot-history.ts';

describe('PlotHistory', () => {
  it('converts rows to columns and keeps only the last seconds', () => {
    const history = new PlotHistory(2, 1);
    history.append(Float32Array.of(0, 10, 20, 0.5, 11, 21));
    expect(history.columns).toEqual([
      [0, 0.5],
      [10, 11],
      [20, 21],
    ]);
    history.append(Float32Array.of(1.25, 12, 22));
    expect(history.columns).toEqual([
      [0.5, 1.25],
      [11, 12],
      [21, 22],
    ]);
    history.append(new Float32Array(0));
    expect(history.columns[0]).toHaveLength(2);
    history.clear();
    expect(history.columns[0]).toHaveLength(0);
  });
});
