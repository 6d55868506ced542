import { isAtLeast } from '../../evidence.ts';
import type { Proposal } from '../../transform.ts';
import { counted, evidenceMark, isOpen, siteNamed, visible } from '../describe.ts';
import { pathFrom } from '../patch-text.ts';
import { placesOf, type Places } from '../places.ts';
import type { ReportSource } from '../report-source.ts';
import { element, xmlText } from '../xml-text.ts';

type Outcome = 'failures' | 'skipped' | 'errors' | 'passed';

interface TestCase {
  readonly outcome: Outcome;
  readonly xml: string;
}

function claimsOf({ evidence }: Proposal, cwd: string): string {
  const lines = evidence.map((one) => {
    const site = siteNamed(one, cwd);
    return `${evidenceMark(one.verdict)} ${visible(one.claim)}${site === undefined ? '' : ` (${visible(site)})`}`;
  });
  return xmlText(lines.join('\n'));
}

/** A finding as a test: it fails where the command fails for it. */
function caseOf(finding: Proposal, places: Places, { cwd, failOn }: ReportSource): TestCase {
  const { path, start, transform, safety, title, ignored, inBaseline } = finding;
  const { line, column } = places.placeOf(path, start);
  const file = pathFrom(cwd, path);
  const name = `${file}:${line}:${column} ${visible(title)}`;
  const about = { name, classname: `hasten.${transform}`, file, line };
  if (ignored !== undefined)
    return {
      outcome: 'skipped',
      xml: element('testcase', about, [element('skipped', { message: ignored.reason })]),
    };
  if (inBaseline === true)
    return {
      outcome: 'skipped',
      xml: element('testcase', about, [element('skipped', { message: 'in the baseline' })]),
    };
  const claims = claimsOf(finding, cwd);
  if (failOn !== 'never' && isOpen(finding) && isAtLeast(safety, failOn)) {
    const failure = element('failure', { message: `${safety}: ${visible(title)}`, type: safety }, [claims]);
    return { outcome: 'failures', xml: element('testcase', about, [failure]) };
  }
  const told = element('system-out', {}, [xmlText(`${safety}: ${visible(title)}\n`), claims]);
  return { outcome: 'passed', xml: element('testcase', about, [told]) };
}

interface Counts {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
}

function countsOf(cases: readonly TestCase[]): Counts {
  const count = (outcome: Outcome): number => cases.filter((one) => one.outcome === outcome).length;
  return {
    tests: cases.length,
    failures: count('failures'),
    errors: count('errors'),
    skipped: count('skipped'),
  };
}

/** A suite for each transform with a test for each finding, in the XML of JUnit that build servers read. No times are made up. */
export function* junitReport(source: ReportSource): Iterable<string> {
  const { cwd, findings, failures, files } = source;
  const places = placesOf(source);
  const ids = [...new Set([...source.transforms, ...findings.map(({ transform }) => transform)])].toSorted();
  const suites = ids.map((id): readonly [string, readonly TestCase[]] => {
    const own = findings.filter(({ transform }) => transform === id);
    if (own.length > 0) return [id, own.map((one) => caseOf(one, places, source))];
    // A suite without any test is taken for one that did not run.
    const scanned = files === undefined ? '' : ` in ${counted(files.scanned, 'file')}`;
    const about = { name: `nothing found${scanned}`, classname: `hasten.${id}` };
    return [id, [{ outcome: 'passed', xml: element('testcase', about) }]];
  });
  const failed = failures.map(({ path, reason }): TestCase => {
    const file = pathFrom(cwd, path);
    const [first = '', ...more] = reason.split(/\r?\n/).map(visible);
    // What another tool says must not begin a line: a build server may read that as a command.
    const whole = [first, ...more.map((line) => `| ${line}`)].join('\n');
    const error = element('error', { message: first, type: 'not done' }, [xmlText(whole)]);
    return {
      outcome: 'errors',
      xml: element('testcase', { name: visible(file), classname: 'hasten', file }, [error]),
    };
  });
  if (failed.length > 0) suites.push(['hasten', failed]);

  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  const total = Object.entries(countsOf(suites.flatMap(([, cases]) => cases)));
  yield `<testsuites name="hasten"${total.map(([name, count]) => ` ${name}="${count}"`).join('')}>\n`;
  for (const [name, cases] of suites)
    yield element('testsuite', { name, ...countsOf(cases) }, ['\n', ...cases.map(({ xml }) => xml)]);
  yield '</testsuites>\n';
}
