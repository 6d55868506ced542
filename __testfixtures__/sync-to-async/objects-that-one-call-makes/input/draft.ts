/** Each request makes one. */
export class Draft {
  private lines: readonly string[] = [];
  state = 'new';

  constructor(readonly id: string) {}

  add(line: string): void {
    this.lines = [...this.lines, line];
  }

  text(): string {
    return this.lines.join('\n');
  }
}

export async function loadDraft(id: string): Promise<Draft> {
  return new Draft(id);
}
