import { existsSync, writeFileSync } from 'node:fs';
import express from 'express';

export const app = express();

const actions: Record<string, any> = {
  save(input: string) {
    // report: may be `save`
    writeFileSync('saved.txt', input);
  },
};

// It is handed on, and called there.
function run(action: (input: string) => void, input: string): void {
  action(input);
}

app.post('/:kind', (request, response) => {
  run(actions[request.params.kind], request.body);
  actions.save(request.body);
  response.end();
});

const checks: Record<string, any> = {
  isOpen() {
    // report: who calls it is not seen
    return existsSync('open');
  },
};

// It is kept in another table.
const copies: Record<string, any> = {};
for (const name of Object.keys(checks)) copies[name] = checks[name];

app.get('/:kind', (request, response) => {
  response.json([copies.isOpen(), checks.isOpen()]);
});
