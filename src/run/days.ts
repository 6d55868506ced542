/** The day on which ignore comments are read: the one asked for, or that of the clock in UTC, so that a comment ends everywhere at once. */
export const todayOf = ({ today }: { readonly today?: string } = {}): string =>
  today ?? new Date().toISOString().slice(0, 10);

/** Days for which ignore comments say the same: those from `from` up to `through`, or for good. */
export interface Days {
  readonly from: string;
  readonly through: string | undefined;
}
