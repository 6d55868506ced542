import { obligationOf, Tally } from '../random-programs/tally.ts';
import type { Inspected } from './batch.ts';

/** Ways in which what a call gives is used, by how they look once they wait. */
const USES: readonly (readonly [what: string, looks: RegExp])[] = [
  ['condition', /\b(?:if|while) \((?:.*(?:&&|\|\|) )?!?\(?\(?await /],
  ['negation', /!\(?\(?await /],
  ['logical operator', /(?:&&|\|\|) \(*await /],
  ['choice', /await [^?;]*\)\)* \? /],
  ['template', /\$\{\(?await /],
  ['arithmetic', / [-+] \(*await /],
  ['member', /\(await [^;]*\)\??\.\w/],
  ['spread', /\.\.\.\(+await /],
  ['argument', /\w\((?:[^()]*, )?await /],
  ['list', /\[(?:[^[\]]*, )?await /],
  ['loop over what is given', / of \(?await /],
  ['assignment', /= \(?await /],
  ['destructuring', /[\]}] = \(?await /],
  ['return', /return \(?await /],
  ['optional call', /await [\w.]+\?\.\(|await [\w.]+\?\.\w+\(/],
  ['bound call', /await [\w.]+\.(?:call|apply|bind)\(/],
  ['thrown', /throw .*await /],
  ['loop for `forEach`', /for \((?:const|let) /],
  ['list of promises', /Promise\.all\(/],
  ['promisified', /promisify\(/],
  ['declared promise', /Promise<(?:string|number|boolean|void)/],
  ['comment', /@returns \{Promise</],
];

const code = (texts: ReadonlyMap<string, string>): string => [...texts.values()].join('\n');

/** How often something was met in programs that were rewritten. */
export class Rewrites {
  readonly levels = new Tally();
  /** Functions that became asynchronous, by what kind they are. */
  readonly kinds = new Tally();
  /** Calls that wait now, by how they are used. */
  readonly uses = new Tally();
  /** Reasons, by verdict. */
  readonly reasons = new Tally();
  /** Files that one proposal changed. */
  readonly widths = new Tally();
  /** Proposals that changed more than one file. */
  wide = 0;
  changed = 0;
  functions = 0;

  add({ before, after, findings, isChanged, program }: Inspected): void {
    for (const { safety, evidence, edits } of findings) {
      this.levels.add(safety);
      const said = new Set(
        evidence
          .filter(({ verdict }) => (safety === 'report' ? verdict === 'fails' : verdict !== 'fails'))
          .map(({ verdict, claim }) => `${verdict}: ${obligationOf(claim)}`),
      );
      for (const one of said) this.reasons.add(one);
      if (safety === 'report') continue;
      const files = new Set(edits.map(({ file }) => file)).size;
      this.widths.add(`${files} files`);
      if (files > 1) this.wide++;
    }
    if (!isChanged) return;
    this.changed++;
    const [was, is] = [code(before), code(after)];
    for (const { name, kind } of program.declared) {
      const isAsync = new RegExp(
        `\\basync (?:function )?${name}\\b|\\b${name}\\b.* (?:=|return) async\\b|\\b${name}: async\\b`,
      );
      if (!isAsync.test(is) || isAsync.test(was)) continue;
      this.kinds.add(kind);
      this.functions++;
    }
    const known = new Set(was.split('\n'));
    for (const one of is.split('\n').filter((text) => !known.has(text)))
      for (const [what, looks] of USES) if (looks.test(one)) this.uses.add(what);
  }
}
