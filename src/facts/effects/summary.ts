import type { ts } from 'ts-morph';
import type { Access, CodeFact, Effect, Guess, Pacing, Resource, SharedClient } from './effect.ts';

/** An effect as it is collected: with the node that has it. */
export interface FoundEffect {
  readonly access: Access;
  readonly resource: Resource;
  readonly by: string;
  readonly node: ts.Node;
  readonly certainty: Effect['certainty'];
  /** Whether it is on the object that the method was called on. */
  readonly viaThis: boolean;
}

export interface FoundUnknown {
  readonly callee: string;
  readonly why: string;
  readonly guess: Guess;
  readonly isAwaited: boolean;
  readonly isDropped: boolean;
  readonly node: ts.Node;
}

export interface FoundThrown {
  readonly text: string;
  readonly isAuthorization: boolean;
  readonly node: ts.Node;
}

export interface FoundClient {
  readonly kind: SharedClient['kind'];
  readonly name: string;
  readonly id: string;
  readonly certainty: Effect['certainty'];
  readonly node: ts.Node;
}

export interface FoundPacing {
  readonly kind: Pacing['kind'];
  readonly by: string;
  readonly node: ts.Node;
}

/** Before the owner of a property: nothing else leads to the object. */
export const ONLY = 'only ';

/** One text for each resource. */
export function keyOf(resource: Resource): string {
  switch (resource.kind) {
    case 'table':
      return `table ${resource.database} ${resource.name}`;
    case 'variable':
      return `variable ${resource.id}`;
    case 'field':
      return `field ${resource.owner} ${resource.name}`;
    case 'time':
    case 'random':
    case 'log':
      return resource.kind;
    default:
      return `${resource.kind} ${resource.name}`;
  }
}

const IO = ['no', 'unknown', 'yes'] as const;

/** What a piece of code does, while it is collected. It only ever grows. */
export class Summary {
  readonly effects = new Map<string, FoundEffect>();
  readonly unknown = new Map<string, FoundUnknown>();
  readonly thrown = new Map<string, FoundThrown>();
  readonly clients = new Map<string, FoundClient>();
  readonly pacing = new Map<string, FoundPacing>();
  /** The parameters, of the function itself and of those around it, that are called. */
  readonly parameterCalls = new Set<ts.ParameterDeclaration>();
  io: CodeFact['io'] = 'no';

  get size(): number {
    const { effects, unknown, thrown, clients, pacing, parameterCalls, io } = this;
    return (
      effects.size +
      unknown.size +
      thrown.size +
      clients.size +
      pacing.size +
      parameterCalls.size +
      IO.indexOf(io)
    );
  }

  add(effect: FoundEffect): void {
    const key = `${effect.access} ${effect.viaThis ? 'this ' : ''}${keyOf(effect.resource)}`;
    const before = this.effects.get(key);
    if (before === undefined || (before.certainty === 'assumed' && effect.certainty === 'proved'))
      this.effects.set(key, effect);
  }

  addUnknown(unknown: FoundUnknown): void {
    const { callee, guess, isAwaited, isDropped } = unknown;
    const key = `${callee} ${guess} ${String(isAwaited)} ${String(isDropped)}`;
    if (!this.unknown.has(key)) this.unknown.set(key, unknown);
  }

  addThrown(thrown: FoundThrown): void {
    // A few are enough to tell; the ones that refuse something to somebody are never left out.
    if (this.thrown.size < 8 || thrown.isAuthorization) {
      const key = `${thrown.node.getSourceFile().fileName}:${thrown.node.pos}`;
      if (this.thrown.size < 40 && !this.thrown.has(key)) this.thrown.set(key, thrown);
    }
  }

  waits(io: CodeFact['io']): void {
    if (IO.indexOf(io) > IO.indexOf(this.io)) this.io = io;
  }

  /** Takes in what another piece of code does, where `keeps` does not leave an effect out. */
  take(other: Summary, keeps: (effect: FoundEffect) => FoundEffect | undefined = (one) => one): void {
    for (const effect of other.effects.values()) {
      const kept = keeps(effect);
      if (kept !== undefined) this.add(kept);
    }
    for (const one of other.unknown.values()) this.addUnknown(one);
    for (const one of other.thrown.values()) this.addThrown(one);
    for (const [key, one] of other.clients) if (!this.clients.has(key)) this.clients.set(key, one);
    for (const [key, one] of other.pacing) if (!this.pacing.has(key)) this.pacing.set(key, one);
    this.waits(other.io);
  }
}
