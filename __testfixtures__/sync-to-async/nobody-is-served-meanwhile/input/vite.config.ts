import { readFileSync } from 'node:fs';

// report: Nobody is served meanwhile
export default { server: { https: { key: readFileSync('key.pem') } } };
