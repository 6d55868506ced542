import type { NextApiRequest, NextApiResponse } from 'next';
import { textOf } from '../../lib/texts.ts';

export default function handler(req: NextApiRequest, res: NextApiResponse): void {
  res.json({ text: textOf('c.txt') });
}
