import * as web from './web.ts';

export const targets: Record<string, typeof web> = { web };
