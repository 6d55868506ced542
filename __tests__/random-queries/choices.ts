/** Where random decisions come from: the same for the same seed. */
export class Choices {
  private state: number;
  private readonly used = new Map<string, number>();
  private readonly inBlock = new Map<string, number>();

  constructor(seed: number) {
    // Seeds that lie side by side must not begin alike.
    this.state = Math.imul(seed + 1, 0x9e3779b1) >>> 0;
  }

  /** A whole number from 0 to `count` - 1. */
  below(count: number): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    const mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    const more = mixed ^ (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61));
    return Math.floor((((more ^ (more >>> 14)) >>> 0) / 2 ** 32) * count);
  }

  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  one<T>(list: readonly [T, ...T[]]): T {
    return list[this.below(list.length)] ?? list[0];
  }

  /** One of a list that may be empty. */
  any<T>(list: readonly T[]): T | undefined {
    return list[this.below(Math.max(1, list.length))];
  }

  /** One of several ways, each as often as its weight says. */
  way<T>(...ways: readonly [readonly [weight: number, make: () => T], ...(readonly [number, () => T])[]]): T {
    let at = this.below(ways.reduce((sum, [weight]) => sum + weight, 0));
    for (const [weight, make] of ways) {
      if (at < weight) return make();
      at -= weight;
    }
    return ways[0][1]();
  }

  /** Some of a list, each with that chance, in its order. */
  some<T>(list: readonly T[], percent: number): readonly T[] {
    return list.filter(() => this.chance(percent));
  }

  shuffled<T>(list: readonly T[]): readonly T[] {
    const left = [...list];
    return list.flatMap(() => left.splice(this.below(left.length), 1));
  }

  /** A name that nothing else of the program has but names in blocks that are closed: `found`, `found2`. */
  name(stem: string): string {
    const count = (this.used.get(stem) ?? 0) + 1;
    this.used.set(stem, count);
    return count === 1 ? stem : `${stem}${count}`;
  }

  /** A name for the block that is open, which may be used again when it is closed. */
  blockName(stem: string): string {
    const count = Math.max(this.used.get(stem) ?? 0, this.inBlock.get(stem) ?? 0) + 1;
    this.inBlock.set(stem, count);
    return count === 1 ? stem : `${stem}${count}`;
  }

  /** Closes the open block and opens another one. */
  openBlock(): void {
    this.inBlock.clear();
  }

  /** Choices of their own, which do not change what comes next here. */
  fork(): Choices {
    return new Choices(this.below(2 ** 31));
  }
}
