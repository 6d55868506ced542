import type { TestRunner } from '../src/testing.ts';

/** Each second case is tested in one of the other two ways to write it, now in this one, now in the other: there are hundreds of them. */
export function inOneMoreStyle(it: TestRunner['it']): TestRunner['it'] {
  let cases = 0;
  const isLeftOut = (name: string): boolean => {
    const style = [', with tabs and CRLF', ', without semicolons'].findIndex((one) => name.includes(one));
    if (style === -1) cases++;
    return style !== -1 && style * 2 !== cases % 4;
  };
  const register = (name: string, test: () => Promise<void>): unknown =>
    isLeftOut(name) ? undefined : it(name, test);
  const skip = (name: string, test: () => Promise<void>): unknown =>
    isLeftOut(name) ? undefined : it.skip(name, test);
  return Object.assign(register, { skip });
}
