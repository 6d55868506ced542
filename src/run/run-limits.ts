import { isHeapOver, mostHeap } from '../facts/memory.ts';

/** How long a run may look at files, and with how much memory. */
export interface RunLimitRequest {
  /** Seconds after which no further file is looked at; as many as it takes unless told. */
  readonly timeLimit?: number;
  /** MiB of the heap beyond which no further file is looked at; four fifths of what the process may have unless told. */
  readonly memoryLimit?: number;
}

/** The part of what the process may have that a run takes where nothing is told: one file more may need the rest. */
const MOST_OF_HEAP = 0.8;
/** The part of the memory limit from which on memory is given back. */
const HIGH = 0.8;
/** Memory that was given back and is needed again within so many files would be given back for each of them. */
const FEWEST_FILES = 10;
const MIB = 2 ** 20;

/** The limits of one run, which begins now. `giveBack` frees what can be made again. */
export class RunLimits {
  private readonly end: number;
  private readonly request: RunLimitRequest;
  private readonly most: number;
  private readonly giveBack: () => void;
  private sinceGivenBack = Infinity;
  private ended: string | undefined;

  constructor(request: RunLimitRequest, giveBack: () => void) {
    this.request = request;
    this.end = performance.now() + (request.timeLimit ?? Infinity) * 1000;
    this.most = request.memoryLimit === undefined ? mostHeap() * MOST_OF_HEAP : request.memoryLimit * MIB;
    this.giveBack = giveBack;
  }

  /** Why no further file is looked at; undefined as long as there is time and memory. To be asked before each file. */
  whyEnded(): string | undefined {
    this.ended ??= this.whyTooLate() ?? this.whyTooLarge();
    return this.ended;
  }

  private whyTooLate(): string | undefined {
    if (performance.now() < this.end) return undefined;
    return `the time limit of the run was reached (${this.request.timeLimit ?? 0} s)`;
  }

  private whyTooLarge(): string | undefined {
    this.sinceGivenBack++;
    if (!isHeapOver(this.most * HIGH)) return undefined;
    if (this.sinceGivenBack >= FEWEST_FILES) {
      this.sinceGivenBack = 0;
      this.giveBack();
    }
    if (!isHeapOver(this.most)) return undefined;
    const limit = `the memory limit of the run was reached (${Math.round(this.most / MIB)} MiB)`;
    return this.request.memoryLimit === undefined
      ? `${limit}; NODE_OPTIONS=--max-old-space-size=… gives more`
      : limit;
  }
}
