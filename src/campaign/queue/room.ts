/** The memory of a machine, which jobs take a part of. Those that want more than is left wait, in order. */
export class Room {
  private free: number;
  private taken = 0;
  private readonly waiting: { readonly size: number; readonly begin: () => void }[] = [];

  /** @param size in MiB. */
  constructor(size: number) {
    this.free = size;
  }

  private admit(): void {
    for (let next = this.waiting[0]; next !== undefined; next = this.waiting[0]) {
      // One that wants more than there is has it all.
      if (next.size > this.free && this.taken > 0) return;
      this.waiting.shift();
      this.free -= next.size;
      this.taken++;
      next.begin();
    }
  }

  /** Runs `act` once there is room for it. */
  async within<T>(size: number, act: () => Promise<T>): Promise<T> {
    await new Promise<void>((begin) => {
      this.waiting.push({ size, begin });
      this.admit();
    });
    try {
      return await act();
    } finally {
      this.free += size;
      this.taken--;
      this.admit();
    }
  }
}
