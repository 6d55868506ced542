import { readFileSync } from 'node:fs';
import { Server } from 'some-protocol';
import { readFile } from 'node:fs/promises';

export class Answers {
  private readonly server: Server;

  constructor(name: string) {
    this.server = new Server({ name });
    this.watch();
    this.server.setRequestHandler('read', async () => {
      // review: Whoever calls the callback of `this.server.setRequestHandler` later waits for it
      const text = await readFile('answer.txt', 'utf8');
      return { text };
    });
  }

  watch(): void {
    this.server.onclose = async () => {
      // review: Whoever calls `this.server.onclose` later waits for it
      console.log(await readFile('closed.txt', 'utf8'));
    };
    this.server.onopen = () => {
      // report: Nobody in the project calls `this.server.onopen`
      console.log(readFileSync('opened.txt', 'utf8'));
    };
  }

  ask(what: 'name' | 'port'): string {
    return this.server[what]();
  }

  async listen(): Promise<void> {
    // report: Nobody is served meanwhile: it runs in the script `serve.ts`
    await this.server.connect(readFileSync('port.txt', 'utf8'));
  }
}
