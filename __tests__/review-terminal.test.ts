import { chmodSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { REVIEW_KEYS } from '../src/review/keys.ts';
import { Project } from './plans/project.ts';
import { hasTmux, PROMPT, Tmux } from './review-terminal/tmux.ts';

/** `seen()` becomes `looked()`, with evidence that speaks of the first line. */
const SEEN = `import { assumed, defineTransform } from 'hasten';
export default defineTransform({
  id: 'seen', summary: 'Look.', prefilter: /seen\\(/,
  *inspect({ path, find, j, replace, textOf }) {
    for (const { node } of find(j.CallExpression))
      if (textOf(node.callee) === 'seen')
        yield { at: node, title: 'seen → looked', evidence: [assumed('nobody looks twice', { path, line: 1 })], edits: [replace(node.callee, 'looked')] };
  },
});
`;

const PLAN = ['run', 'src', '--dry-run', '--verify-types', 'off', '--plan', 'plan.json'];

/** In file order: four proposals of \`letters\` in two files, one of \`seen\`, and one of \`created\` over two files. */
const FILES = {
  'src/a.ts': 'a(1);\n\n\n\n\n\n\na(2);\n',
  'src/b.ts': 'a(3);\n\n\n\n\n\n\na(4);\n',
  'src/c.ts': 'export const first = 1;\n\n\n\n\n\n\n\n\n\n\nseen(5);\n',
  'src/d.ts': "x('six');\n",
};

let project: Project;
let tmux: Tmux;

function lay(): Project {
  const made = new Project();
  made.lay('mods/letters.ts', made.read('mods/letters.ts').replace(", b: 'c'", ''));
  made.lay('mods/seen.ts', SEEN);
  const transforms = { './mods/letters.ts': true, './mods/created.ts': true, './mods/seen.ts': true };
  made.lay('hasten.config.json', JSON.stringify({ transforms, level: 'review' }));
  for (const [name, text] of Object.entries(FILES)) made.lay(name, text);
  return made;
}

/** A project with a plan, and a terminal in it. */
async function begin(size = { columns: 100, rows: 30 }): Promise<void> {
  project = lay();
  expect(await project.hasten(...PLAN)).toMatchObject({ code: 0 });
  tmux = new Tmux(project.root, size);
}

/** What is decided in a file, by the beginning of the path and the title of each proposal. */
function verdicts(name = 'plan.json'): readonly string[] | undefined {
  const { decisions } = JSON.parse(project.read(name)) as {
    decisions?: Record<string, { verdict: string }>;
  };
  return decisions === undefined ? undefined : Object.values(decisions).map(({ verdict }) => verdict);
}

/** Waits until the screen says so at its top: the position, and how many are accepted and rejected. */
const at = (position: number, accepted: number, rejected: number): Promise<string> =>
  tmux.waitFor(
    (screen) =>
      screen.startsWith(` ${screen.trim().split(' ')[0]}  ${position} of 6`) &&
      screen.split('\n')[0]?.includes(` ${accepted} accepted, ${rejected} rejected,`) === true,
  );

const review = async (...words: readonly string[]): Promise<void> => tmux.hasten(['review', ...words]);

/** What is on the screen when hasten ended, with the code that it should end with. */
async function ended(code: number): Promise<string> {
  const screen = await tmux.waitFor(/^ended with \d/m);
  expect(screen).toContain(`ended with ${code}`);
  // The screen of before is there again, and so is the cursor.
  expect([tmux.about('alternate_on'), tmux.about('cursor_flag')]).toEqual(['0', '1']);
  return screen;
}

describe.skipIf(!hasTmux)(
  `hasten review in a terminal${hasTmux ? '' : ': skipped, there is no tmux'}`,
  { timeout: 120_000 },
  () => {
    afterEach(() => {
      tmux.close();
      project.remove();
    });

    it('knows every key of the table', async () => {
      await begin();
      project.lay('editor.sh', `#!/bin/sh\necho "$@" > edited.txt\necho "// edited" >> "$2"\n`);
      chmodSync(project.at('editor.sh'), 0o755);
      await tmux.hasten(['review', 'plan.json'], 'EDITOR=./editor.sh');
      const pressed = new Set<string>();
      const press = (key: string): void => {
        pressed.add(key);
        tmux.press(key);
      };
      await at(1, 0, 0);
      expect(await tmux.waitFor(/-.*a\(1\)/)).toMatch(
        /src\/a\.ts:1:1 +undecided\nsafe: a → b \[letters\]\n✓ the next/,
      );
      press('?');
      await tmux.waitFor(/y +accept this one/);
      tmux.press('Escape');
      await tmux.waitFor(/a → b/);

      press('y');
      await at(2, 1, 0);
      press('n');
      await at(3, 1, 1);
      press('u');
      await tmux.waitFor(/src\/a\.ts:8:1 +undecided[^]*Taken back/);
      press('d');
      await at(3, 1, 1);
      press('a');
      expect(await at(5, 3, 1)).toContain('2 proposals accepted');
      press('k');
      expect(await at(4, 3, 1)).toMatch(/src\/b\.ts:8:1 +accepted/);
      press('x');
      expect(await at(4, 2, 1)).toMatch(/src\/b\.ts:8:1 +undecided/);
      press('j');
      await at(5, 2, 1);
      press('J');
      await at(6, 2, 1);
      tmux.press('J');
      await at(4, 2, 1);
      tmux.press('u', 'u', 'u', 'u');
      await at(1, 0, 0);
      press('A');
      await at(5, 4, 0);
      tmux.press('u');
      await at(1, 0, 0);
      press('D');
      await at(5, 0, 4);

      press('v');
      await tmux.waitFor(/nobody looks twice.*\n +→ 1 export const first/);
      tmux.press('v');
      press('t');
      await tmux.waitFor(/12 - seen\(5\); +│12 \+ looked\(5\);/);
      tmux.press('t');
      await tmux.waitFor((screen) => !screen.includes('│'));
      press('c');
      tmux.type('ask Kim');
      expect(await tmux.waitFor(/note: ask Kim/)).not.toMatch(/^note ask/m);
      tmux.press('Enter');
      await tmux.waitFor(/^note ask Kim/m);

      press('/');
      tmux.type('NAMED');
      tmux.press('Enter');
      expect(await at(6, 0, 4)).toContain('/NAMED: 1 of 1');
      await tmux.waitFor(/src\/d\.ts \(file 1 of 2\)[^]*src\/y\.ts \(file 2 of 2, is created\)/);
      press('o');
      await tmux.waitFor((screen) => screen.split('\n')[3]?.includes('src/y.ts') === true);
      tmux.press('o', '/', 'Enter');
      await tmux.waitFor((screen) => !screen.includes('/NAMED'));

      press('m');
      await tmux.waitFor(/What was decided about[^]*0 accepted, 4 rejected, 2 undecided; 0 files/);
      press('w');
      await tmux.waitFor(/Nothing is accepted/);
      tmux.press('m', 'y');
      await at(5, 1, 4);
      tmux.press('w');
      await tmux.waitFor(/Write 1 accepted proposal\? y\/n/);
      tmux.press('n', 'm', 'j');
      await at(6, 1, 4);
      press('e');
      await tmux.waitFor(/src\/d\.ts changed: what is proposed for it/);
      expect(project.read('edited.txt')).toBe(`+1 ${project.at('src/d.ts')}\n`);
      press('q');
      await tmux.waitFor(/Stop without the \d+ decisions of this sitting\? y\/n/);
      tmux.press('n');
      await tmux.waitFor(/! src\/d\.ts was changed during this review/);
      press('s');
      expect(await ended(0)).toMatch(
        /kept: 1 accepted, 4 rejected, 1 undecided\.\nNothing was written\.\nTo go on: hasten review plan\.json\nTo write what is accepted: hasten apply plan\.json/,
      );
      expect(pressed).toEqual(
        new Set(REVIEW_KEYS.filter(({ only }) => only !== 'page').map(({ key }) => key)),
      );
    });

    it('goes on behind what was decided: after kill -9, after Ctrl-C, and after the terminal has gone', async () => {
      await begin();
      await review('plan.json');
      // Nobody means what is not to be seen yet.
      tmux.type('nn');
      await at(1, 0, 0);
      tmux.press('j', 'y');
      await at(3, 1, 0);
      await expect.poll(() => verdicts(), { timeout: 5000 }).toEqual(['accepted']);
      process.kill(tmux.hastenPid(), 'SIGKILL');
      await tmux.waitFor(/ended with 137/);
      await tmux.mend();

      await review('plan.json');
      await at(3, 1, 0);
      // Nor is what somebody pastes a decision.
      tmux.paste('nnn');
      tmux.press('n', 'C-c');
      expect(await ended(0)).toContain('1 accepted, 1 rejected, 4 undecided');
      expect(verdicts()).toEqual(['accepted', 'rejected']);

      await review('plan.json');
      await at(4, 1, 1);
      tmux.press('y');
      await at(5, 2, 1);
      process.kill(tmux.hastenPid(), 'SIGTERM');
      await ended(0);
      expect(verdicts()).toEqual(['accepted', 'rejected', 'accepted']);

      await review('plan.json');
      await at(5, 2, 1);
      tmux.press('y', 'y');
      await at(1, 4, 1);
      tmux.close();
      await expect.poll(() => verdicts()?.length, { timeout: 10_000 }).toBe(5);
    });

    it('leaves everything as it was before with q, also a plan of which nobody had decided anything', async () => {
      await begin();
      const before = project.read('plan.json');
      await review('plan.json');
      await at(1, 0, 0);
      tmux.press('A');
      await at(5, 4, 0);
      await expect.poll(() => verdicts()?.length, { timeout: 5000 }).toBe(4);
      tmux.press('q', 'y');
      expect(await ended(0)).toContain('Nothing was written.');
      expect(project.read('plan.json')).toBe(before);
    });

    it('fits itself to the terminal, both ways, and gives it back when it is stopped for a while', async () => {
      await begin();
      await review('plan.json');
      await at(1, 0, 0);
      tmux.press('j', 'j', 'j', 'j');
      await at(5, 0, 0);
      tmux.resize(160, 20);
      await tmux.waitFor(/12 - seen\(5\); +│12 \+ looked\(5\);/);
      tmux.resize(30, 10);
      await tmux.waitFor(/^5\/6 +0✓ 0✗ 6\?\n/);
      tmux.resize(20, 5);
      expect((await tmux.waitFor(/^5\/6 +0✓ 0✗ 6\?\n(?:.*\n){3}\? keys/)).split('\n')).toHaveLength(6);
      tmux.press('y');
      await tmux.waitFor(/^6\/6 +1✓/);
      tmux.resize(100, 30);
      await at(6, 1, 0);
      tmux.press('C-z');
      await tmux.waitFor(PROMPT);
      expect(tmux.about('alternate_on')).toBe('0');
      tmux.type('fg; echo "again $?"');
      tmux.press('Enter');
      await at(6, 1, 0);
      // What is typed behind the end decides nothing.
      tmux.type('yusn');
      await tmux.waitFor(/^again 0/m);
      expect([tmux.about('alternate_on'), tmux.about('cursor_flag')]).toEqual(['0', '1']);
      expect(verdicts()).toEqual(['accepted']);
    });

    it('writes what is accepted of a plan, which can be undone', async () => {
      await begin();
      await review('plan.json');
      await at(1, 0, 0);
      tmux.press('y', 'n', 'd', 'w', 'y');
      expect(await ended(0)).toMatch(/src\/a\.ts[^]*1 of 6 proposals applied, 3 rejected, 2 undecided/);
      expect(project.read('src/a.ts')).toBe(FILES['src/a.ts'].replace('a(1)', 'b(1)'));
      expect(project.read('src/b.ts')).toBe(FILES['src/b.ts']);
      expect(await project.hasten('undo')).toMatchObject({ code: 0 });
      expect(project.read('src/a.ts')).toBe(FILES['src/a.ts']);
    });

    it('leaves out what edits a file that changed during the review, and nothing else', async () => {
      await begin();
      project.lay('src/e.ts', "x('another');\n");
      await tmux.hasten(['review', 'src', '--verify-types', 'off']);
      await tmux.waitFor(/1 of 7/);
      tmux.press('A', 'j', 'A');
      await tmux.waitFor(/6 accepted/);
      project.lay('src/d.ts', "x('changed');\n");
      tmux.press('w');
      await tmux.waitFor(/Write 6 accepted proposals\? y/);
      tmux.press('y');
      const said = await ended(2);
      expect(said).toMatch(/left out src\/d\.ts: .*d\.ts was changed meanwhile/);
      expect(said).toMatch(/5 of 7 proposals applied, 1 left out/);
      expect(project.read('src/d.ts')).toBe("x('changed');\n");
      expect(project.read('src/e.ts')).toContain("y('another')");
    });

    it('writes what is accepted of a project, asks about the rest again, and tells what could not be done', async () => {
      project = lay();
      project.lay('src/broken.ts', 'a(;\n');
      project.lay(
        '.hasten/review/decisions.json',
        JSON.stringify({ format: 1, decisions: { gone: { verdict: 'accepted' } } }),
      );
      tmux = new Tmux(project.root, { columns: 100, rows: 40 });
      await review('src', '--verify-types', 'off');
      await at(1, 0, 0);
      tmux.press('y', 'n', 'm');
      await tmux.waitFor(/1 thing could not be done; the reasons follow/);
      tmux.press('w');
      await tmux.waitFor(/y\/n/);
      tmux.press('y');
      const said = await ended(2);
      expect(said).toMatch(/1 of 6 proposals applied/);
      expect(said).toMatch(/failed src\/broken\.ts/);
      expect(said).not.toContain('gone');
      expect(project.read('src/a.ts')).toBe(FILES['src/a.ts'].replace('a(1)', 'b(1)'));
      expect(verdicts('.hasten/review/decisions.json')).toEqual(['accepted', 'rejected']);
      project.lay('src/broken.ts', '');
      await review('src', '--verify-types', 'off');
      await tmux.waitFor(/ 2 of 5 .* 0 accepted, 1 rejected,/);
      tmux.press('s');
      expect(await ended(0)).toContain('To go on: hasten review src --verify-types off\n');
    });

    it('says before that a dirty work tree is not written to, and keeps what was decided when it is not', async () => {
      await begin();
      project.commitAll();
      project.lay('src/d.ts', "x('seven');\n");
      await review('plan.json');
      await at(1, 0, 0);
      tmux.press('y', 'w');
      await tmux.waitFor(
        /Writing would be refused: the git work tree has changes[^]*refused, see above\)\? y\/n/,
      );
      tmux.press('y');
      expect(await ended(2)).toMatch(
        /failed[^]*What is not written stays decided as it was: hasten review plan\.json/,
      );
      expect(verdicts()).toEqual(['accepted']);
      await review('plan.json', '--allow-dirty');
      await at(2, 1, 0);
      tmux.press('/');
      tmux.type('six');
      tmux.press('Enter', 'j', 'j', 'j', 'j');
      await tmux.waitFor(/! src\/d\.ts was changed since the plan was made, so this cannot be applied/);
      tmux.press('w', 'y');
      expect(await ended(0)).toMatch(/1 of 6 proposals applied/);
    });

    it('has nothing to show where there is nothing to decide', async () => {
      await begin();
      project.lay('src/none.ts', 'nothing();\n');
      await review('src/none.ts');
      expect(await ended(0)).toContain('Nothing to review: there is no proposal.');
      await tmux.hasten(['review', 'plan.json'], 'TERM=dumb');
      expect(await ended(3)).toContain('hasten review --web');
    });

    it('is shown without colours to those who want none', async () => {
      await begin();
      await tmux.hasten(['review', 'plan.json'], 'NO_COLOR=1');
      await at(1, 0, 0);
      await tmux.waitFor(/ - a\(1\)/);
      expect(tmux.screen(true)).not.toContain('\u001b');
      tmux.press('s');
      await ended(0);
      await review('plan.json');
      await tmux.waitFor(/ - a\(1\)/);
      expect(tmux.screen(true)).toContain('\u001b[7m');
    });
  },
);

describe('hasten review', () => {
  afterEach(() => project.remove());

  it('without a terminal says what to do instead', async () => {
    project = lay();
    const { code, stdout, stderr } = await project.hasten('review', 'src');
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    for (const way of ['hasten review --web', 'hasten run --dry-run', '--plan plan.json'])
      expect(stderr).toContain(way);
  });

  it.each([
    [['plan.json', 'src'], 'A plan is reviewed alone: hasten review plan.json.'],
    [['plan.json', '-t', 'letters'], '--transform says what is searched for'],
    [['plan.json', '--no-cache'], '--no-cache says what is searched for'],
    [['src', '--root', '.'], '--root goes with a plan'],
    [['src', '--format', 'json'], 'format'],
    [['src', '--signoff'], '--signoff goes with --commit'],
    [['src', '--verify-runs', '3'], '--verify-runs needs a command'],
    [['src', '--decisions', 'd.txt'], 'decisions are kept in a .json file'],
    [['gone.json'], 'gone.json cannot be read'],
  ])('refuses %j', async (words, said) => {
    project = lay();
    const { code, stderr } = await project.hasten('review', '--web', ...words);
    expect({ code, stderr }).toEqual({ code: 3, stderr: expect.stringContaining(said) });
  });
});
