import { readFileSync } from 'node:fs';
import { pick } from './pick.js';

export interface Task {
  readonly task: string;
  run(path: string): unknown;
}

function readCast(path: string): string {
  // report: may be `readCast`: which function it is is only known when it runs
  return readFileSync(path, 'utf8');
}
const cast: Task = { task: 'cast', run: readCast };

interface Job {
  readonly job: string;
  start(path: string): unknown;
}

function readListed(path: string): string {
  // report: may be `readListed`: which function it is is only known when it runs
  return readFileSync(path, 'utf8');
}
const listed: Job = { job: 'listed', start: readListed };
const jobs: Job[] = [listed];
const anyJobs: any[] = jobs;

interface Step {
  readonly step: string;
  go(path: string): unknown;
}

function readNested(path: string): string {
  // report: may be `readNested`: which function it is is only known when it runs
  return readFileSync(path, 'utf8');
}
const nested: Step = { step: 'nested', go: readNested };
const plan: { readonly first: Step } = { first: nested };
const anyPlan: { readonly first: unknown } = plan;

interface Rule {
  readonly rule: string;
  check(path: string): unknown;
}

function readGeneric(path: string): string {
  // report: may be `readGeneric`: which function it is is only known when it runs
  return readFileSync(path, 'utf8');
}
const generic: Rule = { rule: 'generic', check: readGeneric };

function lastOf<T>(...all: readonly T[]): unknown {
  return pick(all.at(-1) as Record<string, unknown>, 'rule');
}

interface Hook {
  readonly hook: string;
  fire(path: string): unknown;
}

function readCopied(path: string): string {
  // report: may be `readCopied`: which function it is is only known when it runs
  return readFileSync(path, 'utf8');
}
const copied: Hook = { hook: 'copied', fire: readCopied };
const copy: Record<string, unknown> = Object.assign({}, copied);

interface Plug {
  readonly plug: string;
  open(path: string): unknown;
}

function readCalledBack(path: string): string {
  // report: may be `readCalledBack`: which function it is is only known when it runs
  return readFileSync(path, 'utf8');
}
const calledBack: Plug = { plug: 'called back', open: readCalledBack };
const plugs: Plug[] = [calledBack];

interface Narrow {
  readonly narrow: string;
}

interface Wide extends Narrow {
  read(path: string): unknown;
}

function readWide(path: string): string {
  // report: may be `readWide`: which function it is is only known when it runs
  return readFileSync(path, 'utf8');
}
const wide: Wide = { narrow: 'wide', read: readWide };
const show = (one: Narrow): unknown => pick(one as unknown as Record<string, unknown>, 'narrow');

interface Given {
  readonly given: string;
  give(path: string): unknown;
}

function readGiven(path: string): string {
  // report: may be `readGiven`: which function it is is only known when it runs
  return readFileSync(path, 'utf8');
}
const given: Given = { given: 'given', give: readGiven };
const giver: () => unknown = () => given;

export function all(): unknown[] {
  return [
    pick(cast as unknown as Record<string, unknown>, 'task'),
    pick(anyJobs[0], 'job'),
    pick(anyPlan.first as Record<string, unknown>, 'step'),
    lastOf(generic),
    pick(copy, 'hook'),
    plugs.map((one: any) => pick(one, 'plug')),
    show(wide),
    pick(giver() as Record<string, unknown>, 'given'),
    [cast.run('a'), listed.start('a'), nested.go('a'), generic.check('a'), copied.fire('a')],
    [calledBack.open('a'), wide.read('a'), given.give('a')],
  ];
}
