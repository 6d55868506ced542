import { assumed, fails, type Evidence } from '../../evidence.ts';
import type { FoundEffect } from '../effects/summary.ts';
import { ENVIRONMENT, mayShare, type KeptEffect, type LibraryState } from './library-state.ts';
import { lineOf, type Parts } from './parts.ts';
import { siteOf } from './sites.ts';
import { isWaitedFor } from './waiting.ts';
import { ts } from 'ts-morph';

type Found = KeptEffect & { readonly effect: FoundEffect; readonly isAt: boolean };

/** Whether a call is waited for today: who waits for a library lets others come between already, as a rule. */
const isAwaited = ({ effect }: Found): boolean =>
  ts.isCallExpression(effect.node) && isWaitedFor(effect.node);

/** Tells what other turns may do to the state of libraries while a function waits that did not wait before. */
export class LibrariesMeanwhile {
  private readonly state: LibraryState;

  constructor(state: LibraryState) {
    this.state = state;
  }

  /** What stands against waiting there, and what is taken for granted. */
  *between(parts: Parts): Generator<Evidence> {
    const before = [...this.of(parts.before, false), ...this.of(parts.atBefore, true)];
    const after = [...this.of(parts.after, false), ...this.of(parts.atAfter, true)];
    const seen = new Set<string>();
    for (const one of before) {
      if (isAwaited(one) && !one.isKnown) continue;
      for (const other of after) {
        if (!mayShare(one, other) || (one.isAt && other.isAt) || one.effect.node === other.effect.node)
          continue;
        if (one.access === 'read' && other.access === 'read') continue;
        // A process has its environment when it begins.
        if (other.isAt && other.package === ENVIRONMENT.package) continue;
        const isPlain = one.isKnown && other.isKnown && one.access === 'read' && other.access === 'write';
        const key = `${String(isPlain)} ${one.package} ${one.declaration?.getSourceFile().fileName ?? ''} ${String(one.declaration?.pos)}`;
        if (seen.has(key)) continue;
        seen.add(key);
        const calls = `\`${one.callee}\` (line ${String(lineOf(one.effect.node))}) and \`${other.callee}\` (line ${String(lineOf(other.effect.node))})`;
        yield isPlain
          ? fails(
              `While it waits other turns run: one could change what \`${one.package}\` keeps between ${calls}`,
              siteOf(other.effect.node),
            )
          : assumed(
              one.name === undefined
                ? `\`${one.package}\` keeps nothing that another turn could change between ${calls}`
                : `No other turn changes what \`${one.name}\` holds between ${calls}`,
              siteOf(other.effect.node),
            );
      }
    }
  }

  private of(effects: readonly FoundEffect[], isAt: boolean): readonly Found[] {
    return effects.flatMap((effect) => {
      const kept = this.state.keptOf(effect);
      return kept === undefined ? [] : [{ ...kept, effect, isAt }];
    });
  }
}
