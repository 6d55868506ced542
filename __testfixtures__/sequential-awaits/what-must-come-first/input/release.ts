import { execa } from 'execa';
import got from 'got';

interface Task {
  readonly isEnabled: boolean;
  readonly run: () => Promise<unknown>;
}

class Plugin {
  protected owner = '';

  async step({ isEnabled, run }: Task): Promise<unknown> {
    return isEnabled ? await run() : undefined;
  }

  async beforeRelease(): Promise<void> {
    const { stdout } = await execa('git', ['remote', 'get-url', 'origin']);
    this.owner = stdout.split('/')[0] ?? '';
  }
}

export class Git extends Plugin {
  commit = () => execa('git', ['commit', '-m', 'Release']);
  tag = () => execa('git', ['tag', 'v1']);

  async release(isTagged: boolean): Promise<boolean> {
    // report: `execa` writes
    await this.step({ isEnabled: true, run: () => this.commit() });
    return Boolean(await this.step({ isEnabled: isTagged, run: () => this.tag() }));
  }
}

export class Milestones extends Plugin {
  override async beforeRelease(): Promise<void> {
    // report: `this.owner` writes `Plugin.owner`, which `this.owner` reads
    await super.beforeRelease();
    await this.check();
  }

  async check(): Promise<void> {
    const found: any[] = await got(`https://milestones.example/${this.owner}`).json();
    if (found.length === 0) throw new Error('There are no milestones');
  }
}
