import { code } from '../edits/code.ts';
import type { BlockingCall } from '../facts/libraries/blocking/blocking-call.ts';
import type { Path, t } from '../syntax/ast.ts';
import type { FileContext, Finding } from '../transform.ts';
import { findingOf, type BlockingOptions } from './findings.ts';

const CLOCK = /^(Date\.now\(\)|performance\.now\(\)|\+?new Date\(\)(\.getTime\(\)|\.valueOf\(\))?)$/;

/** The time that a loop waits for, by its test: `Date.now() < end` waits for `end - Date.now()` milliseconds. */
function millisecondsOf(file: FileContext<unknown>, test: t.Expression): string | undefined {
  if (test.type !== 'BinaryExpression' || test.left.type === 'PrivateName') return undefined;
  const isLess = /^<=?$/.test(test.operator);
  if (!isLess && !/^>=?$/.test(test.operator)) return undefined;
  const [early, late] = isLess ? [test.left, test.right] : [test.right, test.left];
  const [now, end] = [file.textOf(early), file.textOf(late)];
  if (CLOCK.test(now)) return isSteady(late) ? `${end} - ${now}` : undefined;
  // `Date.now() - start < limit`
  if (early.type !== 'BinaryExpression' || early.operator !== '-' || early.left.type === 'PrivateName')
    return undefined;
  const clock = file.textOf(early.left);
  if (!CLOCK.test(clock) || !isSteady(early.right) || !isSteady(late)) return undefined;
  const limit = late.type === 'BinaryExpression' ? `(${end})` : end;
  return `${file.textOf(early.right)} + ${limit} - ${clock}`;
}

/** Whether an expression gives the same each time in a loop that does nothing. */
function isSteady(node: t.Expression): boolean {
  if (node.type === 'Identifier' || node.type === 'NumericLiteral') return true;
  if (node.type === 'BinaryExpression')
    return node.left.type !== 'PrivateName' && isSteady(node.left) && isSteady(node.right);
  return (
    (node.type === 'MemberExpression' && !node.computed && isSteady(node.object as t.Expression)) ||
    node.type === 'ThisExpression'
  );
}

/** https://nodejs.org/docs/latest-v20.x/api/timers.html#settimeoutcallback-delay-args: timers promise no exact time. */
const TIMERS: BlockingCall['differences'] = [
  {
    verdict: 'assumed',
    claim: 'Nobody needs the clock to have passed the end to the millisecond: a timer may be one early',
  },
];

const isEmpty = (node: t.Statement): boolean =>
  node.type === 'EmptyStatement' || (node.type === 'BlockStatement' && node.body.length === 0);

/** Loops that do nothing but look at the clock until it is late enough. */
export function* busyWaits(file: FileContext<BlockingOptions>): Generator<Finding> {
  for (const path of file.find('WhileStatement') as readonly Path<t.WhileStatement>[]) {
    const { test, body } = path.node;
    const milliseconds = isEmpty(body) ? millisecondsOf(file, test) : undefined;
    if (milliseconds === undefined) continue;
    yield findingOf(
      file,
      {
        at: path.node,
        point: test,
        name: 'a loop that looks at the clock',
        differences: TIMERS,
        leaf: { isIdle: true },
      },
      () => {
        const sleep = file.ensureImport({ from: 'node:timers/promises', name: 'setTimeout', as: 'sleep' });
        return {
          callee: sleep.local,
          edits: [...sleep.edits, file.replace(path.node, code`await ${sleep.local}(${milliseconds});`)],
        };
      },
    );
  }
}
