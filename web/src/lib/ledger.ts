export interface Contribution {
  signal: string;
  points: number;
  reason: string;
}

export interface LedgerRow extends Contribution {
  /** Where the bar begins and ends on a scale of 0 to 100: each begins where the one above it ended. */
  from: number;
  to: number;
}

/** Rows whose bars stand end to end, and their sum. */
export function ledger(rows: readonly Contribution[]): { rows: LedgerRow[]; total: number } {
  let sum = 0;
  const placed = rows.map((row) => {
    const before = sum;
    sum += row.points;
    return { ...row, from: Math.min(before, sum), to: Math.max(before, sum) };
  });
  return { rows: placed, total: sum };
}
