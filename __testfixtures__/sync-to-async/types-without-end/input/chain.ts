/** A type that leads to ever new ones. */
export interface Chain<T> {
  readonly value: T;
  wrapped(): Chain<Chain<T>>;
  both<U>(other: Chain<U>): Chain<{ readonly one: T; readonly other: Chain<U[]> }>;
}

export const chainOf = <T>(value: T): Chain<T> => ({
  value,
  wrapped: () => chainOf(chainOf(value)),
  both: (other) => chainOf({ one: value, other: chainOf([other.value]) }),
});
