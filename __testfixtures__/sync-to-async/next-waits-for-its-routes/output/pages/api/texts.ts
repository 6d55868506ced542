import type { NextApiRequest, NextApiResponse } from 'next';
import { textOf } from '../../lib/texts.ts';

export default async function handler(req: NextApiRequest, res: NextApiResponse): Promise<void> {
  res.json({ text: await textOf('c.txt') });
}
