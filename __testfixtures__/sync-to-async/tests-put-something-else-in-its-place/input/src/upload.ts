import { sourcesOf } from './sources.ts';

class Command {
  run: (path: string) => string = (path) => path;

  action(run: (path: string) => string): this {
    this.run = run;
    return this;
  }
}

// Its test comes to what is handed over here.
export const command = new Command().action((path) => sourcesOf(path));
